"""Tests: fast hashing, mail in memory, everything local below a folder of its own."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="gongkai-test-"))

from intranet.hall.sealing import DEVELOPMENT_KEY

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "test-key"  # noqa: S105
IDENTIFIER_KEYS = [DEVELOPMENT_KEY]
IDENTIFIER_LOOKUP_KEY = "test-lookup-key-of-thirty-two-characters"
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
IMPORT_NEEDS_NAMES = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # a browser takes passkeys on http://localhost, too
LANGUAGE_CODE = "en"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SEARCH_DRAIN_AT_COMMIT = False
SEARCH_SECONDS = 20  # the machine has other tests to run
READING_AT_UPLOAD_SECONDS = 0
STORAGES["staticfiles"] = {  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
LOGGING["root"]["level"] = "WARNING"  # type: ignore[index]  # noqa: F405
# A test's image has the number and content of another test's: nothing may be remembered between them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
