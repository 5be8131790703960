"""How good a password that a person chooses must be."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_zxcvbn_password_validator import ZxcvbnPasswordValidator

MOST = 72
"""Characters that zxcvbn looks at; what follows them makes no password weaker."""


class StrengthValidator(ZxcvbnPasswordValidator):
    """zxcvbn's estimate of how soon a password is guessed, said in words that say what to do."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` for a password below `PASSWORD_MINIMAL_STRENGTH`."""
        if not self.get_strength(password[:MOST], user)["acceptable"]:
            raise ValidationError(
                _(
                    "This password is easy to guess. Use four or more words that do not belong together, or let your "
                    "password manager make one."
                ),
                code="password_easy_to_guess",
            )

    def get_help_text(self) -> str:
        return _("Not easy to guess: four or more words that do not belong together are better than one with symbols.")
