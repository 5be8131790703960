"""Forms of the decision screens."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.disclosure.models import AttachedDocument, DisclosedImage
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.organisation.models import User
from intranet.publication.models import SecrecyReview
from intranet.publication.secrecy.redaction import LeftOut


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


class SecrecyReviewForm(DecisionForm):
    """The decision of a secrecy reviewer: what is concluded, on which basis, and what is left out."""

    IN_PART = "in_part"

    third_party = forms.ChoiceField(
        label=_("Third party"),
        choices=[("", "—"), *SecrecyReview.ThirdParty.choices],
        required=False,
        help_text=_("Where it touches a third party's trade secret or privacy and may be disclosed all the same."),
    )
    passages = forms.CharField(
        label=_("Passages to leave out"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=_("Word for word as they stand, one a line. Each is left out wherever it stands."),
    )
    documents = forms.MultipleChoiceField(
        label=_("Attachments to leave out"), widget=forms.CheckboxSelectMultiple, required=False
    )
    images = forms.MultipleChoiceField(
        label=_("Images to leave out"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, documents: list[AttachedDocument], images: list[DisclosedImage], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        decision = self.fields["decision"]
        assert isinstance(decision, forms.ChoiceField)
        decision.choices = [*decision.choices, (self.IN_PART, _("May be disclosed in part"))]  # type: ignore[misc]
        self.fields["basis"].help_text = _("Needed to disclose in part or not at all.")
        for name, files in (("documents", documents), ("images", images)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(file.pk, file.title) for file in files]
            if not files:
                del self.fields[name]

    def left_out(self) -> LeftOut:
        """What the reviewer leaves out."""
        lines = self.cleaned_data.get("passages", "").splitlines()
        return LeftOut(
            passages=tuple(dict.fromkeys(line.strip() for line in lines if line.strip())),
            documents=frozenset(map(int, self.cleaned_data.get("documents", []))),
            images=frozenset(map(int, self.cleaned_data.get("images", []))),
        )


class HandOverForm(forms.Form):
    """To whom a step is handed over, with a word for them."""

    to: forms.ModelChoiceField = forms.ModelChoiceField(
        label=pgettext_lazy("handing over", "To whom"), queryset=User.objects.none(), empty_label=None
    )
    note = forms.CharField(label=_("Note"), max_length=255, required=False)

    def __init__(self, *args: Any, others: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["to"]
        assert isinstance(people, forms.ModelChoiceField)
        people.queryset = others


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

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """The mark of the version whose findings were shown: another one may have others."""

    def __init__(self, *args: Any, is_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["reason"]


class EmergencyForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    """The mark of the version that was looked through."""
    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it cannot wait. Everybody who makes a skipped step afterwards reads it."),
    )
    nothing_secret = forms.BooleanField(
        label=_("I have looked through it: nothing in it is to be kept back"),
        help_text=_("Stands in the register of secrecy reviews under your name until the reviewer has concluded."),
    )
