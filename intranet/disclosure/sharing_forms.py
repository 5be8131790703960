"""Forms of the sharing panel: whom to name until when and why, and whom to ask about."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from intranet.access.people_chooser import people_chooser
from intranet.organisation.models import User

USUAL = timedelta(days=30)
"""How long somebody is named unless another last day is chosen."""
LONGEST_REASON = 500


def usual_last_day() -> date:
    return timezone.localdate() + USUAL


class LastDayForm(forms.Form):
    """A last day, or plainly none."""

    until = forms.DateField(
        label=_("Until"), required=False, widget=AdminDateInput, help_text=_("Last day on which it counts.")
    )
    without_end = forms.BooleanField(
        label=_("Without an end"),
        required=False,
        help_text=_("Only where no day can be told. The office is shown shares without an end in its access review."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "until" in self.errors:
            return cleaned
        if cleaned.get("without_end"):
            if cleaned.get("until") and "until" in self.changed_data:
                self.add_error("without_end", _("Choose one: a last day, or without an end."))
            cleaned["until"] = None
        elif not cleaned.get("until"):
            self.add_error("until", _("Choose the last day, or tick “Without an end”."))
        return cleaned


class NameReaderForm(LastDayForm):
    """Who is named as reader, a person or a group, until when, and why."""

    field_order = ["person", "group", "until", "without_end", "reason"]

    person: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Person"),
        required=False,
        queryset=User.objects.all(),
        widget=people_chooser.widget_class,
        error_messages={"invalid_choice": _("This person is not known here any more. Choose another.")},
    )
    group: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Or a group"),
        required=False,
        queryset=Group.objects.none(),
        help_text=_("Everybody in it who holds a post, as long as they are in it."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=AdminAutoHeightTextInput,
        help_text=_("Why they must read it. It is kept in the history and shown to whoever reviews access."),
        error_messages={"required": _("Say why this reader is named: whoever reviews access will read it.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"until": usual_last_day()})
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(department_group=None, user__is_active=True).order_by("name").distinct()
        if groups.exists():
            cast(forms.ModelChoiceField, self.fields["group"]).queryset = groups
        else:
            del self.fields["group"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [cleaned.get("person"), cleaned.get("group")]
        if all(chosen):
            self.add_error("group", _("Name one at a time: either the person or the group."))
        elif not any(chosen) and not {"person", "group"} & set(self.errors):
            self.add_error("person", _("Choose a person or a group."))
        return cleaned

    @property
    def holder(self) -> User | Group:
        return self.cleaned_data["person"] or self.cleaned_data["group"]


class CheckForm(forms.Form):
    """Of whom is asked whether they may read the matter."""

    reader: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.all(), widget=people_chooser.widget_class
    )
