"""A session lasts no longer than the account, and no longer than its holder's last post."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from intranet.audit.models import AuditEntry
from intranet.organisation.models import Post
from tests.factories import PASSWORD, PostFactory, UserFactory


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


def is_signed_in(client) -> bool:
    client.get("/")
    return "_auth_user_id" in client.session


def test_with_the_last_post_the_session_ends_at_the_next_request(bureau, client, yesterday):
    client.force_login(bureau.cadre)
    bureau.cadre.posts.update(ends_on=yesterday)
    assert not is_signed_in(client)


def test_a_day_that_was_entered_long_before_ends_it_by_itself(bureau, client):
    bureau.cadre.posts.update(ends_on=timezone.localdate())
    client.force_login(bureau.cadre)
    assert is_signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert not is_signed_in(client)


def test_it_does_not_come_alive_with_another_post(bureau, client, yesterday):
    client.force_login(bureau.cadre)
    bureau.cadre.posts.update(ends_on=yesterday)
    client.get("/")
    PostFactory(person=bureau.cadre, department=bureau.finance)
    assert not is_signed_in(client)


def test_while_another_post_is_held_it_goes_on(bureau, client, yesterday):
    PostFactory(person=bureau.cadre, department=bureau.finance)
    client.force_login(bureau.cadre)
    bureau.cadre.posts.filter(department=bureau.licensing).update(ends_on=yesterday)
    assert is_signed_in(client)


def test_who_never_had_a_post_may_sign_in(client, db):
    client.force_login(UserFactory())
    assert is_signed_in(client)


def test_so_may_who_waits_for_the_first(client, db):
    post = PostFactory(starts_on=timezone.localdate() + timedelta(days=1))
    client.force_login(post.person)
    assert is_signed_in(client)


def test_a_superuser_needs_no_post(admin_client, admin_user, yesterday):
    PostFactory(person=admin_user, ends_on=yesterday)
    assert is_signed_in(admin_client)


def test_who_has_left_signs_in_no_more_and_is_told_no_other_than_with_a_wrong_password(bureau, client, yesterday):
    bureau.cadre.posts.update(ends_on=yesterday)
    left = client.post("/login/", {"username": "cadre", "password": PASSWORD})
    wrong = client.post("/login/", {"username": "cadre", "password": "wrong"})
    assert left.context["form"].errors == wrong.context["form"].errors != {}


def test_with_another_post_they_do(bureau, client, yesterday):
    bureau.cadre.posts.update(ends_on=yesterday)
    PostFactory(person=bureau.cadre, department=bureau.finance)
    client.post("/login/", {"username": "cadre", "password": PASSWORD})
    assert is_signed_in(client)


def test_a_closed_account_has_no_session(bureau, client):
    client.force_login(bureau.cadre)
    bureau.cadre.is_active = False
    bureau.cadre.save()
    assert not is_signed_in(client)


def test_the_end_is_recorded(bureau, client, yesterday):
    client.force_login(bureau.cadre)
    bureau.cadre.posts.update(ends_on=yesterday)
    client.get("/")
    assert AuditEntry.objects.get(action="session.ended").subject == str(bureau.cadre.pk)


def test_a_visitors_answer_does_not_vary_by_cookie_for_this(client, bureau):
    assert "Cookie" not in client.get("/feeds/latest.atom").get("Vary", "")


def test_a_post_of_one_day_yesterday_is_a_last_post(client, db, yesterday):
    post = PostFactory(kind=Post.Kind.CLERK, starts_on=yesterday, ends_on=yesterday)
    client.force_login(post.person)
    assert not is_signed_in(client)
