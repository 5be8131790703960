"""Production: everything from the environment; refuses to start where that would be unsafe."""

import os

from django.core.exceptions import ImproperlyConfigured

from intranet.hall.sealing import DEVELOPMENT_KEY, faults_of_keys

from .base import *  # noqa: F403

DEMO_ALLOWED = False


def required(name: str) -> str:
    """The variable's value. Raises `ImproperlyConfigured` where it is not set."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name}; docs/operations.md says to what.")
    return value


SECRET_KEY = required("SECRET_KEY")
if len(SECRET_KEY) < 50 or "development" in SECRET_KEY or "insecure" in SECRET_KEY or "change" in SECRET_KEY.lower():
    raise ImproperlyConfigured("SECRET_KEY is a default or too short: use 50 random characters or more.")
if os.environ.get("DEBUG", "0") not in ("", "0", "false", "False"):
    raise ImproperlyConfigured("DEBUG shows everybody the settings; production does not start with it.")

# Both are apart from SECRET_KEY, which is changed for other reasons.
required("IDENTIFIER_KEYS")
required("IDENTIFIER_LOOKUP_KEY")
if faults := faults_of_keys(IDENTIFIER_KEYS, IDENTIFIER_LOOKUP_KEY):  # noqa: F405
    raise ImproperlyConfigured(" ".join(faults))
if DEVELOPMENT_KEY in IDENTIFIER_KEYS or "development" in IDENTIFIER_LOOKUP_KEY:  # noqa: F405
    raise ImproperlyConfigured("The keys of applicants' identifiers are those of development.")

required("ALLOWED_HOSTS")
required("DATABASE_URL")
WAGTAILADMIN_BASE_URL = required("BASE_URL")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = int(os.environ.get("SECURE_HSTS_SECONDS", str(365 * 24 * 3600)))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SECURE = True
X_FRAME_OPTIONS = "DENY"
