"""Forms of the screens on which a matter is taken back, or said to be still right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WithdrawalForm(forms.Form):
    """The reason; and for who may do so, that it cannot wait for somebody else's approval."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands at the matter's address instead of it, for everyone who could read it."),
    )
    at_once = forms.BooleanField(
        label=_("It is an emergency: take it down at once"),
        required=False,
        help_text=_("Without anybody's approval. It is logged as such, and the office confirms it afterwards."),
    )

    def __init__(self, *args: Any, may_ask: bool, may_at_once: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_at_once:
            del self.fields["at_once"]
        elif not may_ask:
            self.fields["at_once"].required = True


class WithdrawalDecisionForm(forms.Form):
    """Approve or refuse a withdrawal that somebody has asked for."""

    APPROVE, REFUSE = "approve", "refuse"

    decision = forms.ChoiceField(
        choices=[(APPROVE, _("Withdraw the matter")), (REFUSE, _("Keep it live"))], widget=forms.HiddenInput
    )
    comment = forms.CharField(
        label=_("Comment or reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Stays in the matter's history, where who asked for it reads it. Needed to keep it live."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == self.REFUSE and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say why it stays; who asked for it reads that."))
        if "decision" in self.errors:
            self.add_error(None, _("Choose one: withdraw the matter, or keep it live."))
        return cleaned


class ConfirmationForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Stays in the matter's history."),
    )


class StillRightForm(forms.Form):
    again_on = forms.DateField(
        label=_("Look at it again by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    remark = forms.CharField(
        label=_("Remark"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=_("Stays in the matter's history."),
    )


class CallingOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays in the matter's history, where its author reads it."),
    )
