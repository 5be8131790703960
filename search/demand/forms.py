"""The answer to “Was this helpful?”, whose words are in `components/helpful.html`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from search.demand.recording import WORDS

UNCHOSEN = _("Choose yes or no.")


class VerdictForm(forms.Form):
    helpful = forms.ChoiceField(
        choices=[("yes", "yes"), ("no", "no")],
        error_messages={"required": UNCHOSEN, "invalid_choice": UNCHOSEN},
    )
    words = forms.CharField(max_length=WORDS, required=False)
