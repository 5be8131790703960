"""A matter goes from its first word to the public through every role, and nobody touches a pointer."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from intranet.disclosure.models import DraftTemplate, MatterPage
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_TABS = 150
"""More stops than any screen of ours has: whoever needs them all is lost."""
FOCUSED = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : '';
  return {
    tag: one.tagName.toLowerCase(), name: one.getAttribute('name') || '', id: one.id,
    words: (one.innerText || one.value || '').trim(), label: label.trim(), role: one.getAttribute('role') || '',
  };
}"""


def tab_to(page: Page, wanted: Callable[[dict], bool]) -> None:
    """Press Tab until the focus is on what is wanted."""
    passed = []
    for _press in range(MOST_TABS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if wanted(focused):
            return
        passed.append(focused["words"] or focused["name"] or focused["tag"])
    raise AssertionError(f"The focus never came there; it was on: {passed}")


def press(page: Page, words: str) -> None:
    """Go to the link or button with these words and press it."""
    tab_to(page, lambda focused: focused["tag"] in ("a", "button") and focused["words"].startswith(words))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Go to the field and type into it; of a list, the choice that begins so."""
    tab_to(page, lambda focused: focused["name"] == name)
    page.keyboard.type(text)


def overwrite(page: Page, name: str, text: str) -> None:
    """Go to the field and type over what stands there."""
    tab_to(page, lambda focused: focused["name"] == name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def open_tab(page: Page, words: str) -> None:
    """Go round the list of tabs, from whichever is open, to the one with these words."""
    page.keyboard.press("Control+Home")
    for _press in range(MOST_TABS):
        page.keyboard.press("Shift+Tab")
        if page.evaluate(FOCUSED)["role"] == "tab":
            break
    passed: list[str] = []
    while (focused := page.evaluate(FOCUSED))["words"] != words and focused["id"] not in passed:
        passed.append(focused["id"])
        page.keyboard.press("ArrowRight")
        # The focus follows the arrow a moment later; a second press before it came would pass the tab by.
        page.wait_for_function("left => document.activeElement.id !== left", arg=focused["id"])
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[role=tab][aria-selected=true]:has-text('{words}')")


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


def test_from_draft_to_live_through_every_role(bureau, sit_down, visit):
    DraftTemplate.objects.all().delete()  # its hints would have to be filled in first
    liaison = sit_down(bureau.liaison)
    press(liaison, "New matter")
    write(liaison, "category", "E2")
    write(liaison, "type", "notice")
    press(liaison, "Begin")
    write(liaison, "title", "汛期安全提示")
    write(liaison, "summary", "暴雨期间停止露天作业。")
    open_tab(liaison, "Disclosure")
    write(liaison, "visibility", "the public")
    write(liaison, "formed_on", timezone.localdate().isoformat())
    liaison.keyboard.press("Escape")
    overwrite(liaison, "elements-0-value", "甘南州安监局")
    overwrite(liaison, "elements-1-value", timezone.localdate().isoformat())
    tab_to(liaison, lambda focused: focused["words"] == "More actions")
    liaison.keyboard.press("Enter")
    press(liaison, "Check and submit")
    liaison.wait_for_url("**/submit/")
    write(liaison, "reason", "依据文件没有文号。")
    press(liaison, "Submit")

    reviewer = sit_down(bureau.reviewer)
    press(reviewer, "汛期安全提示")
    write(reviewer, "comment", "不涉密。")
    press(reviewer, "May be disclosed")

    head = sit_down(bureau.head)
    press(head, "汛期安全提示")
    press(head, "Approve")

    matter = MatterPage.objects.get()
    assert "暴雨期间停止露天作业" in visit(matter.url).content()
