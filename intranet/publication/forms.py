"""Forms of the decision and withdrawal screens."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.publication.models import SecrecyBasis


class DecisionForm(forms.Form):
    """Approve, return with a comment, or reject with a reason."""

    APPROVE, RETURN, REJECT = "approve", "return", "reject"

    decision = forms.ChoiceField(
        choices=[(APPROVE, _("Approve")), (RETURN, _("Return with a comment")), (REJECT, _("Reject with a reason"))],
        widget=forms.HiddenInput,
    )
    comment = forms.CharField(
        label=_("Comment or reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Goes to the author and stays in the matter's history. Needed to return or reject."),
    )
    basis = forms.ChoiceField(
        label=_("Basis for keeping it back"), choices=[("", "—"), *SecrecyBasis.choices], required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") in (self.RETURN, self.REJECT) and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("Say what has to change, so that the author can act on it."))
        if "decision" in self.errors:
            self.add_error(None, _("Choose one: approve, return or reject."))
        return cleaned


class ApprovalOfManyForm(forms.Form):
    comment = forms.CharField(
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Stays in the history of each of them."),
    )


class SubmissionForm(forms.Form):
    """The word of reason, asked for where something is doubtful."""

    reason = forms.CharField(
        label=_("Why it is right all the same"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays in the matter's history. The secrecy reviewer and the head read it beside the warnings."),
    )

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The version whose findings were shown: another one may have others."""

    def __init__(self, *args: Any, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["reason"]


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands at the matter's address instead of it, for everyone who could read it."),
    )


class CallingOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stays in the matter's history, where its author reads it."),
    )
