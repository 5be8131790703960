"""The three shapes of the one rule say the same of every reader and every thing."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.audience import Audience
from intranet.access.rule import can_read, readers_of
from intranet.access.tokens import tokens_of
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.publication.withdrawal import withdraw
from tests.factories import draft_matter, fresh, live_matter, name_reader

READERS = ("anonymous", "cadre", "cadre2", "liaison", "head", "leader", "office", "reviewer", "superuser")

things = st.fixed_dictionaries(
    {
        "side": st.sampled_from(["E2", "N2"]),
        "visibility": st.sampled_from(["", *Audience.values]),
        "state": st.sampled_from(["draft", "live", "expired", "withdrawn"]),
        "shared_with": st.sampled_from([None, "cadre", "cadre2"]),
        "shared_for": st.sampled_from([None, 0, 1]),
        "days_later": st.sampled_from([0, 1, 2]),
        "narrowed_to": st.sampled_from([None, *Audience.values, "no terms"]),
    }
)


class Rollback(Exception):
    pass


def make(bureau, thing) -> MatterPage:
    visibility = thing["visibility"]
    if thing["side"] == "N2" and visibility == "public":
        visibility = "staff"
    if thing["state"] == "draft" or not visibility:
        matter = draft_matter(bureau.licensing, category=thing["side"], type_code="notice", visibility=visibility)
    else:
        matter = live_matter(bureau.licensing, category=thing["side"], type_code="notice", visibility=visibility)
    if thing["state"] == "expired" and matter.live:
        MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    if thing["state"] == "withdrawn" and matter.live:
        withdraw(matter, by=bureau.head, reason="更正")
    if thing["shared_with"]:
        days = thing["shared_for"]
        until = None if days is None else timezone.localdate() + timedelta(days=days)
        name_reader(matter, getattr(bureau, thing["shared_with"]), until=until, by=bureau.head)
    terms = CategoryTerms.objects.filter(category__code=thing["side"])
    if thing["narrowed_to"] == "no terms":
        terms.delete()
    elif thing["narrowed_to"]:
        terms.update(widest_audience=thing["narrowed_to"])
    return fresh(matter)


@pytest.fixture
def readers(bureau, admin_user):
    named = {name: getattr(bureau, name) for name in READERS if name not in ("anonymous", "superuser")}
    return {"anonymous": AnonymousUser(), "superuser": admin_user, **named}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thing=things)
def test_the_door_the_queryset_and_the_tokens_agree(bureau, readers, thing):
    try:
        with transaction.atomic():
            matter = make(bureau, thing)
            with time_machine.travel(timezone.now() + timedelta(days=thing["days_later"]), tick=False):
                for name, user in readers.items():
                    door = can_read(user, matter)
                    queryset = MatterPage.objects.readable_by(user).filter(pk=matter.pk).count()
                    index = not readers_of(matter).isdisjoint(tokens_of(user))
                    assert (door, queryset, index) == (door, int(door), door), name
            raise Rollback
    except Rollback:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thing=things)
def test_nobody_reads_what_is_not_live(bureau, readers, thing):
    try:
        with transaction.atomic():
            matter = make(bureau, thing)
            if not matter.is_disclosed:
                assert not [name for name, user in readers.items() if can_read(user, matter)]
            raise Rollback
    except Rollback:
        pass


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(thing=things.filter(lambda thing: thing["side"] == "N2"))
def test_no_visitor_reads_an_internal_matter(bureau, readers, thing):
    if thing["narrowed_to"] == "public":
        thing = {**thing, "narrowed_to": None}
    try:
        with transaction.atomic():
            assert not can_read(readers["anonymous"], make(bureau, thing))
            raise Rollback
    except Rollback:
        pass


def test_the_number_of_clauses_does_not_grow_with_the_number_of_shares(bureau):
    before = str(MatterPage.objects.readable_by(bureau.cadre).query)
    for _count in range(3):
        matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
        name_reader(matter, bureau.cadre, by=bureau.head)
    assert len(str(MatterPage.objects.readable_by(bureau.cadre).query)) == len(before)


def test_a_share_lets_exactly_the_named_person_read(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
    name_reader(matter, bureau.cadre2, by=bureau.head)
    matter = fresh(matter)
    assert [name for name in ("cadre", "cadre2", "liaison") if can_read(getattr(bureau, name), matter)] == ["cadre2"]


def test_a_share_ends_with_the_persons_last_post(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
    name_reader(matter, bureau.cadre2, by=bureau.head)
    bureau.cadre2.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert not can_read(bureau.cadre2, fresh(matter))
