"""Everybody changes their own password, a desk or none; with one that the office gave nothing else opens."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.organisation.models import Post, User
from tests.factories import PASSWORD, person_in

GOOD = "tusnig-orda-kelvin-8814"
PAGE = "/account/password/"


def sign_in(client, person, word=PASSWORD):
    return client.post("/login/", {"username": person.username, "password": word})


def changed(client, *, old=PASSWORD, new=GOOD, again=None):
    return client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": again or new})


def has_password(person, word) -> bool:
    return User.objects.get(pk=person.pk).check_password(word)


@pytest.fixture
def inspector(bureau):
    return person_in(bureau.finance, Post.Kind.DISCIPLINE_INSPECTOR)


@pytest.fixture
def given(bureau):
    """A cadre whose password the office has just set."""
    User.objects.filter(pk=bureau.cadre.pk).update(password_was_given=True)
    return bureau.cadre


def office_sets(bureau, person, word=GOOD):
    """On the screen of the account."""
    client = Client()
    client.force_login(bureau.office)
    form = {"username": person.username, "email": person.email, "first_name": person.first_name}
    form |= {"last_name": person.last_name, "password1": word, "password2": word}
    client.post(reverse("wagtailusers_users:edit", args=[person.pk]), form)


# Changing it


@pytest.mark.parametrize("who", ["cadre", "leader", "head", "office"])
def test_everybody_changes_their_own(bureau, client, who):
    person = getattr(bureau, who)
    sign_in(client, person)
    assert changed(client).url == reverse("after_login")
    assert has_password(person, GOOD)


def test_so_does_the_discipline_inspector(inspector, client):
    sign_in(client, inspector)
    changed(client)
    assert has_password(inspector, GOOD)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"old": "not-the-old-one"}, "entered incorrectly"),
        ({"new": "password1234"}, "easy to guess"),
        ({"again": "another-one-altogether"}, "match"),
        ({"new": PASSWORD}, "another password"),
    ],
)
def test_what_does_not_do_is_refused_with_the_reason(bureau, client, said, words):
    sign_in(client, bureau.cadre)
    assert words in changed(client, **said).content.decode()
    assert has_password(bureau.cadre, PASSWORD)


def test_the_session_goes_on_and_the_others_end(bureau, client):
    elsewhere = Client()
    for each in (client, elsewhere):
        sign_in(each, bureau.cadre)
    changed(client)
    assert [each.get("/intranet/").status_code for each in (client, elsewhere)] == [200, 302]


def test_wrong_old_ones_are_refused_like_failed_sign_ins(bureau, client):
    sign_in(client, bureau.cadre)
    answers = [changed(client, old=f"wrong-{n}").status_code for n in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers[-1] == 429
    assert changed(client).status_code == 429
    assert has_password(bureau.cadre, PASSWORD)


def test_a_change_at_the_desk_is_recorded(bureau, client):
    sign_in(client, bureau.office)
    changed(client)
    entry = AuditEntry.objects.get(action="password.changed")
    assert (entry.person_name, entry.subject) == ("office", str(bureau.office.pk))


def test_a_stranger_is_led_to_the_sign_in(db, client):
    assert client.get(PAGE).url.startswith("/login/")


def test_an_account_whose_password_is_kept_elsewhere_has_no_such_page(bureau, client):
    bureau.cadre.set_unusable_password()
    bureau.cadre.save()
    client.force_login(bureau.cadre)
    assert (client.get(PAGE).status_code, PAGE in client.get("/intranet/").content.decode()) == (404, False)


@pytest.mark.parametrize(("who", "page"), [("leader", "/intranet/"), ("head", "/admin/account/")])
def test_it_is_linked_from_where_one_finds_oneself(bureau, client, who, page):
    client.force_login(getattr(bureau, who))
    assert PAGE in client.get(page).content.decode()


# The one that the office gave


@pytest.mark.parametrize("path", ["/", "/intranet/", "/search/", "/welcome/", "/account/second-factor/"])
def test_with_a_given_one_everything_leads_to_changing_it(given, client, path):
    sign_in(client, given)
    assert client.get(path).url == PAGE


def test_nor_is_anything_done_with_it(bureau, client):
    User.objects.filter(pk=bureau.office.pk).update(password_was_given=True)
    client.force_login(bureau.office)
    client.post(reverse("people:close", args=[bureau.cadre.pk]), {"confirmed": "1"})
    assert User.objects.get(pk=bureau.cadre.pk).is_active


def test_the_page_says_why(given, client):
    sign_in(client, given)
    assert "gave you the password" in client.get(PAGE).content.decode()


def test_once_it_is_changed_the_portal_opens(given, client):
    sign_in(client, given)
    changed(client)
    assert client.get("/intranet/").status_code == 200


def test_whoever_does_not_want_to_can_sign_out(given, client):
    sign_in(client, given)
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_a_new_account_has_a_given_one(bureau, client):
    client.force_login(bureau.office)
    form = {"username": "new", "email": "new@example.org", "first_name": "新", "last_name": "李"}
    form |= {"password1": GOOD, "password2": GOOD}
    client.post(reverse("wagtailusers_users:add"), form)
    assert User.objects.get(username="new").password_was_given


def test_one_that_was_set_anew_is_given_and_that_is_recorded(bureau):
    office_sets(bureau, bureau.cadre)
    entry = AuditEntry.objects.get(action="password.given")
    assert (User.objects.get(pk=bureau.cadre.pk).password_was_given, entry.person_name) == (True, "office")


def test_a_change_of_the_name_alone_gives_none(bureau):
    office_sets(bureau, bureau.cadre, word="")
    assert not User.objects.get(pk=bureau.cadre.pk).password_was_given


def test_ones_own_set_on_the_screen_of_accounts_is_not_given(bureau):
    office_sets(bureau, bureau.office)
    assert not User.objects.get(pk=bureau.office.pk).password_was_given


def test_the_office_changes_its_own_there_too_and_by_no_other_screen(bureau, client):
    client.force_login(bureau.office)
    me = bureau.office
    said = {"username": me.username, "email": me.email, "first_name": "月霞", "last_name": "祁"}
    address = reverse("wagtailusers_users:edit", args=[me.pk])
    assert "password1" not in client.get(address).text
    client.post(address, said | {"password1": GOOD, "password2": GOOD})
    assert not has_password(me, GOOD)
