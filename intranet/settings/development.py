"""Development: one machine, embedded search engine, no set-up."""

import os

from intranet.hall.sealing import DEVELOPMENT_KEY

from .base import *  # noqa: F403

DEBUG = os.environ.get("DEBUG", "1") == "1"
SECRET_KEY = SECRET_KEY or "development-only-key-that-production-refuses"  # noqa: F405
IDENTIFIER_KEYS = IDENTIFIER_KEYS or [DEVELOPMENT_KEY]  # noqa: F405
IDENTIFIER_LOOKUP_KEY = IDENTIFIER_LOOKUP_KEY or "development-only-lookup-key-refused-in-production"  # noqa: F405
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]  # noqa: F405
DEMO_ALLOWED = True
IMPORT_NEEDS_NAMES = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser takes passkeys on http://localhost, too
SEARCH_DRAIN_AT_COMMIT = os.environ.get("SEARCH_DRAIN_AT_COMMIT", "1") == "1"
# Nothing runs beside the server that would deliver what is put down.
MAIL_DELIVERY_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_BACKEND = MAIL_DELIVERY_BACKEND
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
# Static files as they are in the apps, also where DEBUG is off and errors look as they do in production.
WHITENOISE_USE_FINDERS = True
