"""Keeping what identifies a person unreadable at rest, and finding it again all the same.

docs/decisions/0015 says why it is kept twice: encrypted, and as a key that only equals itself.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SHORTEST_LOOKUP_KEY = 32
"""Characters; as many as the digest has bytes."""
DEVELOPMENT_KEY = "ZGV2ZWxvcG1lbnQtb25seS1rZXktb2YtMzItYnl0ZXM="
"""Everybody has it, so that production refuses it."""


class Unreadable(Exception):
    """No key that the portal has opens what was sealed."""


def seal(text: str) -> str:
    """The text encrypted with the newest key; each time another token. Nothing for an empty text."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def unseal(token: str) -> str:
    """The text that was sealed with any of the keys. Raises `Unreadable`."""
    return _opened(token, MultiFernet.decrypt)


def sealed_anew(token: str) -> str:
    """The same text under the newest key. Raises `Unreadable`."""
    return _opened(token, MultiFernet.rotate)


def _opened(token: str, by: Callable[[MultiFernet, bytes], bytes]) -> str:
    if not token:
        return ""
    try:
        return by(_cipher(), token.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def lookup_key(kind: str, identifier: str) -> str:
    """64 hexadecimal digits by which an identifier of a kind is found and told apart, and from which nobody without
    the key learns it: there are few enough citizens' numbers to try them all on a plain digest.
    """
    key = settings.IDENTIFIER_LOOKUP_KEY
    if len(key) < SHORTEST_LOOKUP_KEY:
        raise ImproperlyConfigured("Set IDENTIFIER_LOOKUP_KEY; docs/operations.md says to what.")
    return hmac.new(key.encode(), f"{kind}:{identifier}".encode(), hashlib.sha256).hexdigest()


def faults_of_keys(keys: Iterable[str], lookup: str) -> list[str]:
    """What is wrong with the keys of the settings, for who keeps the server; empty where nothing is."""
    keys = list(keys)
    faults = [] if keys else ["IDENTIFIER_KEYS names no key."]
    for place, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            faults.append(f"Key {place} of IDENTIFIER_KEYS is no Fernet key.")
    if len(lookup) < SHORTEST_LOOKUP_KEY:
        faults.append(f"IDENTIFIER_LOOKUP_KEY is shorter than {SHORTEST_LOOKUP_KEY} characters.")
    return faults


def _cipher() -> MultiFernet:
    if not settings.IDENTIFIER_KEYS:
        raise ImproperlyConfigured("Set IDENTIFIER_KEYS; docs/operations.md says to what.")
    return MultiFernet([Fernet(key) for key in settings.IDENTIFIER_KEYS])
