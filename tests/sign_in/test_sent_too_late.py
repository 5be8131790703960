"""A form that is sent after its session ended."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages

MOVE = "/admin/window/cases/AQ-2026-00001/moves/accept/"
PAGE = "/admin/window/cases/AQ-2026-00001/"


def sent(client, referer):
    return client.post(MOVE, {}, headers={"referer": referer} if referer else {})


def next_of(response):
    return parse_qs(urlsplit(response.url).query)["next"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "leads_to"),
    [
        (f"http://testserver{PAGE}?a=1#b", f"{PAGE}?a=1"),
        ("https://elsewhere.example/", "/admin/"),
        ("", "/admin/"),
    ],
    ids=["its page", "another site", "unknown"],
)
def test_the_sign_in_leads_back_to_the_page_of_the_form(client, referer, leads_to):
    assert next_of(sent(client, referer)) == [leads_to]


@pytest.mark.django_db
def test_it_says_that_nothing_was_sent(client):
    response = sent(client, f"http://testserver{PAGE}")
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "You were not signed in any more, and nothing was sent. Sign in and send it again."
    ]
    page = client.get(response.url, headers={"accept-language": "en"}, follow=True)
    assert "nothing was sent" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_was_only_asked_for_is_where_the_sign_in_leads(client):
    assert next_of(client.get(PAGE)) == [PAGE]


@pytest.mark.parametrize(
    ("path", "above"),
    [(MOVE, PAGE), (f"{PAGE}scans/", PAGE), ("/admin/hall/moved/told/", "/admin/hall/moved/")],
)
def test_an_address_that_only_takes_what_is_sent_leads_to_the_page_above_it(bureau, client, path, above):
    client.force_login(bureau.office)
    assert client.get(path).url == above


@pytest.mark.parametrize("wanted", ["application/json", "image/png"])
def test_no_program_is_led_anywhere(bureau, client, wanted):
    client.force_login(bureau.office)
    assert client.get(MOVE, headers={"accept": wanted}).status_code == 405


def test_who_is_signed_in_and_may_not_is_told_nothing_of_a_session_that_ended(bureau, client):
    client.force_login(bureau.cadre)
    answer = client.post("/admin/pages/1/edit/", follow=True)
    assert not any("not signed in" in str(message) for message in answer.context["messages"])
