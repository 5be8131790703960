"""Forms of accounts and departments."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from intranet.audit.recording import record
from intranet.organisation.models import Department, User


class WithoutGroups:
    """An account's groups follow from its posts, so no form sets them; a superuser is made on the command line.

    An account is closed on a screen of its own (`closing_views`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.is_own = bool(kwargs.get("editing_self"))
        super().__init__(*args, **kwargs)
        for name in ("groups", "is_superuser", "is_active"):
            self.fields.pop(name, None)  # type: ignore[attr-defined]
        self.fields["first_name"].required = False  # type: ignore[attr-defined]

    @property
    def password_enabled(self) -> bool:
        """One's own password is changed on one screen alone, which asks for the one of before."""
        return not self.is_own and super().password_enabled  # type: ignore[misc]

    def save(self, commit: bool = True) -> User:
        """A password that is set here is known to who set it: it is marked as given, and that is recorded."""
        is_given = bool(self.cleaned_data.get("password1"))  # type: ignore[attr-defined]
        if is_given:
            self.instance.password_was_given = True  # type: ignore[attr-defined]
        person: User = super().save(commit)  # type: ignore[misc]
        if is_given and commit:
            record("password.given", thing=person)
        return person


class PersonCreationForm(WithoutGroups, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = {"username", "email", "first_name", "last_name"}


class PersonEditForm(WithoutGroups, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = {"username", "email", "first_name", "last_name", "is_active"}


class DepartmentForm(WagtailAdminModelForm):
    """A unit keeps its kind: what its people may do over the whole bureau follows from it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # What an older version says of it counts no more than what is posted.
            self.initial["kind"] = Department.objects.values_list("kind", flat=True).get(pk=self.instance.pk)
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _(
                "A unit keeps its kind, because rights follow from it. For another kind, set up another unit and enter "
                "the posts there."
            )
