"""“Was this helpful?” below the results, with and without script."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from search.demand.models import Verdict
from tests.search.demand.conftest import QUERY

pytestmark = pytest.mark.django_db


def results(client: Client, query: str = QUERY) -> str:
    return client.get("/search/", {"q": query}).text


def answer(client: Client, *, query: str = QUERY, **fields: str):
    token = re.search(r'name="token" value="([^"]+)"', results(client, query))[1]
    return client.post("/search/helpful/", {"token": token, "back": urlencode({"q": query}), **fields}, follow=True)


@pytest.mark.parametrize(("helpful", "kept"), [("yes", True), ("no", False)])
def test_an_answer_is_kept_with_its_query(browser, matters, helpful, kept):
    answer(browser(), helpful=helpful)
    (verdict,) = Verdict.objects.all()
    assert (verdict.is_helpful, verdict.asking.text) == (kept, QUERY)


def test_who_answers_is_thanked_on_the_page_of_results(browser, matters):
    page = answer(browser(), helpful="yes")
    assert page.redirect_chain == [(f"/search/?{urlencode({'q': QUERY})}", 302)]
    assert ('role="status"' in page.text, "Thank you." in page.text, "Was this helpful?" in page.text) == (
        True, True, False,
    )  # fmt: skip


def test_where_nothing_was_found_nobody_is_asked(browser, matters):
    assert "Was this helpful?" not in results(browser(), "尾矿库闭库")


def test_words_are_kept_without_personal_data(browser, matters):
    answer(browser(), helpful="no", words="要延期的表，我的电话 13909411234")
    assert Verdict.objects.get().words == "要延期的表，我的电话 [phone]"


def test_the_first_answer_of_a_session_to_a_query_stands(browser, matters):
    visitor = browser()
    token = re.search(r'name="token" value="([^"]+)"', results(visitor))[1]
    for helpful in ("no", "yes"):
        visitor.post("/search/helpful/", {"token": token, "helpful": helpful})
    assert [verdict.is_helpful for verdict in Verdict.objects.all()] == [False]


def test_another_query_of_the_session_is_asked_about(browser, matters):
    visitor = browser()
    answer(visitor, helpful="yes")
    assert "Was this helpful?" in results(visitor, "办法")


def test_words_that_are_too_long_are_refused_and_not_lost(browser, matters):
    words = "要" * 201
    page = answer(browser(), helpful="no", words=words)
    assert (page.status_code, words in page.text, "at most 200 characters" in page.text) == (400, True, True)
    assert Verdict.objects.count() == 0


def test_an_answer_without_yes_or_no_is_refused_with_what_to_do(browser, matters):
    page = answer(browser(), words="要表")
    assert (page.status_code, "Choose yes or no." in page.text, "要表" in page.text) == (400, True, True)


def test_an_answer_from_another_browser_is_not_counted(browser, matters):
    visitor, other = browser(), browser()
    token = re.search(r'name="token" value="([^"]+)"', results(visitor))[1]
    results(other)
    page = other.post("/search/helpful/", {"token": token, "helpful": "yes"}, follow=True)
    assert ("came too late" in page.text, Verdict.objects.count()) == (True, 0)


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example/", "?q=x"])
def test_an_answer_leads_back_to_the_results_and_nowhere_else(browser, matters, back):
    visitor = browser()
    token = re.search(r'name="token" value="([^"]+)"', results(visitor))[1]
    sent = visitor.post("/search/helpful/", {"token": token, "helpful": "yes", "back": back})
    assert sent.url.startswith("/search/?")


def test_an_answer_without_the_forms_token_is_refused(matters):
    assert answer(Client(enforce_csrf_checks=True), helpful="yes").status_code == 403


def test_the_form_needs_no_script_and_names_its_parts(browser, matters):
    html = results(browser())
    form = html[html.index('id="helpful"') : html.index("</form>", html.index('id="helpful"'))]
    assert ("<legend>" in form, 'for="helpful-words"' in form, form.count('type="submit"')) == (True, True, 2)
