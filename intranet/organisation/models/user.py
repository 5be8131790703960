"""The accounts of the bureau's people."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class User(index.Indexed, AbstractUser):
    """An account. What it may read and do follows from the person's posts, never from the account itself."""

    password_was_given = models.BooleanField(
        _("password was given"),
        default=False,
        editable=False,
        help_text=_("Somebody else set the password, so that its holder has to choose another one."),
    )

    search_fields = [
        index.SearchField("get_full_name"),
        index.AutocompleteField("username"),
        index.SearchField("email"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_full_name(self) -> str:
        """The name in the order of its script: 扎西 after its family name, Latin names with a space."""
        if any("\u4e00" <= character <= "\u9fff" for character in self.last_name + self.first_name):
            return f"{self.last_name}{self.first_name}"
        return f"{self.first_name} {self.last_name}".strip()
