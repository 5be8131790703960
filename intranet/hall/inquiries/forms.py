"""The forms of a question at the window."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from intranet.hall.inquiries.asking import takers
from intranet.hall.item_field import ItemField
from intranet.hall.models.inquiries import Inquiry
from intranet.organisation.models import User


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("Question"),
        help_text=_("What was asked, without who asked: no name, no number of anybody."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    item = ItemField(label=_("Service item"), required=False)
    term_days = forms.TypedChoiceField(label=_("To be answered in"), choices=Inquiry.Term.choices, coerce=int)
    on = forms.DateField(label=_("Asked on"), widget=AdminDateInput, initial=timezone.localdate)
    token = forms.UUIDField(widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label=pgettext_lazy("handing over", "To whom"),
        queryset=User.objects.none(),
        help_text=_("It stays yours until they have taken it."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)

    def __init__(self, *args: Any, besides: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["to"]
        assert isinstance(people, forms.ModelChoiceField)
        people.queryset = takers().exclude(pk=besides.pk)


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("to a question", "Answer"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    manner = forms.ChoiceField(label=_("How answered"), choices=Inquiry.Manner.choices)
    on = forms.DateField(label=_("Answered on"), widget=AdminDateInput, initial=timezone.localdate)
