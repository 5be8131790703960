"""Signing in by the bureau's directory (LDAP): it knows the password, and nothing of what somebody may do.

Whom it knows and the portal does not gets an account without posts, which reads no more than a visitor until the
office appoints the person. An account that has a password of its own, comes by the identity provider, or is
a superuser's, is not the directory's.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django_auth_ldap.backend import LDAPBackend
from wagtail.log_actions import log

from intranet.access.backends import PostBackend
from intranet.organisation.membership import has_left
from intranet.organisation.models import User


class DirectoryBackend(LDAPBackend):
    """Asks the directory for the password alone: rights and sessions are `PostBackend`'s."""

    def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[User, bool]:
        person, is_new = super().get_or_build_user(username, ldap_user)
        if not is_new and not _is_the_directorys(person):
            raise ldap_user.AuthenticationFailed("the account of this name is not the directory's")
        return person, is_new

    def authenticate_ldap_user(self, ldap_user: Any, password: str) -> User | None:
        before = User.objects.filter(username__iexact=ldap_user._username).exists()
        person: User | None = super().authenticate_ldap_user(ldap_user, password)
        if person is not None and not before:
            log(instance=person, action="gongkai.account_from_directory", user=person)
        return person

    def get_user(self, user_id: int) -> User | None:
        return PostBackend().get_user(user_id)

    def has_perm(self, user: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return False

    def has_module_perms(self, user: User | AnonymousUser, app_label: str) -> bool:
        return False

    def get_all_permissions(self, user: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        return set()

    def get_group_permissions(self, user: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        return set()


def _is_the_directorys(person: User) -> bool:
    if person.is_superuser or person.has_usable_password() or SocialAccount.objects.filter(user=person).exists():
        return False
    return person.is_active and not has_left(person)
