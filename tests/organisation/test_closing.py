"""The office closes the account of who has left: posts end, sessions end, nothing of it comes back by itself."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from wagtail.users.models import UserProfile

from intranet.access.delegating import delegate
from intranet.audit.models import AuditEntry
from intranet.organisation.closing import ClosingRefused, close_account, open_account
from intranet.organisation.models import Delegation, Post, User
from tests.beside import begun_while
from tests.factories import PASSWORD, PostFactory, UserFactory, fresh_account, person_in


def close_at(person) -> str:
    return reverse("people:close", args=[person.pk])


def open_at(person) -> str:
    return reverse("people:open", args=[person.pk])


def fresh(person) -> User:
    return User.objects.get(pk=person.pk)


# What closing does


def test_posts_end_with_yesterday(bureau, yesterday):
    close_account(bureau.cadre, by=bureau.office)
    assert [post.ends_on for post in bureau.cadre.posts.all()] == [yesterday]


def test_a_post_that_began_today_ends_today_and_one_ahead_is_not_taken_up(bureau, today, tomorrow):
    person = UserFactory()
    PostFactory(person=person, department=bureau.licensing, starts_on=today)
    PostFactory(person=person, department=bureau.finance, starts_on=tomorrow)
    close_account(person, by=bureau.office)
    assert list(person.posts.values_list("starts_on", "ends_on")) == [(today, today)]


def test_posts_that_ended_before_stay_as_they_were(bureau, yesterday):
    earlier = yesterday - timedelta(days=30)
    post = PostFactory(person=bureau.cadre, department=bureau.finance, ends_on=earlier)
    close_account(bureau.cadre, by=bureau.office)
    assert Post.objects.get(pk=post.pk).ends_on == earlier


def test_the_person_is_signed_out_and_signs_in_no_more(bureau, client):
    client.force_login(bureau.cadre)
    close_account(bureau.cadre, by=bureau.office)
    client.get("/")
    client.post("/login/", {"username": "cadre", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_they_are_in_no_group_any_more_when_they_come_back(bureau):
    group = Group.objects.create(name="专班")
    bureau.cadre.groups.add(group)
    close_account(bureau.cadre, by=bureau.office)
    open_account(fresh(bureau.cadre), by=bureau.office)
    PostFactory(person=bureau.cadre, department=bureau.finance)
    assert group not in fresh(bureau.cadre).groups.all()


def test_they_stand_in_for_nobody_any_more_when_they_come_back(bureau, today, tomorrow):
    person = person_in(bureau.finance, Post.Kind.HEAD, username="stand-in")
    made = delegate(bureau.head.posts.get(), to=person, starts_on=today, ends_on=tomorrow, by=bureau.head)
    close_account(person, by=bureau.office)
    open_account(fresh(person), by=bureau.office)
    PostFactory(person=person, department=bureau.finance)
    assert not Delegation.objects.in_force().filter(pk=made.pk).exists()
    assert AuditEntry.objects.filter(action="gongkai.end_delegation", person_name="office").exists()


def test_it_is_recorded_by_whom(bureau):
    close_account(bureau.cadre, by=bureau.office)
    acts = set(AuditEntry.objects.filter(person_name="office").values_list("action", flat=True))
    assert {"gongkai.close_account", "wagtail.edit"} <= acts


def test_the_history_of_the_post_says_who_ended_it(bureau, client):
    post = bureau.cadre.posts.get()
    close_account(bureau.cadre, by=bureau.office)
    client.force_login(bureau.office)
    page = client.get(reverse("wagtailsnippets_organisation_post:history", args=[post.pk])).content.decode()
    assert str(bureau.office) in page


@pytest.mark.parametrize(("forget", "email"), [(False, "cadre@example.org"), (True, "")])
def test_address_and_picture_are_deleted_where_that_is_ticked(bureau, settings, tmp_path, forget, email):
    settings.MEDIA_ROOT = tmp_path
    profile = UserProfile.get_for_user(bureau.cadre)
    profile.avatar.save("me.png", ContentFile(b"picture"))
    close_account(bureau.cadre, by=bureau.office, forget=forget)
    person = fresh(bureau.cadre)
    assert (person.email, bool(person.wagtail_userprofile.avatar), person.get_full_name() != "") == (
        email,
        not forget,
        True,
    )


# Opening it again


def test_opened_again_it_has_neither_password_nor_post_nor_session(bureau, client):
    client.force_login(bureau.cadre)
    close_account(bureau.cadre, by=bureau.office)
    open_account(bureau.cadre, by=bureau.office)
    Post.objects.create(
        person=bureau.cadre, department=bureau.finance, kind=Post.Kind.MEMBER, starts_on=bureau.cadre.date_joined.date()
    )
    client.get("/")
    client.post("/login/", {"username": "cadre", "password": PASSWORD})
    person = fresh(bureau.cadre)
    assert (person.is_active, person.has_usable_password(), "_auth_user_id" in client.session) == (True, False, False)


# Who may


@pytest.mark.parametrize("name", ["head", "liaison", "cadre"])
def test_nobody_but_the_office_closes_an_account(bureau, client, name):
    client.force_login(getattr(bureau, name))
    client.post(close_at(bureau.cadre2), {"confirmed": "1"})
    assert fresh(bureau.cadre2).is_active


def test_the_office_does_and_is_told(bureau, client):
    client.force_login(bureau.office)
    response = client.post(close_at(bureau.cadre), {"confirmed": "1"}, follow=True)
    assert ("Closed: the account of" in response.content.decode(), fresh(bureau.cadre).is_active) == (True, False)


def test_asking_closes_nothing_and_says_what_ends(bureau, client):
    client.force_login(bureau.office)
    page = client.get(close_at(bureau.head)).content.decode()
    assert ("head of department" in page, fresh(bureau.head).is_active) == (True, True)


def test_nobody_closes_their_own(bureau, client):
    client.force_login(bureau.office)
    client.post(close_at(bureau.office), {"confirmed": "1"})
    with pytest.raises(ClosingRefused, match="own account"):
        close_account(bureau.office, by=bureau.office)
    assert fresh(bureau.office).is_active


def test_the_office_closes_no_superusers(bureau, admin_user):
    with pytest.raises(ClosingRefused, match="superuser"):
        close_account(admin_user, by=bureau.office)


def test_nor_changes_it(bureau, client, admin_user):
    client.force_login(bureau.office)
    form = {"username": admin_user.username, "email": "x@example.org", "last_name": "x", "first_name": "",
            "password1": "tusnig-orda-kelvin-8814", "password2": "tusnig-orda-kelvin-8814"}  # fmt: skip
    client.post(reverse("wagtailusers_users:edit", args=[admin_user.pk]), form)
    assert not fresh(admin_user).check_password("tusnig-orda-kelvin-8814")


def test_a_superuser_does(admin_user, db):
    other = UserFactory(is_superuser=True)
    close_account(other, by=admin_user)
    assert not fresh(other).is_active


def test_one_that_is_closed_is_not_closed_again_but_opened(bureau, client):
    client.force_login(bureau.office)
    close_account(bureau.cadre, by=bureau.office)
    assert (client.get(close_at(bureau.cadre)).status_code, client.get(open_at(bureau.cadre)).status_code) == (404, 200)
    client.post(open_at(bureau.cadre))
    assert fresh(bureau.cadre).is_active


def test_the_form_of_an_account_closes_none(bureau, client):
    client.force_login(bureau.office)
    edit = reverse("wagtailusers_users:edit", args=[bureau.cadre.pk])
    form = {"username": "cadre", "email": "new@example.org", "last_name": "李", "first_name": ""}
    client.post(edit, form)
    assert (fresh(bureau.cadre).email, fresh(bureau.cadre).is_active) == ("new@example.org", True)


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_nothing_is_done_to_several_accounts_at_once(bureau, client, action):
    client.force_login(bureau.office)
    group = Group.objects.create(name="free")
    url = reverse("wagtail_bulk_action", args=["organisation", "user", action])
    form = {"mark_as_active": "False", "role": group.pk}
    client.post(f"{url}?id={bureau.cadre.pk}", form)
    person = fresh(bureau.cadre)
    assert (person.is_active, person.groups.filter(pk=group.pk).exists()) == (True, False)


def test_a_desk_without_that_right_is_shown_no_people(bureau, client):
    client.force_login(bureau.liaison)
    assert client.get(reverse("wagtailusers_users:index")).status_code != 200


def test_an_account_whose_post_began_today_is_opened_tomorrow_without_it(bureau, today, tomorrow):
    newcomer = person_in(bureau.licensing, Post.Kind.LIAISON)
    Post.objects.of_person(newcomer).update(starts_on=today)
    close_account(newcomer, by=bureau.office)
    with pytest.raises(ClosingRefused):
        open_account(fresh_account(newcomer), by=bureau.office)
    with time_machine.travel(datetime.combine(tomorrow, time(9), tzinfo=get_current_timezone())):
        open_account(fresh_account(newcomer), by=fresh_account(bureau.office))
    assert not Post.objects.of_person(newcomer).in_office(tomorrow).exists()


def test_who_comes_back_to_a_post_that_the_office_has_entered_has_an_account_again(bureau, today):
    close_account(bureau.liaison, by=bureau.office)
    PostFactory(person=bureau.liaison, department=bureau.licensing, kind=Post.Kind.LIAISON, starts_on=today)
    open_account(fresh_account(bureau.liaison), by=bureau.office)
    assert fresh_account(bureau.liaison).is_active


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
def test_of_two_who_close_each_others_account_one_keeps_it(bureau):
    other = person_in(bureau.office_unit, Post.Kind.OFFICE_STAFF)
    one, two = fresh_account(bureau.office), fresh_account(other)
    failure = begun_while(
        lambda: close_account(fresh_account(two), by=one), lambda: close_account(fresh_account(one), by=two)
    )
    assert (type(failure), fresh_account(one).is_active, fresh_account(two).is_active) == (ClosingRefused, True, False)
