"""Error pages of our own: what happened, and where to go."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_missing_page_offers_search_and_ways_on(client: Client):
    page = client.get("/nothing/")
    assert page.status_code == 404
    assert 'action="/search/"' in page.text
    assert 'href="/catalogue/"' in page.text


def test_a_stale_form_is_refused_in_our_own_words():
    page = Client(enforce_csrf_checks=True).post("/login/", {"username": "head"})
    assert page.status_code == 403
    assert "nothing has been changed" in page.text


def test_a_foreign_host_is_answered_without_failing_again(client: Client, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    assert client.get("/", headers={"host": "other.example"}).status_code == 400


def test_the_page_of_a_failure_needs_neither_context_nor_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "出了差错" in render_to_string("500.html")


def test_the_page_of_a_withdrawal_says_why_and_what_stands_instead(rf):
    page = render_to_string("410.html", {"reason": "数据有误", "successor_url": "/new/"}, request=rf.get("/"))
    assert "数据有误" in page
    assert 'href="/new/"' in page
