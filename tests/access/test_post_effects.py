"""What changing a post changes is said before it is saved, and it is what saving then does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.post_effects import change_by
from intranet.access.rights import rights_of
from intranet.organisation.models import Post, User
from tests.factories import person_in

TODAY = timezone.localdate


def new_post(person, department, kind, **days):
    return Post(person=person, department=department, kind=kind, **{"starts_on": TODAY(), **days})


def rights(person):
    return {(str(right), key) for right, keys in rights_of(User.objects.get(pk=person.pk)).items() for key in keys}


def effect_on(person, after, before=None):
    return next(effect for effect in change_by(after, before).effects if effect.person == person)


def test_a_new_head_gains_what_a_head_may(bureau):
    effect = effect_on(bureau.cadre, new_post(bureau.cadre, bureau.licensing, Post.Kind.HEAD))
    assert [line.partition(": ")[2] for line in effect.gained] == [
        "drafts",
        "approves as head",
        "handles cases",
        "extends cases and signs refusals",
    ]


def test_who_becomes_a_liaison_officer_comes_to_the_desk(bureau):
    assert effect_on(bureau.cadre, new_post(bureau.cadre, bureau.licensing, Post.Kind.LIAISON)).opens_desk


def test_who_joins_the_leading_group_reads_what_is_its_own(bureau):
    effect = effect_on(bureau.cadre, new_post(bureau.cadre, bureau.leading_group, Post.Kind.DEPUTY_DIRECTOR))
    assert effect.joins_leaders


def test_a_post_that_ends_takes_its_rights_along(bureau, yesterday):
    before = bureau.head.posts.get()
    after = bureau.head.posts.get()
    after.ends_on = yesterday
    effect = effect_on(bureau.head, after, before)
    assert (len(effect.lost), effect.closes_desk) == (5, True)


def test_a_post_that_goes_to_another_person_is_told_of_both(bureau):
    before, after = bureau.head.posts.get(), bureau.head.posts.get()
    after.person = bureau.cadre2
    assert [effect.person for effect in change_by(after, before).effects] == [bureau.head, bureau.cadre2]


def test_what_somebody_keeps_by_another_post_is_not_told_as_lost(bureau, yesterday):
    Post.objects.create(
        person=bureau.head, department=bureau.licensing, kind=Post.Kind.DEPUTY_HEAD, starts_on=yesterday
    )
    before, after = (bureau.head.posts.get(kind=Post.Kind.HEAD) for _each in range(2))
    after.ends_on = yesterday
    assert effect_on(bureau.head, after, before).is_none


def test_a_department_that_is_left_without_a_head_is_named(bureau, yesterday):
    before, after = bureau.head.posts.get(), bureau.head.posts.get()
    after.ends_on = yesterday
    assert change_by(after, before).without_head == [bureau.licensing]


def moved(bureau, **days):
    before, after = bureau.head.posts.get(), bureau.head.posts.get()
    for name, day in days.items():
        setattr(after, name, day)
    return change_by(after, before)


def test_a_post_that_is_put_off_takes_its_rights_along_until_it_begins(bureau):
    change = moved(bureau, starts_on=TODAY() + timedelta(days=30))
    told = [(effect.on, bool(effect.lost), effect.is_none) for effect in change.effects]
    assert told == [(TODAY(), True, False), (TODAY() + timedelta(days=30), False, True)]
    assert change.without_head == [bureau.licensing]


def test_a_post_that_ends_later_is_told_from_the_day_after_its_last(bureau):
    change = moved(bureau, ends_on=TODAY() + timedelta(days=3))
    assert [(effect.on, bool(effect.lost)) for effect in change.effects] == [(TODAY() + timedelta(days=4), True)]
    assert change.without_head == [bureau.licensing]


def test_a_second_head_is_pointed_out(bureau):
    change = change_by(new_post(bureau.cadre, bureau.licensing, Post.Kind.HEAD), None)
    assert change.with_several_heads == [bureau.licensing]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(Post.Kind.values), unit=st.integers(0, 3), had=st.sampled_from(Post.Kind.values))
def test_what_is_told_is_what_happens(bureau, kind, unit, had):
    person = person_in(bureau.licensing, had)
    before = rights(person)
    place = [bureau.licensing, bureau.finance, bureau.office_unit, bureau.leading_group][unit]
    post = new_post(person, place, kind)
    effect = effect_on(person, post)
    post.save()
    assert (len(effect.gained), len(effect.lost)) == (len(rights(person) - before), len(before - rights(person)))


ADD = "wagtailsnippets_organisation_post:add"


def posted(person, department, kind="head", **more):
    fields = {"person": person.pk, "department": department.pk, "kind": kind, "starts_on": TODAY().isoformat()}
    return {**fields, "ends_on": "", "responsibilities": "负责审签", **more}


@pytest.fixture
def office(bureau, client):
    client.force_login(bureau.office)
    return client


def test_the_office_is_shown_the_effect_before_anything_is_saved(bureau, office):
    screen = office.post(reverse(ADD), posted(bureau.cadre, bureau.finance)).content.decode()
    assert ("approves as head" in screen, bureau.cadre.posts.count()) == (True, 1)


def test_the_post_is_saved_once_the_effect_was_confirmed(bureau, office):
    office.post(reverse(ADD), posted(bureau.cadre, bureau.finance, effect_confirmed="1"))
    assert bureau.cadre.posts.filter(kind="head", responsibilities="负责审签").exists()


def test_what_was_written_goes_along_to_the_confirmation(bureau, office):
    screen = office.post(reverse(ADD), posted(bureau.cadre, bureau.finance)).content.decode()
    assert 'name="responsibilities" value="负责审签"' in screen


def test_a_change_of_a_post_is_asked_for_too(bureau, office):
    address = reverse("wagtailsnippets_organisation_post:edit", args=[bureau.head.posts.get().pk])
    last = (TODAY() - timedelta(days=1)).isoformat()
    screen = office.post(address, posted(bureau.head, bureau.licensing, starts_on="2020-01-01", ends_on=last))
    assert "then has no head" in screen.content.decode()


def test_what_is_not_valid_is_told_in_the_editor(bureau, office):
    screen = office.post(reverse(ADD), posted(bureau.cadre, bureau.finance, starts_on="yesterday"))
    assert "post_change" not in [template.name for template in screen.templates]
