"""One way to sign in, and where it leads."""

import pytest
from django.urls import reverse

from tests.factories import PASSWORD, Bureau, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


def sign_in(client, person, then: str = "") -> str:
    response = client.post("/login/", {"username": person.username, "password": PASSWORD, "next": then}, follow=True)
    return response.request["PATH_INFO"]


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/admin/pages/"])
def test_the_desk_sends_a_stranger_to_the_one_sign_in(client, path):
    assert client.get(path, follow=True).request["PATH_INFO"] == "/login/"


def test_the_desk_remembers_where_the_person_wanted_to_go(client):
    assert client.get("/admin/pages/", follow=True).context["next"] == "/admin/pages/"


@pytest.mark.parametrize(("name", "leads_to"), [("liaison", "/admin/"), ("head", "/admin/"), ("cadre", "/intranet/")])
def test_each_is_led_to_their_first_page(client, bureau, name, leads_to):
    assert sign_in(client, getattr(bureau, name)) == leads_to


def test_an_account_without_a_post_is_led_to_the_portal(client, db):
    assert sign_in(client, UserFactory()) == "/"


def test_a_person_is_led_where_they_wanted_to_go(client, bureau):
    assert sign_in(client, bureau.cadre, "/catalogue/") == "/catalogue/"


def test_nobody_is_led_away_from_the_portal(client, bureau):
    assert sign_in(client, bureau.cadre, "https://example.org/") == "/intranet/"


def test_who_has_no_desk_is_told_so_on_their_own_first_page(client, bureau):
    client.force_login(bureau.cadre)
    response = client.get("/admin/", follow=True)
    assert (response.request["PATH_INFO"], "do not have permission" in response.content.decode()) == (
        "/intranet/",
        True,
    )


def test_who_has_no_desk_may_sign_in_on_the_way_to_it(client, bureau):
    assert sign_in(client, bureau.cadre, "/admin/") == "/intranet/"


def test_signing_out_of_the_desk_ends_at_the_one_sign_in(client, bureau):
    client.force_login(bureau.head)
    assert client.post(reverse("wagtailadmin_logout"), follow=True).request["PATH_INFO"] == "/login/"
