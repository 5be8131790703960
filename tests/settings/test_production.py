"""Production starts from the environment alone, and not where that would be unsafe."""

import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from intranet.hall.sealing import DEVELOPMENT_KEY

pytestmark = pytest.mark.xdist_group("production")

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "db.sqlite3"
SAFE = {
    "DJANGO_SETTINGS_MODULE": "intranet.settings.production",
    "SECRET_KEY": "k7-Vq2xW9pLr4Zs8TnBe3YfGh6JmUaCd5XoRiKt0Q1NwMzPyHbEvSgDl",
    "IDENTIFIER_KEYS": "YS1rZXktb2YtcHJvZHVjdGlvbi1mb3ItdGVzdHMtMzI=",
    "IDENTIFIER_LOOKUP_KEY": "uT5rYw8nKc2xQm9bVe4jLs7hZp3gDf6a",
    "ALLOWED_HOSTS": "gongkai.example.org",
    "BASE_URL": "https://gongkai.example.org",
}


def run(folder: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """A command of `manage.py` as production would run it, with these changes of a safe environment."""
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment |= {**SAFE, "DATABASE_URL": f"sqlite:///{folder}/{DATABASE}", "VAR_DIR": str(folder), **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip


@pytest.fixture
def manage(tmp_path):
    return partial(run, tmp_path)


@pytest.fixture(scope="module")
def migrated_once(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    run(folder, "migrate", "--verbosity", "0")
    return folder / DATABASE


@pytest.fixture
def migrated(migrated_once, tmp_path) -> None:
    """The database of the test is as the migrations leave it."""
    shutil.copy(migrated_once, tmp_path)


def test_the_deployment_check_is_clean(manage):
    checked = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "IDENTIFIER_KEYS", "IDENTIFIER_LOOKUP_KEY", "ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL"]
)
def test_it_does_not_start_without(manage, name):
    refused = manage("check", **{name: ""})
    assert (refused.returncode != 0, f"Set {name}" in refused.stderr) == (True, True)


@pytest.mark.parametrize(
    "key", ["short", "development-only-key-that-production-refuses", "change-me-" * 6, "django-insecure-" + "x" * 50]
)
def test_it_does_not_start_with_a_default_key(manage, key):
    refused = manage("check", SECRET_KEY=key)
    assert (refused.returncode != 0, "SECRET_KEY is a default" in refused.stderr) == (True, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"IDENTIFIER_KEYS": "no-key"}, "Key 1 of IDENTIFIER_KEYS is no Fernet key"),
        ({"IDENTIFIER_LOOKUP_KEY": "short"}, "IDENTIFIER_LOOKUP_KEY is shorter"),
        ({"IDENTIFIER_KEYS": DEVELOPMENT_KEY}, "are those of development"),
        ({"IDENTIFIER_LOOKUP_KEY": "development-only-lookup-key-refused-in-production"}, "are those of development"),
    ],
)
def test_it_does_not_start_with_keys_that_keep_no_applicant_safe(manage, changes, said):
    refused = manage("check", **changes)
    assert (refused.returncode != 0, said in refused.stderr) == (True, True)


@pytest.mark.parametrize("value", ["1", "true", "yes"])
def test_it_does_not_start_with_debug(manage, value):
    refused = manage("check", DEBUG=value)
    assert (refused.returncode != 0, "production does not start with it" in refused.stderr) == (True, True)


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_it_starts_where_debug_is_off(manage, value):
    assert manage("check", DEBUG=value).returncode == 0


def test_it_loads_no_demo(manage, migrated):
    assert manage("demo").returncode != 0


@pytest.fixture
def start(manage):
    """Load the application as a production server does."""
    return lambda: manage("shell", "--no-imports", "--command", "import intranet.wsgi")


def test_a_server_starts_on_a_database_of_its_own(start, migrated):
    assert start().returncode == 0


def test_no_server_starts_with_a_demo_account_in_the_database(manage, start, migrated):
    manage("demo", "--organisation-only", DJANGO_SETTINGS_MODULE="intranet.settings.development")
    refused = start()
    assert (refused.returncode != 0, "accounts of the demo" in refused.stderr) == (True, True)


def test_no_server_starts_where_demo_accounts_cannot_be_looked_for(manage):
    away = "postgresql://gongkai:x@127.0.0.1:1/gongkai"
    refused = manage("shell", "--no-imports", "--command", "import intranet.wsgi", DATABASE_URL=away)
    assert (refused.returncode != 0, "Start the database." in refused.stderr) == (True, True)


def test_the_check_of_the_database_names_demo_accounts(manage, migrated):
    manage("demo", "--organisation-only", DJANGO_SETTINGS_MODULE="intranet.settings.development")
    assert "accounts of the demo" in manage("check", "--database", "default").stderr
