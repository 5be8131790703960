"""Going through a screen by keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page

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


def press(page: Page, words: str, *, stays: bool = False) -> None:
    """Go to the link or button with these words and press it; where it `stays`, the page answers by itself."""
    tab_to(page, lambda focused: focused["tag"] in ("a", "button") and focused["words"].startswith(words))
    if stays:
        page.keyboard.press("Enter")
        return
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Go to the field, unless the page begins there, and type into it; of a list, the choice that begins so."""
    if page.evaluate(FOCUSED)["name"] != name:
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
