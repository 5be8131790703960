"""Results that were opened are counted, from a page that its reader got today and from no other."""

import re

import pytest
from django.test import Client

from search.demand.models import Asking, Opening
from search.demand.throttling import ALLOWED
from tests.search.demand.conftest import QUERY

pytestmark = pytest.mark.django_db


def token_of(client: Client, **params: object) -> str:
    return re.search(r'name="token" value="([^"]+)"', client.get("/search/", {"q": QUERY, **params}).text)[1]


def tell(client: Client, token: str, position: object = 1):
    return client.post("/search/opened/", {"token": token, "position": position})


def test_an_opened_result_is_counted_with_its_place(browser, matters):
    visitor = browser()
    assert tell(visitor, token_of(visitor), 2).status_code == 204
    (opening,) = Opening.objects.all()
    found = visitor.get("/search/", {"q": QUERY}).context["results"].results
    assert (opening.position, opening.key, opening.asking.text) == (2, found[1].hit.key, QUERY)


def test_the_same_result_is_counted_once_a_search(browser, matters):
    visitor = browser()
    token = token_of(visitor)
    assert [tell(visitor, token).status_code for _time in range(2)] == [204, 204]
    assert Opening.objects.count() == 1


@pytest.mark.parametrize("position", [0, 3, -1, "", "x"])
def test_what_was_not_on_the_page_is_refused(browser, matters, position):
    visitor = browser()
    assert tell(visitor, token_of(visitor), position).status_code == 400
    assert Opening.objects.count() == 0


def test_a_forged_page_is_refused(browser, matters):
    visitor = browser()
    assert tell(visitor, token_of(visitor)[:-1] + "_").status_code == 400
    assert Opening.objects.count() == 0


def test_the_page_of_another_browser_is_refused(browser, matters):
    visitor, other = browser(), browser()
    token_of(other)
    assert tell(other, token_of(visitor)).status_code == 400


def test_a_post_without_the_forms_token_is_refused(matters):
    visitor = Client(enforce_csrf_checks=True)
    assert tell(visitor, token_of(visitor)).status_code == 403


def test_it_cannot_be_told_by_a_link(browser, matters):
    visitor = browser()
    assert visitor.get("/search/opened/", {"token": token_of(visitor), "position": 1}).status_code == 405


def test_a_loop_is_stopped(browser, matters):
    visitor = browser()
    token = token_of(visitor)
    answers = [tell(visitor, token).status_code for _time in range(ALLOWED + 1)]
    assert (answers[-2], answers[-1]) == (204, 429)


def test_a_page_whose_search_was_left_out_counts_nothing_and_fails_nowhere(browser, matters):
    visitor = browser()
    token = token_of(visitor)
    Asking.objects.all().delete()
    assert (tell(visitor, token).status_code, Opening.objects.count()) == (204, 0)


def test_who_asks_not_to_be_tracked_gets_no_page_to_tell_of(browser, matters):
    html = browser(DNT="1").get("/search/", {"q": QUERY}).text
    assert ("opened.js" in html, 'name="token"' in html) == (False, False)


def test_links_lead_to_the_matter_itself(browser, matters):
    html = browser().get("/search/", {"q": QUERY}).text
    assert [matter.url for matter in matters if f'href="{matter.url}"' not in html] == []


# What came of a search


def outcome(text: str = QUERY) -> Asking:
    Asking.objects.update(asked_at="2026-01-01T00:00Z")
    return Asking.objects.with_outcome().filter(text=text).get()


def test_results_of_which_none_was_opened_were_abandoned(browser, matters):
    browser().get("/search/", {"q": QUERY})
    assert outcome().was_abandoned


def test_results_of_which_one_was_opened_were_not(browser, matters):
    visitor = browser()
    tell(visitor, token_of(visitor))
    assert not outcome().was_abandoned


def test_a_search_that_goes_on_in_other_words_was_asked_anew_and_not_abandoned(browser, matters):
    visitor = browser()
    visitor.get("/search/", {"q": QUERY})
    visitor.get("/search/", {"q": "办法"})
    assert (outcome().was_asked_anew, outcome().was_abandoned, outcome("办法").was_abandoned) == (True, False, True)


def test_another_browsers_search_is_no_continuation(browser, matters):
    browser().get("/search/", {"q": QUERY})
    browser().get("/search/", {"q": "办法"})
    assert outcome().was_abandoned


def test_a_search_without_results_was_not_abandoned(browser, matters):
    browser().get("/search/", {"q": "尾矿库闭库"})
    assert not outcome("尾矿库闭库").was_abandoned


def test_what_was_asked_in_this_hour_may_still_go_on(browser, matters):
    browser().get("/search/", {"q": QUERY})
    assert not Asking.objects.with_outcome().get().was_abandoned
