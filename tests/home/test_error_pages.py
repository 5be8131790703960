"""Error pages of our own: what happened, and where to go."""

import pytest
from django.db import InterfaceError, OperationalError
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


@pytest.fixture
def lenient() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def fails(monkeypatch):
    """Let the catalogue fail with this error."""

    def set_error(error: Exception) -> None:
        def fail(user):
            raise error

        monkeypatch.setattr("home.catalogue.catalogue_rows", fail)

    return set_error


@pytest.mark.parametrize("error", [OperationalError("database is locked"), InterfaceError("connection closed")])
def test_a_database_that_does_not_answer_is_told_as_such(lenient, fails, error):
    fails(error)
    page = lenient.get("/catalogue/")
    assert (page.status_code, page["Retry-After"], "Nothing of what you sent was saved" in page.text) == (
        503,
        "60",
        True,
    )


def test_the_api_tells_of_it_in_json(lenient, monkeypatch):
    def fail(*arguments):
        raise OperationalError("database is locked")

    monkeypatch.setattr("search.api.find", fail)
    answer = lenient.get("/api/search/?q=x")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")


def test_any_other_failure_is_one_of_ours(lenient, fails):
    fails(ZeroDivisionError())
    page = lenient.get("/catalogue/")
    assert (page.status_code, "出了差错" in page.text) == (500, True)


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_page_of_a_failure_needs_neither_context_nor_database(django_assert_num_queries, name):
    with django_assert_num_queries(0):
        assert "<h1>" in render_to_string(name)


@pytest.mark.parametrize(
    "address", ["/a%00b/", "/files/a%00b", "/external/a%00/e2/b/", "/departments/a%00/", "/documents/1/a%00.txt"]
)
def test_a_null_character_in_an_address_is_a_bad_request(client: Client, address):
    assert client.get(address).status_code == 400


def test_a_null_character_in_a_filter_is_an_unknown_value(client: Client):
    assert client.get("/catalogue/E2/?department=a%00b").status_code == 404


def test_the_page_of_a_withdrawal_says_why_and_what_stands_instead(rf):
    page = render_to_string("410.html", {"reason": "数据有误", "successor_url": "/new/"}, request=rf.get("/"))
    assert "数据有误" in page
    assert 'href="/new/"' in page
