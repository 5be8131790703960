"""The README's first command: from a checkout to a portal with demo content, and what it says on the way."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import RemoteDisconnected
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

ROOT = Path(__file__).resolve().parents[2]
OWN = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "SEARCH_URL", "BASE_URL", "VAR_DIR", "DEBUG", "MAKEFLAGS", "MAKELEVEL")
"""What the environment of the tests has set for itself."""
LONGEST = 600

pytestmark = pytest.mark.xdist_group("make_run")


@dataclass
class Portal:
    """A portal that `make run` serves, and what it printed."""

    address: str
    process: subprocess.Popen[bytes]
    output: Path
    folder: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=30) as response:
            return response.read().decode()

    def sign_in(self, username: str) -> None:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        form = browser.open(f"{self.address}/login/", timeout=30).read().decode()
        token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[0]
        fields = {"username": username, "password": "gongkai-demo", "csrfmiddlewaretoken": token}
        browser.open(f"{self.address}/login/", urlencode(fields).encode(), timeout=60).read()

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                self.get("/healthz")
                return
            except (OSError, RemoteDisconnected):
                time.sleep(0.5)
        pytest.fail(f"make run serves nothing:\n{self.printed[-3000:]}")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("make-run")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    environment |= {"PORT": str(port), "VAR_DIR": str(folder / "var"), "PYTHONUNBUFFERED": "1"}
    output = folder / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=file, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    served = Portal(f"http://127.0.0.1:{port}", process, output, folder / "var")
    try:
        served.wait_until_it_answers()
        yield served
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def test_the_home_page_has_demo_content(portal):
    assert "甘南藏族自治州安全生产监督管理局" in portal.get("/")


def test_the_demo_is_found(portal):
    assert '"total": 0' not in portal.get(f"/api/search/?q={quote('烟花爆竹')}")


def test_a_missing_page_is_told_in_the_portals_own_words(portal):
    with pytest.raises(HTTPError) as refused:
        portal.get("/nowhere/")
    assert (refused.value.code, "甘南藏族自治州" in refused.value.read().decode()) == (404, True)


def test_styles_are_served(portal):
    assert "--pine" in portal.get("/static/home/css/tokens.css")


def test_all_is_well(portal):
    assert "FAIL" not in portal.get("/readyz")


def test_the_address_and_the_accounts_are_printed(portal):
    assert [line for line in (portal.address, "liaison", "gongkai-demo") if line not in portal.printed] == []


def test_no_mail_of_the_demos_own_decisions_is_printed(portal):
    assert "MIME-Version" not in portal.printed


@pytest.fixture
def locked(portal) -> Iterator[None]:
    """Somebody else writes into the portal's database and does not end."""
    with closing(sqlite3.connect(portal.folder / "db.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_visitor_searches_while_the_database_is_locked(portal, locked):
    assert "烟花爆竹" in portal.get(f"/search/?q={quote('烟花爆竹')}")


def test_who_saves_while_the_database_is_locked_is_told_that_nothing_was_saved(portal, locked):
    with pytest.raises(HTTPError) as refused:
        portal.sign_in("cadre")
    assert (refused.value.code, "Nothing of what you sent was saved" in refused.value.read().decode()) == (503, True)
