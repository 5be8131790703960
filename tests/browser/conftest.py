"""A real browser against a real server with a small bureau."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections
from playwright.sync_api import Page, sync_playwright

from tests.browser.keyboard import write
from tests.factories import PASSWORD, Bureau
from tools.browser import ARGUMENTS, ensure

# Playwright's synchronous interface runs an event loop in this thread; the ORM is used between its calls, not in them.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = 600_000
"""Milliseconds; longer than any test."""
LONGEST_ANSWER = 15
"""Seconds to wait for an answer that nobody takes."""


@pytest.fixture(scope="session")
def chromium():
    path = ensure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
        # The event loop gives this thread connections of its own, which nothing else would close.
        connections.close_all()


@pytest.fixture
def bureau(transactional_db, settings, tmp_path) -> Bureau:
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SEARCH_DRAIN_AT_COMMIT = True
    # The server's threads share one connection to the database in memory: what an editor does by itself in the
    # background would begin and end transactions in the middle of what is tested.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = QUIET
    return Bureau()


@pytest.fixture
def answered() -> Iterator[Callable[[], None]]:
    """Wait until the server has answered all that was asked of it; whoever asked may be gone."""
    under_way, changed = 0, threading.Condition()

    def count(by: int) -> None:
        nonlocal under_way
        with changed:
            under_way += by
            changed.notify_all()

    def begin(**_said: object) -> None:
        count(1)

    def end(**_said: object) -> None:
        count(-1)

    def wait() -> None:
        with changed:
            changed.wait_for(lambda: under_way <= 0, timeout=LONGEST_ANSWER)

    request_started.connect(begin)
    request_finished.connect(end)
    yield wait
    request_started.disconnect(begin)
    request_finished.disconnect(end)


@pytest.fixture
def visit(chromium, live_server, bureau, answered):
    """Open a page in a fresh browser window, signed in if a person is named; fails on a script's error."""
    contexts = []

    def open_page(path, person=None, width=1280, locale="en-GB", script=True):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale=locale,
            java_script_enabled=script,
            reduced_motion="reduce",  # a colour on its way to another has a contrast of its own
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if person is not None:
            page.goto(f"{live_server.url}/login/")
            page.fill("input[name=username]", person.username)
            page.fill("input[name=password]", PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_load_state()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    answered()


@pytest.fixture
def sit_down(visit):
    """Sign in at a desk of one's own."""

    def signed_in(person) -> Page:
        page = visit("/login/")
        write(page, "username", person.username)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/admin/**")
        return page

    return signed_in
