"""Suggestions below the search boxes: by keyboard, by pointer, with an input method, and for a screen reader."""

import re

import pytest

from tests.browser.test_accessibility import violations
from tests.factories import live_matter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TITLES = ["烟花爆竹经营许可办法", "烟花爆竹储存规定", "烟花爆竹运输规定"]
SELECTED = "[role=option][aria-selected=true]"


@pytest.fixture
def disclosed(bureau):
    return [live_matter(bureau.licensing, title=title) for title in TITLES]


def type_in(page, text, where="main input[name=q], .hero input[name=q]"):
    box = page.locator(where).first
    box.click()
    with page.expect_response("**/api/search/suggest**"):
        box.press_sequentially(text)
    page.locator("[role=option]").first.wait_for()
    return box


def test_arrows_home_and_end_choose_and_the_box_keeps_the_focus(visit, disclosed):
    page = visit("/search/")
    box = type_in(page, "烟花")
    texts = page.locator("[role=option]").all_inner_texts()
    chosen = []
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"):
        box.press(key)
        option = page.locator(SELECTED)
        chosen.append(option.inner_text() if option.count() else "")
        assert box.get_attribute("aria-activedescendant") == (option.get_attribute("id") if option.count() else None)
    assert chosen == [texts[0], texts[1], texts[-1], "", texts[-1], texts[0]]
    assert page.evaluate("document.activeElement.name") == "q"


def test_enter_on_a_suggestion_goes_there_and_else_searches(visit, disclosed):
    page = visit("/")
    box = type_in(page, "yanhua")
    box.press("ArrowDown")
    title = page.locator(f"{SELECTED} .suggestion__text").inner_text()
    box.press("Enter")
    page.wait_for_url("**/external/**")
    assert page.locator("h1").inner_text() == title
    page.go_back()
    type_in(page, "烟花").press("Enter")
    page.wait_for_url("**/search/?q=**")


def test_escape_closes_first_and_empties_then_and_tab_leaves(visit, disclosed):
    page = visit("/search/")
    box = type_in(page, "烟花")
    box.press("Escape")
    assert (box.get_attribute("aria-expanded"), box.input_value()) == ("false", "烟花")
    box.press("Escape")
    assert box.input_value() == ""
    type_in(page, "烟花").press("Tab")
    assert (box.get_attribute("aria-expanded"), page.evaluate("document.activeElement.type")) == ("false", "submit")


def test_a_screen_reader_is_told_and_axe_finds_nothing(visit, disclosed):
    page = visit("/search/")
    box = type_in(page, "烟花")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "true")
    assert re.fullmatch(r"\d+ suggestions", page.locator("main .search-form [role=status]").inner_text())
    box.press("ArrowDown")
    told = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        told[scheme] = violations(page)
    assert told == {"light": [], "dark": []}


@pytest.mark.parametrize("width", [390, 1280])
def test_a_pointer_chooses_and_nothing_moves_or_overflows(visit, disclosed, width):
    page = visit("/departments/", width=width)
    before = page.evaluate("document.querySelector('main').getBoundingClientRect().top")
    type_in(page, "烟花", where=".site-header input[name=q]")
    after = page.evaluate("document.querySelector('main').getBoundingClientRect().top")
    assert (after, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (before, True)
    page.locator("[role=option]").first.click()
    page.wait_for_url("**/external/**")


def test_nothing_is_asked_while_an_input_method_composes(visit, disclosed):
    page = visit("/search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "suggest?" in request.url else None)
    page.locator("main input[name=q]").click()
    keys = page.context.new_cdp_session(page)
    for begun in ("y", "yan", "yan hua"):
        keys.send("Input.imeSetComposition", {"text": begun, "selectionStart": len(begun), "selectionEnd": len(begun)})
    with page.expect_response("**/api/search/suggest**"):
        keys.send("Input.insertText", {"text": "烟花"})
    page.locator("[role=option]").first.wait_for()
    assert [url.rpartition("q=")[2] for url in asked] == ["%E7%83%9F%E8%8A%B1"]


def test_an_answer_to_what_is_no_longer_typed_is_discarded(visit, disclosed):
    page = visit("/search/")
    held = []

    def hold(route):
        if "q=%E5%82%A8" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    page.route("**/api/search/suggest**", hold)
    box = page.locator("main input[name=q]")
    with page.expect_request("**/api/search/suggest**"):
        box.fill("储存")
    with page.expect_response("**/api/search/suggest**"):
        box.fill("运输")
    page.locator("[role=option]").first.wait_for()
    for route in held:
        route.continue_()
    assert "烟花爆竹运输规定" in page.locator("[role=option]").first.inner_text()
    assert page.locator("[role=option]").count() == 1


def test_a_failure_is_silent_and_the_form_still_searches(visit, disclosed):
    page = visit("/search/")
    page.route("**/api/search/suggest**", lambda route: route.abort())
    box = page.locator("main input[name=q]")
    with page.expect_event("requestfailed"):
        box.press_sequentially("烟花")
    assert box.get_attribute("aria-expanded") == "false"
    box.press("Enter")
    page.wait_for_url("**/search/?q=**")


def test_without_script_the_form_is_a_form(visit, disclosed):
    page = visit("/", script=False)
    box = page.locator(".hero input[name=q]")
    assert box.get_attribute("role") is None
    box.fill("烟花")
    box.press("Enter")
    page.wait_for_url("**/search/?q=**")
    assert page.locator(".result__title").count() == len(TITLES)
