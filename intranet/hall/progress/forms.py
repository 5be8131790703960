"""The two fields by which an applicant opens a case."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 40
TYPED_OFF_PAPER = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeInput(forms.PasswordInput):
    """Seen while it is typed, since it is copied from paper; never sent back."""

    input_type = "text"


class ProgressForm(forms.Form):
    number = forms.CharField(
        label=_("Case number"),
        help_text=_("On your receipt, such as 2026-LIC-000123."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=TYPED_OFF_PAPER),
    )
    code = forms.CharField(
        label=_("Check code"),
        help_text=_("Ten letters and digits on the same receipt. Whoever has both sees the case: give them to nobody."),
        max_length=LONGEST,
        widget=CodeInput(attrs=TYPED_OFF_PAPER),
    )

    def refuse(self) -> None:
        """Say that the two do not belong together: the same words, whichever is wrong, and no code in the page."""
        self.add_error("code", _("Number and check code do not belong together. Compare both with your receipt."))
