"""After too many failures an account is refused from that address for a while; the office lifts it."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from intranet.audit.models import AuditEntry
from intranet.sign_in.client_address import client_address
from intranet.sign_in.throttling import ends_at, locks
from tests.factories import PASSWORD, UserFactory

LOCKED = reverse("sign_in:locked")


def fail(client, name="head", times=5, **extra):
    for _time in range(times):
        response = client.post("/login/", {"username": name, "password": "wrong"}, **extra)
    return response


def gets_in(client, name="head", **extra) -> bool:
    client.post("/login/", {"username": name, "password": PASSWORD}, **extra)
    return "_auth_user_id" in client.session


# Who is refused


def test_four_failures_are_forgiven(bureau, client):
    fail(client, times=4)
    assert gets_in(client)


def test_the_fifth_is_answered_with_when_to_try_again(bureau, client):
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False):
        response = fail(client)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"], "until 09:15" in page) == (429, "900", True)


def test_the_right_password_is_refused_then_too(bureau, client):
    fail(client)
    assert not gets_in(client)


def test_and_taken_again_afterwards(bureau, client):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fail(client)
        clock.shift(timedelta(minutes=14))
        assert not gets_in(client)
        clock.shift(timedelta(minutes=1, seconds=1))
        assert gets_in(client)


def test_a_success_forgives_what_failed_before(bureau, client):
    fail(client, times=4)
    gets_in(client)
    client.logout()
    fail(client, times=4)
    assert gets_in(client)


def test_from_another_address_the_owner_signs_in_as_always(bureau, client):
    fail(client)
    assert gets_in(client, REMOTE_ADDR="10.0.0.9")


def test_another_account_signs_in_from_the_same_address(bureau, client):
    fail(client)
    assert gets_in(client, "liaison")


def test_another_writing_of_the_name_is_the_same_account(bureau, client):
    fail(client, "HEAD")
    assert not gets_in(client)


def test_another_browser_counts_along(bureau, client):
    fail(client, times=3, HTTP_USER_AGENT="one")
    assert fail(client, times=2, HTTP_USER_AGENT="other").status_code == 429


# What is kept of it


def test_nothing_that_was_typed_is_kept(bureau, client):
    client.post("/login/?next=/catalogue/", {"username": "my-secret-password", "password": "wrong"})
    kept = "".join(str(value) for value in AccessAttempt.objects.values().get().values())
    assert "my-secret-password" not in kept
    assert "wrong" not in kept


def test_a_lock_is_recorded_once_and_what_is_refused_afterwards_is_not(bureau, client):
    fail(client, times=9)
    acts = AuditEntry.objects.filter(action__startswith="sign_in").values_list("action", flat=True)
    assert sorted(acts) == ["sign_in.failed"] * 5 + ["sign_in.locked"]


# What the office sees and does


def test_the_office_sees_who_is_refused_and_lifts_it(bureau, client):
    fail(client)
    client.force_login(bureau.office)
    assert "head" in client.get(LOCKED).content.decode()
    client.post(LOCKED, {"lock": "head 127.0.0.1"})
    client.logout()
    assert (gets_in(client), AuditEntry.objects.filter(action="gongkai.lift_lock", person_name="office").count()) == (
        True,
        1,
    )


def test_a_name_that_is_no_account_is_not_shown(bureau, client):
    fail(client, "perhaps-a-password")
    client.force_login(bureau.office)
    page = client.get(LOCKED).content.decode()
    assert ("a name that is no account" in page, "perhaps-a-password" in page) == (True, False)


def test_that_one_is_lifted_too(bureau, client):
    fail(client, "nobody")
    client.force_login(bureau.office)
    client.post(LOCKED, {"lock": f"{locks()[0].name} 127.0.0.1"})
    assert locks() == []


def test_while_nobody_is_refused_the_screen_says_so(bureau, client):
    fail(client, times=4)
    client.force_login(bureau.office)
    assert "Nobody is refused" in client.get(LOCKED).content.decode()


@pytest.mark.parametrize("name", ["head", "liaison", "cadre"])
def test_nobody_else_sees_or_lifts(bureau, client, name):
    fail(client, "office")
    client.force_login(getattr(bureau, name))
    client.post(LOCKED, {"lock": "office 127.0.0.1"})
    assert (client.get(LOCKED).status_code == 200, len(locks())) == (False, 1)


# When a lock ends


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 6)), max_size=6))
def test_it_ends_with_the_failure_that_brings_the_rest_below_the_limit(failures):
    begin = timezone.now()
    attempts = [
        AccessAttempt(attempt_time=begin + timedelta(seconds=second), failures_since_start=count)
        for second, count in failures
    ]
    end = ends_at(attempts)

    def counted(moment):
        counting = [one for one in attempts if one.attempt_time > moment - timedelta(minutes=15)]
        return sum(one.failures_since_start for one in counting)

    if end is None:
        assert sum(count for _second, count in failures) < 5
    else:
        assert counted(end - timedelta(microseconds=1)) >= 5 > counted(end)


# From where


@pytest.mark.parametrize(
    ("proxies", "heard", "address"),
    [
        (0, "203.0.113.5", "10.0.0.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.9, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.9, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "203.0.113.5", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "no address", "10.0.0.1"),
    ],
)
def test_what_a_client_claims_before_the_proxies_is_not_believed(rf, settings, proxies, heard, address):
    settings.PROXY_COUNT = proxies
    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=heard)) == address


def test_the_lock_follows_that_address(bureau, client, settings):
    settings.PROXY_COUNT = 1
    fail(client, HTTP_X_FORWARDED_FOR="203.0.113.5")
    assert (
        gets_in(client, HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.5"),
        gets_in(client, HTTP_X_FORWARDED_FOR="203.0.113.6"),
    ) == (False, True)


def test_an_account_that_is_no_desks_is_refused_as_well(db, client):
    UserFactory(username="reader")
    assert fail(client, "reader").status_code == 429
