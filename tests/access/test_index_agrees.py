"""The door, the queryset and the search index let the same readers have the same matters."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.audience import Audience, is_within
from intranet.access.rule import can_read
from intranet.access.sharing import revoke
from intranet.access.tokens import tokens_of
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.disclosure.search import primary_key
from intranet.publication.withdrawal import withdraw
from search.engines import main_engine
from search.outbox import enqueue_overtaken
from search.query import SearchQuery
from search.results import find
from search.worker import drain
from tests.factories import draft_matter, fresh, live_matter, name_reader

READERS = ("cadre", "cadre2", "liaison", "head", "leader", "office", "reviewer")
WIDEST = {"E2": Audience.PUBLIC, "N2": Audience.STAFF}
ALL = SearchQuery.parse({}, page_size=50)

matters = st.fixed_dictionaries(
    {
        "side": st.sampled_from(["E2", "N2"]),
        "department": st.sampled_from(["licensing", "finance"]),
        "visibility": st.sampled_from(Audience.values),
        "state": st.sampled_from(["draft", "live", "live", "expires", "withdrawn"]),
        "shared_with": st.sampled_from([None, "cadre", "cadre2", "party", "nobody any more"]),
        "shared_for": st.sampled_from([None, 0, 1, 2]),
    }
).filter(lambda thing: is_within(thing["visibility"], WIDEST[thing["side"]]))
bureaus = st.fixed_dictionaries(
    {
        "matters": st.lists(matters, min_size=1, max_size=3),
        "narrowed": st.dictionaries(st.sampled_from(["E2", "N2"]), st.sampled_from([*Audience.values, "no terms"])),
        "left": st.sets(st.sampled_from(["cadre", "leader"])),
        "days_later": st.sampled_from([0, 0, 1, 2, 3]),
    }
)


class Rollback(Exception):
    pass


@pytest.fixture
def people(bureau, admin_user):
    party = Group.objects.create(name="党支部")
    party.user_set.add(bureau.cadre2)
    named = {name: getattr(bureau, name) for name in READERS}
    return {"anonymous": AnonymousUser(), "superuser": admin_user, "party": party, **named}


@pytest.fixture
def empty_index(settings, tmp_path):
    """Begin an index of its own for each example."""

    def begin() -> None:
        settings.SEARCH_URL = f"embedded:///{tmp_path}/{uuid.uuid4().hex}"

    return begin


def make(bureau, people, thing) -> None:
    """One matter in its state, shared as it says."""
    options = {"category": thing["side"], "type_code": "notice", "visibility": thing["visibility"]}
    department = getattr(bureau, thing["department"])
    if thing["state"] == "draft":
        matter = draft_matter(department, **options)
    elif thing["state"] == "expires":
        matter = live_matter(department, expire_at=timezone.now() + timedelta(hours=1), **options)
    else:
        matter = live_matter(department, **options)
    if thing["state"] == "withdrawn":
        withdraw(matter, by=bureau.office, reason="更正")
    if thing["shared_with"]:
        reader = people.get(thing["shared_with"], bureau.cadre)
        days = thing["shared_for"]
        until = None if days is None else timezone.localdate() + timedelta(days=days)
        name_reader(matter, reader, until=until, by=bureau.head)
    if thing["shared_with"] == "nobody any more":
        revoke(matter.as_matter(), of=bureau.cadre, by=bureau.head)


def change_the_bureau(bureau, situation) -> None:
    """Narrow categories and end posts, as the office does."""
    for code, widest in situation["narrowed"].items():
        terms = CategoryTerms.objects.get(category__code=code)
        if widest == "no terms":
            terms.delete()
        else:
            terms.widest_audience = widest
            terms.save()
    for name in situation["left"]:
        getattr(bureau, name).posts.update(ends_on=timezone.localdate() - timedelta(days=1))


def by_door(user) -> set[int]:
    return {matter.pk for matter in MatterPage.objects.all() if can_read(user, fresh(matter))}


def by_queryset(user) -> list[int]:
    return sorted(MatterPage.objects.readable_by(user).values_list("pk", flat=True))


def by_index(user) -> list[int]:
    """What the index gives by itself, before anything is asked of the database again."""
    return sorted(primary_key(hit.key) for hit in main_engine().search(ALL, tokens_of(user)).hits)


def readers_of_the_bureau(people) -> dict:
    return {name: reader for name, reader in people.items() if name != "party"}


@settings(max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(situation=bureaus)
def test_door_queryset_and_index_give_each_reader_the_same(bureau, people, empty_index, situation):
    empty_index()
    try:
        with transaction.atomic():
            for thing in situation["matters"]:
                make(bureau, people, thing)
            change_the_bureau(bureau, situation)
            drain()
            with time_machine.travel(timezone.now() + timedelta(days=situation["days_later"], hours=2), tick=False):
                enqueue_overtaken()
                drain()
                for name, reader in readers_of_the_bureau(people).items():
                    door = sorted(by_door(reader))
                    assert (by_queryset(reader), by_index(reader)) == (door, door), name
            raise Rollback
    except Rollback:
        pass


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(situation=bureaus)
def test_while_the_index_lags_nobody_finds_what_the_door_forbids(bureau, people, empty_index, situation):
    empty_index()
    try:
        with transaction.atomic():
            for thing in situation["matters"]:
                make(bureau, people, thing)
            drain()
            change_the_bureau(bureau, situation)
            with time_machine.travel(timezone.now() + timedelta(days=situation["days_later"]), tick=False):
                for name, reader in readers_of_the_bureau(people).items():
                    found = {primary_key(result.hit.key) for result in find(ALL, reader).results}
                    assert found <= by_door(reader), name
            raise Rollback
    except Rollback:
        pass
