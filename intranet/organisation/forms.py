"""Forms of accounts and departments."""

from typing import Any

from wagtail.users.forms import UserCreationForm, UserEditForm


class WithoutGroups:
    """An account's groups follow from its posts, so no form sets them; a superuser is made on the command line.

    An account is closed on a screen of its own (`closing_views`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("groups", "is_superuser", "is_active"):
            self.fields.pop(name, None)  # type: ignore[attr-defined]
        self.fields["first_name"].required = False  # type: ignore[attr-defined]


class PersonCreationForm(WithoutGroups, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = {"username", "email", "first_name", "last_name"}


class PersonEditForm(WithoutGroups, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = {"username", "email", "first_name", "last_name", "is_active"}
