"""Second factors: an authenticator app, passkeys, recovery codes; kept by django-allauth.

docs/decisions/0013 says why by this library.
"""

import base64
import secrets

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from intranet.access.rights import answers_for_all
from intranet.organisation.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes alone are none: they are there for who has lost the others."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps secrets encrypted, so that a copy of the database signs nobody in."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or was used already. Wait for the next one."),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; where `SECRET_KEY` is another one by now, something that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        return _("Passkey %(number)d") % {"number": user.authenticator_set.filter(type=type).count() + 1}

    def get_public_key_credential_user_entity(self, user: User) -> dict:
        """No e-mail address and no name goes into a passkey but the username."""
        entity = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.get_username(), "name": user.get_username()}


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = [salted_hmac("intranet.sign_in.second_factor", "", key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def has_second_factor(user: User) -> bool:
    """Whether the person has set up an authenticator app or a passkey."""
    return user.authenticator_set.filter(type__in=FACTORS).exists()


def is_required_of(user: User | AnonymousUser) -> bool:
    """Whether the person opens the admin only with a second factor: who answers for all, where the setting says so."""
    return settings.REQUIRE_SECOND_FACTOR and answers_for_all(user)


def was_shown(request: HttpRequest) -> bool:
    """Whether the person has shown a second factor in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def reasons_against_removal(person: User, *, by: User) -> list[str]:
    """Every reason why somebody may not take the person's second factors away."""
    reasons = []
    if not by.has_perm("organisation.change_user"):
        reasons.append(_("Only the leading group's office takes a second factor away."))
    if person == by:
        reasons.append(_("Your own second factors you change yourself, under “Second factor”."))
    if person.is_superuser and not by.is_superuser:
        reasons.append(_("Only a superuser changes a superuser's account."))
    return reasons


@transaction.atomic
def remove_all(person: User, *, by: User) -> None:
    """Take away every second factor of somebody who has lost theirs; logged.

    Raises `PermissionError` with the reasons against it.
    """
    if reasons := reasons_against_removal(person, by=by):
        raise PermissionError(" ".join(reasons))
    person.authenticator_set.all().delete()
    log(instance=person, action="gongkai.remove_second_factor", user=by)
