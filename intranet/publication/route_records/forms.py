"""Forms of records, objections and their decisions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from intranet.disclosure.models import NoticePage
from intranet.publication.models import Objection, RouteRecord
from intranet.publication.route_records.objections import LONGEST


class DecisionRecordForm(forms.Form):
    """A price audit or a decision of the meeting."""

    kind = forms.ChoiceField(label=_("What is recorded"))
    organ = forms.CharField(label=_("By whom"), max_length=200)
    number = forms.CharField(label=_("Number"), max_length=100)
    decided_on = forms.DateField(label=_("Decided on"), widget=AdminDateInput)
    minutes = forms.FileField(
        label=_("Minutes or audit report"),
        required=False,
        help_text=_("Read by those who work on the matter and decide on it, not by its readers."),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, RouteRecord.Kind(kind).label) for kind in kinds]


class NoticeRecordForm(forms.Form):
    """Which notice a result follows; each by the name that it has before whoever chooses."""

    notice = forms.ModelChoiceField(label=_("Notice"), queryset=NoticePage.objects.none(), empty_label=None)
    reason = forms.CharField(
        label=_("Why another notice takes the place of the one on record"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays in the matter's history. Objections to the one on record still count."),
    )

    def __init__(self, *args: Any, names: Mapping[int, str], is_replacement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_replacement:
            del self.fields["reason"]
        field = self.fields["notice"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = NoticePage.objects.filter(pk__in=list(names))
        field.label_from_instance = lambda notice: names[notice.pk]  # type: ignore[method-assign, assignment]


class ObjectionForm(forms.Form):
    """A reader's objection."""

    text = forms.CharField(
        label=_("What you object to, and why"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Your name is known to the leading group's office alone."),
    )


class ObjectionEntryForm(forms.Form):
    """An objection that came otherwise."""

    channel = forms.ChoiceField(
        label=_("Channel"), choices=[choice for choice in Objection.Channel.choices if choice[0] != "portal"]
    )
    text = forms.CharField(label=_("Objection"), widget=forms.Textarea(attrs={"rows": 4}))


class ObjectionDecisionForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Objection.Outcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4}))
