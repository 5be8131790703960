"""Takes the screenshots of the README and the guides from a portal with demo content of its own.

`python -m tools.screenshots [FOLDER]` writes to docs/screenshots unless a folder is named.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools.browser import ARGUMENTS, ensure

PASSWORD = os.environ.get("DEMO_PASSWORD", "gongkai-demo")
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"


@contextmanager
def portal() -> Iterator[str]:
    """A portal with the demo below a temporary folder, for the time of the block; yields its address."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {**os.environ, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "intranet.settings.development"}
        for command in (["migrate", "--verbosity", "0"], ["demo"], ["search", "check", "--repair"]):
            subprocess.run(
                [sys.executable, "manage.py", *command], check=True, env=environment, stdout=subprocess.DEVNULL
            )
        server = subprocess.Popen(
            [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{address}/healthz").read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The portal did not start.")


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_load_state()


def _guide(page: Page, address: str) -> str:
    """The address of a guide that a visitor finds."""
    page.goto(f"{address}/search/?q=烟花爆竹&type=guide")
    found = page.locator("a.result__title").first.get_attribute("href") or "/search/"
    return found.removeprefix(address)


def take(folder: Path) -> None:
    """Every picture that the documents show, in Chinese and where it says so in English."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = ensure()
    with portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)

        def window(width: int = 1280, locale: str = "zh-CN", username: str = "") -> Page:
            context = browser.new_context(viewport={"width": width, "height": 860}, locale=locale)
            page = context.new_page()
            if username:
                sign_in(page, address, username)
            return page

        def shoot(name: str, page: Page, path: str) -> None:
            page.goto(f"{address}{path}")
            page.wait_for_load_state("networkidle")
            page.screenshot(path=folder / f"{name}.png")
            print(name)

        visitor = window()
        shoot("home", visitor, "/")
        shoot("search", visitor, "/search/?q=烟花爆竹")
        shoot("guides", visitor, "/search/?q=&type=guide")
        shoot("catalogue", visitor, "/catalogue/")
        shoot("home-en", window(locale="en-GB"), "/")
        shoot("home-phone", window(width=390), "/")
        shoot("search-phone", window(width=390), "/search/?q=许可证")
        shoot("hall", visitor, "/hall/")
        shoot("hall-screen", visitor, "/hall/screen/")
        shoot("guide-phone", window(width=390), _guide(visitor, address))
        shoot("window", clerk := window(username="clerk"), "/admin/window/")
        shoot("cases", clerk, "/admin/window/cases/")
        shoot("intranet", window(username="cadre"), "/intranet/")
        shoot("desk-head", head := window(username="head"), "/admin/")
        decide = head.locator("a[href*='/publication/decide/']", has_text="变更").first
        shoot("decide", head, decide.get_attribute("href") or "/admin/")
        shoot("desk-liaison", liaison := window(username="liaison"), "/admin/")
        check = liaison.locator("a[href*='/publication/'][href$='/submit/']").first
        shoot("submit", liaison, check.get_attribute("href") or "/admin/")
        shoot("new-matter", liaison, "/admin/matters/new/")
        liaison.goto(f"{address}/admin/pages/search/?q=行政许可科岗位分工")
        shared = liaison.locator("a[href*='/admin/pages/'][href$='/edit/']").first.get_attribute("href") or ""
        shoot("sharing", liaison, f"/admin/matters/{shared.split('/')[-3]}/sharing/")
        shoot("desk-reviewer", reviewer := window(username="reviewer"), "/admin/")
        review = reviewer.locator("a[href*='/publication/decide/']").first
        shoot("secrecy-review", reviewer, review.get_attribute("href") or "/admin/")
        shoot("desk-office", office := window(username="office"), "/admin/")
        shoot("rights", office, "/admin/rights/")
        shoot("rights-en", window(username="office", locale="en-GB"), "/admin/rights/")
        shoot("desk-leader", window(username="leader"), "/intranet/")
        browser.close()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
