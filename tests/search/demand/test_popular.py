"""What many visitors look for, and what it tells of nobody."""

import pytest

from search.popularity import ENOUGH, frequent_queries
from tests.search.demand.conftest import QUERY

pytestmark = pytest.mark.django_db


def ask(browser, query: str, *, sessions: int = ENOUGH, **of_browser: object) -> None:
    for _session in range(sessions):
        browser(**of_browser).get("/search/", {"q": query})


def test_what_three_sessions_asked_is_shown_on_the_first_page(browser, matters):
    ask(browser, QUERY)
    assert [row.text for row in browser().get("/").context["popular"]] == [QUERY]


def test_what_one_session_asked_often_is_not(browser, matters):
    visitor = browser()
    for order in ("relevance", "newest", "oldest"):
        visitor.get("/search/", {"q": QUERY, "sort": order})
    assert frequent_queries() == []


def test_what_two_sessions_asked_is_not(browser, matters):
    ask(browser, QUERY, sessions=2)
    assert frequent_queries() == []


def test_what_cadres_asked_is_not(browser, bureau, matters):
    ask(browser, QUERY, person=bureau.cadre)
    assert frequent_queries() == []


def test_what_has_no_results_is_not(browser, matters):
    ask(browser, "尾矿库闭库")
    assert frequent_queries() == []


def test_what_held_personal_data_is_not(browser, matters):
    ask(browser, "烟花爆竹 13909411234")
    assert frequent_queries() == []


def test_a_beginning_is_continued_in_any_writing(browser, matters):
    ask(browser, "烟花爆竹办法")
    ask(browser, "办法")
    assert frequent_queries("煙花") == ["烟花爆竹办法"]


def test_the_most_asked_comes_first_and_there_are_no_more_than_wanted(browser, matters):
    ask(browser, "办法")
    ask(browser, QUERY, sessions=ENOUGH + 1)
    assert (frequent_queries(), frequent_queries(limit=1)) == ([QUERY, "办法"], [QUERY])
