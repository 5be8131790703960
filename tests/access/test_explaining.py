"""What is said of who may read a thing, and why, is what the rule says; every reason given is a true one."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.access.audience import Audience, allows_shares, narrowest
from intranet.access.carriers import people_carrying
from intranet.access.explaining import Why, explain
from intranet.access.models import Share
from intranet.access.readers_list import entries
from intranet.access.rule import can_read, readers_of
from intranet.access.tokens import tokens_of
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.organisation.models import Department, Post, User
from intranet.publication.withdrawal import withdraw
from tests.factories import (
    DepartmentFactory,
    PostFactory,
    UserFactory,
    draft_matter,
    fresh,
    live_matter,
    name_reader,
    person_in,
    submit,
)

NAMES = ("cadre", "cadre2", "liaison", "leader", "office")

shares = st.fixed_dictionaries(
    {
        "with": st.sampled_from(["cadre", "cadre2", "leader", "party", "section"]),
        "days": st.sampled_from([None, 0, 1, 2, 3]),
        "ended": st.booleans(),
    }
)
situations = st.fixed_dictionaries(
    {
        "side": st.sampled_from(["E2", "N2"]),
        "visibility": st.sampled_from(["", *Audience.values]),
        "state": st.sampled_from(["draft", "live", "live", "live", "expired", "withdrawn"]),
        "shares": st.lists(shares, max_size=3, unique_by=lambda share: share["with"]),
        "narrowed_to": st.sampled_from([None, None, *Audience.values, "no terms"]),
        "left": st.sets(st.sampled_from(["cadre", "cadre2", "leader"])),
        "closed": st.sets(st.sampled_from(["cadre2", "office"])),
        "days_later": st.sampled_from([0, 1, 2]),
    }
)


class Rollback(Exception):
    pass


@pytest.fixture
def world(bureau, admin_user):
    """The bureau, with a group, a section of licensing, an account that never had a post, and a second superuser."""
    party = Group.objects.create(name="党支部")
    party.user_set.add(bureau.cadre2, bureau.office)
    section = DepartmentFactory(code="licensing-review", parent=bureau.licensing)
    director = UserFactory(username="director", is_superuser=True)
    PostFactory(person=director, department=bureau.finance)
    people = {name: getattr(bureau, name) for name in NAMES}
    others = {"section": person_in(section), "outsider": UserFactory(), "superuser": admin_user, "director": director}
    return {"bureau": bureau, "party": party, **people, **others}


def make(world, situation) -> MatterPage:
    bureau, visibility = world["bureau"], situation["visibility"]
    if situation["side"] == "N2" and visibility == "public":
        visibility = "staff"
    make_one = draft_matter if situation["state"] == "draft" else live_matter
    options = {"category": situation["side"], "type_code": "notice", "visibility": visibility or "staff"}
    matter = make_one(bureau.licensing, **options)
    if not visibility:
        MatterPage.objects.filter(pk=matter.pk).update(visibility="")
    if situation["state"] == "expired":
        MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    if situation["state"] == "withdrawn":
        withdraw(matter, by=bureau.head, reason="更正")
    for share in situation["shares"]:
        until = timezone.localdate() + timedelta(days=share["days"]) if share["days"] is not None else None
        made = name_reader(matter, world[share["with"]], until=until, by=bureau.head)
        if share["ended"]:
            Share.objects.filter(pk=made.pk).update(ended_at=timezone.now(), ended_by=bureau.head)
    terms = CategoryTerms.objects.filter(category__code=situation["side"])
    if situation["narrowed_to"] == "no terms":
        terms.delete()
    elif situation["narrowed_to"]:
        terms.update(widest_audience=situation["narrowed_to"])
    for name in situation["left"]:
        world[name].posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    for name in situation["closed"]:
        User.objects.filter(pk=world[name].pk).update(is_active=False)
    return fresh(matter)


def readers(world) -> dict:
    people = {name: User.objects.get(pk=thing.pk) for name, thing in world.items() if isinstance(thing, User)}
    return {"anonymous": AnonymousUser(), **people}


def facts_of_the_day(user, matter) -> dict:
    """What the database says that a reason may rest on, read without the rule."""
    today = timezone.localdate()
    terms = CategoryTerms.objects.in_force().filter(category=matter.category_id).first()
    ceiling = terms.widest_audience if terms else None
    held = Post.objects.in_office().filter(person=user.pk) if user.pk else Post.objects.none()
    units = {code for post in held for code in (post.department.code, getattr(post.department.parent, "code", None))}
    own = [share for share in Share.objects.all() if share.object_id == matter.pk and _is_of(share, user)]
    return {
        "ceiling": ceiling,
        "within": narrowest(matter.visibility, ceiling) if ceiling else None,
        "holds_post": held.exists(),
        "is_leader": held.leaders().exists(),
        "is_of_department": matter.department.code in units,
        "counting": [s for s in own if s.ended_at is None and (s.until is None or s.until >= today)],
        "over": [s for s in own if s.ended_at is not None or (s.until is not None and s.until < today)],
    }


def _is_of(share, user) -> bool:
    if share.user_id:
        return share.user_id == user.pk
    return bool(user.pk) and user.groups.filter(pk=share.group_id).exists()


def is_true(why, user, matter, facts) -> bool:
    """Whether the clause holds of this reader and this matter, each written out by hand."""
    within, ceiling = facts["within"], facts["ceiling"]
    counts_shares = ceiling is not None and allows_shares(ceiling)
    return {
        Why.PUBLIC: lambda: within == "public",
        Why.STAFF: lambda: within == "staff" and facts["holds_post"],
        Why.DEPARTMENT: lambda: within == "department" and facts["is_of_department"],
        Why.LEADERS: lambda: within == "leaders" and facts["is_leader"],
        Why.SUPERUSER: lambda: user.is_superuser and within is not None,
        Why.NAMED: lambda: counts_shares and any(share.user_id for share in facts["counting"]),
        Why.IN_NAMED_GROUP: lambda: counts_shares and any(share.group_id for share in facts["counting"]),
        Why.DRAFT: lambda: not matter.live and matter.withdrawn_at is None,
        Why.EXPIRED: lambda: matter.expire_at is not None and matter.expire_at <= timezone.now(),
        Why.WITHDRAWN: lambda: not matter.live and matter.withdrawn_at is not None,
        Why.NO_TERMS: lambda: ceiling is None,
        Why.NO_AUDIENCE: lambda: matter.visibility == "",
        Why.NOBODY_LEFT: lambda: within is None and matter.visibility != "",
        Why.VISITOR: lambda: user.pk is None and within != "public",
        Why.CLOSED: lambda: not user.is_active,
        Why.NO_POST: lambda: not facts["holds_post"] and not user.is_superuser,
        Why.SHARE_OVER: lambda: bool(facts["over"]) and not facts["counting"],
        Why.SHARES_DO_NOT_COUNT: lambda: bool(facts["counting"]) and not counts_shares,
        Why.OTHER_DEPARTMENT: lambda: within == "department" and not facts["is_of_department"],
        Why.NOT_A_LEADER: lambda: within == "leaders" and not facts["is_leader"],
    }[why]()


def in_each_situation(test):
    """Make the matter, go some days on, and undo it all."""

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(situation=situations)
    def run(world, situation):
        try:
            with transaction.atomic():
                matter = make(world, situation)
                later = timezone.now() + timedelta(days=situation["days_later"], minutes=1)
                with time_machine.travel(later, tick=False):
                    test(world, matter)
                raise Rollback
        except Rollback:
            pass

    return run


@in_each_situation
def test_the_answer_is_the_rules_and_its_reason_is_true(world, matter):
    for name, reader in readers(world).items():
        answer = explain(reader, matter)
        assert answer.reads == can_read(reader, matter), name
        assert is_true(answer.why, reader, matter, facts_of_the_day(reader, matter)), (name, answer)
        assert answer.text.startswith("Yes: " if answer.reads else "Not as a reader" if answer.is_editors else "No: ")


@in_each_situation
def test_the_list_of_readers_holds_exactly_those_who_may_read(world, matter):
    listed = entries(matter)
    is_live = matter.is_disclosed
    listed = [entry for entry in listed if not entry.is_of_editors]
    named = {person.pk for entry in listed for person in entry.people if is_live and readers_of(matter)}
    whole_bureau = is_live and any(entry.number is not None and not entry.people and entry.number for entry in listed)
    if whole_bureau:
        named |= set(Post.objects.in_office().filter(person__is_active=True).values_list("person", flat=True))
    everybody = any(entry.is_public for entry in listed)
    for name, reader in readers(world).items():
        assert can_read(reader, matter) == (everybody or reader.pk in named), (name, listed)


@in_each_situation
def test_those_who_carry_a_token_are_found_by_it(world, matter):
    people = {reader.pk: tokens_of(reader) for reader in readers(world).values() if reader.pk}
    departments = [f"department:{code}" for code in Department.objects.values_list("code", flat=True)]
    groups = [f"group:{pk}" for pk in Group.objects.values_list("pk", flat=True)]
    for token in ["staff", "leaders", *departments, *groups, *(f"user:{pk}" for pk in people)]:
        carrying = set(people_carrying(token).values_list("pk", flat=True)) & people.keys()
        assert carrying == {pk for pk, tokens in people.items() if token in tokens}, token


@pytest.fixture
def leaders_matter(bureau):
    return live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")


def test_a_named_reader_is_told_until_when_by_whom_and_why(bureau, leaders_matter):
    name_reader(leaders_matter, bureau.cadre2, until=timezone.localdate() + timedelta(days=3), by=bureau.head)
    text = explain(bureau.cadre2, leaders_matter).text
    assert text.startswith("Yes: named until")
    assert str(bureau.head) in text
    assert "列席会议" in text


def test_another_departments_person_is_told_both_departments(bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="department")
    text = explain(bureau.cadre2, matter).text
    assert (str(bureau.licensing) in text, str(bureau.finance) in text) == (True, True)


def test_who_was_named_is_told_when_the_share_ended(bureau, leaders_matter):
    name_reader(leaders_matter, bureau.cadre2, until=timezone.localdate(), by=bureau.head)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "ended with its last day" in explain(bureau.cadre2, leaders_matter).text


def test_a_draft_is_its_editors_alone_and_they_are_named(bureau):
    only = entries(draft_matter(bureau.licensing))
    assert [set(entry.people) for entry in only] == [{bureau.liaison, bureau.head}]


# Who works on it


@pytest.fixture
def under_review(bureau):
    """A live matter of the leading group whose newer version awaits the secrecy review."""
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
    matter.title = "更正后的通报"
    matter.save_revision(user=bureau.liaison)
    submit(matter, by=bureau.liaison)
    return fresh(matter)


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_drafters_of_a_live_matter_that_they_may_not_read_see_it_as_its_editors(bureau, leaders_matter, who):
    answer = explain(getattr(bureau, who), leaders_matter)
    assert (answer.reads, answer.is_editors) == (False, True)
    assert answer.text.startswith("Not as a reader, but as its editor")


def test_a_decider_of_the_open_step_sees_it_as_its_editor(bureau, under_review):
    answer = explain(bureau.reviewer, under_review)
    assert (answer.reads, answer.is_editors) == (False, True)
    assert "decides the step" in answer.text


def test_a_decider_of_no_open_step_does_not(bureau, leaders_matter):
    assert not explain(bureau.reviewer, leaders_matter).is_editors


def test_a_plain_member_of_the_department_does_not(bureau, under_review):
    assert explain(bureau.cadre, under_review).text.startswith("No: ")


def test_a_superuser_opens_a_draft_as_its_editor(bureau, admin_user):
    answer = explain(admin_user, draft_matter(bureau.licensing))
    assert (answer.reads, answer.is_editors) == (False, True)


def editors_of(matter) -> set[str]:
    return {person.username for entry in entries(matter) if entry.is_of_editors for person in entry.people}


def test_the_list_of_a_live_matter_ends_with_those_who_work_on_it(bureau, leaders_matter):
    assert [entry.is_of_editors for entry in entries(leaders_matter)] == [False, False, True]
    assert editors_of(leaders_matter) == {"liaison", "head"}


def test_deciders_of_its_open_step_are_among_them(bureau, under_review):
    assert editors_of(under_review) == {"liaison", "head", "reviewer"}


def test_what_the_public_reads_names_nobody_besides(bureau):
    assert [entry.is_public for entry in entries(live_matter(bureau.licensing))] == [True]
