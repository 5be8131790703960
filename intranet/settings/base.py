"""Settings common to all environments; everything that varies comes from the environment.

docs/operations.md lists every variable; `tests/docs` holds the two together.
"""

import os
import socket
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.utils.translation import gettext_lazy as _

from .directory import BACKEND as DIRECTORY_BACKEND
from .directory import directory_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def environment_list(name: str, default: str = "") -> list[str]:
    """The comma-separated values of an environment variable, without empty ones."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = environment_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment_list("CSRF_TRUSTED_ORIGINS")

# What identifies the hall's applicants is encrypted with the first of these and read with any of them.
IDENTIFIER_KEYS = environment_list("IDENTIFIER_KEYS")
# By which the same applicant is found again without reading anything.
IDENTIFIER_LOOKUP_KEY = os.environ.get("IDENTIFIER_LOOKUP_KEY", "")

INSTALLED_APPS = [
    "home",
    "intranet.demo",
    "intranet.exchange",
    "intranet.hall",
    "intranet.publication",
    "intranet.disclosure",
    "search",
    "search.curation",
    "search.demand",
    "search.saved",
    "intranet.sign_in",
    "intranet.access",
    "intranet.organisation",
    "intranet.audit",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "intranet.organisation.users_app.PeopleAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "home.addresses.refuse_null_characters",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intranet.access.sessions.end_sessions_of_the_departed",
    "django.contrib.messages.middleware.MessageMiddleware",
    "intranet.sign_in.sent_too_late.lead_back_to_the_form",
    "intranet.sign_in.sent_too_late.lead_up_from_what_is_sent",
    "allauth.account.middleware.AccountMiddleware",
    "intranet.sign_in.requirement.require_own_password",
    "intranet.sign_in.requirement.require_second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "intranet.disclosure.redirects.RedirectForReaders",
    "intranet.disclosure.page_numbers.PagesByNumber",
    "intranet.disclosure.acts_on_many.ThingsByNumber",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "intranet.urls"
WSGI_APPLICATION = "intranet.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.navigation",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing when two requests or a command write at once.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        {
            "timeout": 15,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    )

AUTH_USER_MODEL = "organisation.User"
# The first one answers for those who have failed too often, before anybody looks at a password.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "intranet.access.backends.PostBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "intranet.sign_in.passwords.StrengthValidator"},
]
PASSWORD_EXTRA_DICTIONARY = ["gongkai"]
PASSWORD_MINIMAL_STRENGTH = 3  # of zxcvbn's 0 to 4: not guessed by who has the database and a day

# Reverse proxies in front of the portal, each of which adds an address to X-Forwarded-For.
PROXY_COUNT = int(os.environ.get("PROXY_COUNT", "0"))

# An account and an address that failed so often together are refused for so long.
AXES_FAILURE_LIMIT = int(os.environ.get("SIGN_IN_ATTEMPTS", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("SIGN_IN_LOCK_MINUTES", "15")))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# What is told of the end of a lock stays true however often somebody tries meanwhile.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "intranet.sign_in.client_address.client_address"
AXES_USERNAME_CALLABLE = "intranet.sign_in.throttling.account_tried"
AXES_LOCKOUT_CALLABLE = "intranet.sign_in.views.locked_out"
AXES_HTTP_RESPONSE_CODE = 429
# The audit log says who signed in; nothing else is kept of it, and nothing of what was typed.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "next", "code", "credential", "csrfmiddlewaretoken"]

ACCOUNT_ADAPTER = "intranet.sign_in.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "intranet.sign_in.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "intranet.sign_in.forms.SettingUpForm",
    "authenticate": "intranet.sign_in.forms.CodeForm",
    "reauthenticate": "intranet.sign_in.forms.CodeAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is what the office entered; nobody recovers an account by it
MFA_TOTP_TOLERANCE = 1  # clocks may be half a minute apart
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The bureau's identity provider (OpenID Connect), if it has one.
OIDC_ISSUER = os.environ.get("OIDC_ISSUER", "")
OIDC_NAME = os.environ.get("OIDC_NAME", "") or urlsplit(OIDC_ISSUER).hostname or ""
SOCIALACCOUNT_ADAPTER = "intranet.sign_in.identity_provider.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "bureau",
                "name": OIDC_NAME,
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
if DIRECTORY := directory_settings():
    AUTHENTICATION_BACKENDS.append(DIRECTORY_BACKEND)
    vars().update(DIRECTORY)
# The leading group's office and superusers open the admin only with a second factor.
REQUIRE_SECOND_FACTOR = os.environ.get("REQUIRE_SECOND_FACTOR", "0") == "1"

ANONYMOUS_USER_NAME = None  # guardian's stand-in account: a visitor has no account here
GUARDIAN_MONKEY_PATCH_USER = False
# Object permissions are asked through PostBackend, which reads guardian's rows by the posts of the day.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
# A matter's own language; the interface speaks LANGUAGES.
CONTENT_LANGUAGES = [("zh-hans", "简体中文"), ("bo", "བོད་ཡིག"), ("en", "English")]
# The second completes what Wagtail leaves untranslated; the first may overrule both.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = os.environ.get("TIME_ZONE", "Asia/Shanghai")
# Days begin and end for everybody at once: who chose a zone further east would hold tomorrow's post tonight.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or VAR_DIR / "static")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Uploaded files have no public address: every one is served by a view that asks the access rule.
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or VAR_DIR / "media")
MEDIA_URL = "/files/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "home.stylesheet.OneStylesheetStorage"},
    # What applicants bring to the hall has no address at all: `intranet/hall/desk/scan_views.py` is its one door.
    "scans": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "scans", "file_permissions_mode": 0o600},
    },
}
# A matter's body of the largest size that is imported (5 MB, 20,000 paragraphs) can be edited, too.
DATA_UPLOAD_MAX_MEMORY_SIZE = 32 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 150_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What a request sends is put down in its transaction; `manage.py publication deliver` brings it to the mail server.
EMAIL_BACKEND = "intranet.publication.outgoing.backend.EmailBackend"
MAIL_DELIVERY_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_TIMEOUT = 15  # a server that says nothing keeps the others' mail no longer than that
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "gongkai@localhost")

WAGTAILADMIN_LOGIN_URL = "/login/"
# Everybody changes theirs at /account/password/, a desk or none; this would be a second way, with no limit of tries.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
# A forgotten password is set anew by the office, which knows the person.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_SITE_NAME = _("Gongkai")
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
IMPORT_NEEDS_NAMES = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "intranet.publication.finish.release_on_final_approval"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# A version that goes live at its moment, or in an emergency, ends no review: what is under review is decided on.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_WORKFLOW_ENABLED = True
# A draft is saved by itself this long after somebody has stopped typing.
WAGTAIL_AUTOSAVE_INTERVAL = int(os.environ.get("AUTOSAVE_SECONDS", "3")) * 1000
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILDOCS_DOCUMENT_MODEL = "disclosure.AttachedDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "intranet.publication.file_forms.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = [
    "csv", "doc", "docx", "eml", "html", "jpeg", "jpg", "msg", "odp", "ods", "odt", "pdf", "png", "ppt", "pptx",
    "rtf", "tif", "tiff", "txt", "xls", "xlsx", "zip",
]  # fmt: skip
WAGTAILDOCS_MAX_UPLOAD_SIZE = 100 * 1024 * 1024
# Who uploads a file waits no longer than this for its copy without traces, and for the first try to read it;
# both together stay below the 30 seconds after which gunicorn gives a request up.
CLEANING_SECONDS = float(os.environ.get("CLEANING_SECONDS", "15"))
READING_AT_UPLOAD_SECONDS = float(os.environ.get("READING_AT_UPLOAD_SECONDS", "8"))
# Child processes that read files at the same time, in the worker and in a rebuild.
EXTRACTION_PROCESSES = int(os.environ.get("EXTRACTION_PROCESSES", "1"))
# The program that recognises text in scans, by name or path; empty for none.
OCR_PROGRAM = os.environ.get("OCR_PROGRAM", "tesseract")
WAGTAILIMAGES_IMAGE_MODEL = "disclosure.DisclosedImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "intranet.publication.file_forms.ImageForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.desk"}}

SEARCH_URL = os.environ.get("SEARCH_URL", "embedded:///search")
# The certificate authority of a node that has its own.
SEARCH_CA_CERTS = os.environ.get("SEARCH_CA_CERTS", "")
# An API key in its encoded form, in place of the account in SEARCH_URL.
SEARCH_API_KEY = os.environ.get("SEARCH_API_KEY", "")
# Of indices that are built from now on.
SEARCH_SHARDS = int(os.environ.get("SEARCH_SHARDS", "1"))
# Copies beside the first one: at most the number of nodes less one. The worker brings the index in line.
SEARCH_REPLICAS = int(os.environ.get("SEARCH_REPLICAS", "0"))
# How long a visitor waits for Elasticsearch before the fallback answers.
SEARCH_SECONDS = float(os.environ.get("SEARCH_SECONDS", "3"))
# After this time another worker takes over what one had taken and did not write.
SEARCH_CLAIM_SECONDS = int(os.environ.get("SEARCH_CLAIM_SECONDS", "300"))
# Answers while Elasticsearch does not; written along with it.
SEARCH_FALLBACK_URL = os.environ.get("SEARCH_FALLBACK_URL", "embedded:///search-fallback")
# Development drains the outbox when a change commits; production runs `manage.py search work`.
SEARCH_DRAIN_AT_COMMIT = os.environ.get("SEARCH_DRAIN_AT_COMMIT", "") == "1"

# Who reads /metrics from another machine shows this; without it they are for this machine alone.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
# Each process of this machine counts in a file of its own here; set before the library that reads it is imported.
METRICS_FOLDER = VAR_DIR / "metrics" / socket.gethostname()
METRICS_FOLDER.mkdir(parents=True, exist_ok=True)
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_FOLDER)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "axes": {"level": "ERROR"},  # the audit log has it
        "django_tasks": {"level": "WARNING"},
        "elastic_transport": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
    },
}
