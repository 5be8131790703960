"""A case goes from the window to its applicant's hands, and nobody touches a pointer."""

from urllib.parse import urljoin

import pytest
from django.conf import settings
from playwright.sync_api import Page

from intranet.hall.models import Case
from tests.browser.keyboard import press, tab_to, write
from tests.factories import PASSWORD
from tests.hall.cases import Hall, a_persons_number, row

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
RIGHT_EDGES = "all => all.map(one => one.getBoundingClientRect().right)"


@pytest.fixture
def hall(bureau) -> Hall:
    return Hall(bureau)


def tick(page: Page, name: str, words: str) -> None:
    """Go to the box with this name and label and tick it."""
    tab_to(page, lambda focused: focused["name"] == name and focused["label"].startswith(words))
    page.keyboard.press("Space")


def move(page: Page, words: str, **said: str) -> None:
    """Unfold the move, fill in its fields, make it."""
    tab_to(page, lambda focused: focused["tag"] == "summary" and focused["words"] == words)
    page.keyboard.press("Enter")
    for name, text in said.items():
        write(page, name.replace("__", "-"), text)
    press(page, words)


def choose_the_item(page: Page) -> None:
    """Go to the window and give the item by the initials of its sound."""
    press(page, "Window")
    write(page, "item_words", "aqscxkz")
    page.wait_for_selector("[name=item]:checked")


def name_the_applicant(page: Page, number: str) -> None:
    """Write down who applies, by the number of their identity card."""
    write(page, "identifier", number)
    write(page, "name", "李小明")


def wait_until_it_is_saved(page: Page) -> None:
    """What was typed is kept by the portal."""
    page.wait_for_function("document.querySelector('[data-told]').textContent.startsWith('Draft saved')")


def test_from_the_window_to_the_delivery(hall, sit_down):
    clerk = sit_down(hall.clerk)
    choose_the_item(clerk)
    name_the_applicant(clerk, a_persons_number())
    write(clerk, "subject", "一号井")
    tick(clerk, "materials", "申请书")
    press(clerk, "Receive")
    press(clerk, "Open the case")
    case = Case.objects.get()
    licence = row(case, "营业执照").pk

    move(clerk, "Tell what is missing", **{f"notify__wanted_{licence}": "复印件加盖公章"})
    tab_to(clerk, lambda focused: focused["tag"] == "summary" and focused["words"] == "Take in what was missing")
    clerk.keyboard.press("Enter")
    tick(clerk, "supplement-brought", "营业执照")
    press(clerk, "Take in what was missing")
    move(clerk, "Accept")

    handler = sit_down(hall.handler)
    press(handler, "Cases")
    press(handler, case.number)
    move(handler, "Begin the review")
    move(handler, "Pause the clock", pause__reason="听证", pause__expected_days="10", pause__notice_number="听1号")
    move(handler, "Resume")
    tab_to(handler, lambda focused: focused["words"] == "Take in what was to come later")
    handler.keyboard.press("Enter")
    tick(handler, "take_in-brought", "环评批复")
    press(handler, "Take in what was to come later")
    move(handler, "Grant", grant__document_number="甘安许〔2026〕1号")

    press(clerk, "Cases")
    press(clerk, case.number)
    move(clerk, "Deliver", deliver__evidence="李小明")
    case.refresh_from_db()
    assert (case.state, [each.act for each in case.moves.all()]) == (
        "delivered",
        ["receive", "notify", "supplement", "accept", "begin", "pause", "resume", "take_in", "grant", "deliver"],
    )


def test_a_second_acceptance_is_refused_and_leads_to_the_first_case(hall, sit_down):
    number = a_persons_number()
    first = hall.received(identifier=number)
    clerk = sit_down(hall.clerk)
    choose_the_item(clerk)
    name_the_applicant(clerk, number)
    write(clerk, "subject", "一号井")
    press(clerk, "Receive", stays=True)
    clerk.wait_for_selector("[role=alert]:has-text('It is not received a second time')")
    said = clerk.inner_text("main")
    press(clerk, first.number)
    assert ("It is not received a second time" in said, clerk.inner_text("h1").split()[0]) == (True, first.number)
    assert (Case.objects.count(), first.repeated_attempts.count()) == (1, 1)


def test_a_refusal_is_blocked_until_its_filing_is_signed(hall, sit_down):
    case = hall.in_review()
    handler = sit_down(hall.handler)
    press(handler, "Cases")
    press(handler, case.number)
    move(handler, "Refuse", refuse__document_number="甘安不许〔2026〕1号")
    assert "signed by the head, before it is issued" in handler.inner_text("[role=alert]")
    filed = {"file__basis": "条例第六条", "file__reasons": "无安全设施", "file__relief": "六十日内复议"}
    move(handler, "File a refusal", **filed)

    head = sit_down(hall.head)
    press(head, "Cases")
    press(head, case.number)
    move(head, "Sign the refusal's filing")

    move(handler, "Refuse", refuse__document_number="甘安不许〔2026〕1号")
    case.refresh_from_db()
    acts = ["file", "sign", "refuse"]
    assert (case.state, [each.act for each in case.moves.all()][-3:]) == ("refused", acts)


def test_a_lost_connection_loses_nothing(hall, sit_down):
    page = sit_down(hall.clerk)
    press(page, "Window")
    write(page, "subject", "一号井")
    wait_until_it_is_saved(page)
    page.reload()
    assert page.input_value("[name=subject]") == "一号井"


def test_nothing_that_was_typed_stays_in_the_browser(hall, sit_down):
    page = sit_down(hall.clerk)
    press(page, "Window")
    write(page, "name", "李小明")
    wait_until_it_is_saved(page)
    kept = page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    assert "李小明" not in kept


def test_an_application_sent_while_offline_stays_on_the_page_with_all_that_was_typed(hall, sit_down):
    page = sit_down(hall.clerk)
    choose_the_item(page)
    name_the_applicant(page, a_persons_number())
    wait_until_it_is_saved(page)
    page.context.set_offline(True)
    write(page, "subject", "一号井")
    press(page, "Receive", stays=True)
    page.wait_for_selector("[data-not-sent]:not([hidden])")
    said, kept = page.inner_text("[data-not-sent]"), page.input_value("[name=subject]")
    page.context.set_offline(False)
    press(page, "Receive")
    page.wait_for_url("**/received/**")
    assert (said.startswith("Not received"), kept, Case.objects.get().subject) == (True, "一号井", "一号井")


def test_after_a_fault_the_cursor_stands_where_it_is(hall, sit_down):
    page = sit_down(hall.clerk)
    choose_the_item(page)
    press(page, "Receive", stays=True)
    page.wait_for_selector("text=Enter the number, or choose a known applicant.")
    assert page.evaluate("document.activeElement.name") == "identifier"


def test_nothing_to_fill_in_runs_off_a_phone(hall, visit):
    case = hall.received()
    page = visit(f"/admin/window/cases/{case.number}/", hall.clerk, width=390)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert max(page.eval_on_selector_all(".gk-case input, .gk-case select, .gk-case textarea", RIGHT_EDGES)) <= 390


def test_on_a_phone_each_value_of_a_list_has_its_columns_name_before_it(hall, visit):
    hall.received()
    page = visit("/admin/window/cases/", hall.clerk, width=390)
    page.wait_for_selector("table.gk-stacked")
    named = page.eval_on_selector_all(".gk-stacked tbody td", "all => all.map(one => one.dataset.label)")
    assert named == page.eval_on_selector_all(".gk-stacked thead th", "all => all.map(one => one.textContent.trim())")


def test_on_a_phone_a_list_needs_no_moving_sideways(hall, visit):
    hall.received()
    page = visit("/admin/window/cases/", hall.clerk, width=390)
    page.wait_for_selector("table.gk-stacked")
    assert max(page.eval_on_selector_all(".gk-stacked tbody *", RIGHT_EDGES)) <= 390


def test_an_application_sent_after_the_session_ended_is_received_once_the_clerk_has_signed_in_beside_it(hall, sit_down):
    page = sit_down(hall.clerk)
    choose_the_item(page)
    name_the_applicant(page, a_persons_number())
    write(page, "subject", "一号井")
    wait_until_it_is_saved(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    press(page, "Receive", stays=True)
    page.wait_for_selector("[data-not-sent]:not([hidden])")
    said = page.inner_text("[data-not-sent]")
    beside = page.context.new_page()
    beside.goto(urljoin(page.url, "/login/"))
    write(beside, "username", hall.clerk.username)
    write(beside, "password", PASSWORD)
    press(beside, "Sign in")
    page.bring_to_front()
    press(page, "Receive")
    page.wait_for_url("**/received/**")
    assert ("not signed in any more" in said, Case.objects.get().subject) == (True, "一号井")
