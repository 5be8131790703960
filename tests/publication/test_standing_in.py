"""Deciding in the place of somebody absent: from when to when, what it gives, and what it gets nobody around."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.access.delegating import DelegationRefused, delegate, end_early
from intranet.organisation.models import Delegation, Post, User
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.awaiting import awaiting
from intranet.publication.deciders import find_deciders
from intranet.publication.emergency import release_in_emergency
from intranet.publication.looking_again import still_right
from intranet.publication.route_records.objections import decide_objection, enter_objection
from intranet.publication.timeline import timeline_of
from intranet.publication.withdrawal import withdraw
from intranet.publication.withdrawal_requests import ask
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit

TODAY = timezone.localdate


@pytest.fixture
def deputy(bureau):
    """The head of another department, who decides nothing in licensing by a post."""
    return person_in(bureau.finance, Post.Kind.HEAD, username="deputy")


@pytest.fixture
def absence(bureau, deputy):
    """The head of licensing is absent from today on; the head of finance stands in."""
    return delegate(bureau.head.posts.get(), to=deputy, starts_on=TODAY(), ends_on=TODAY(), by=bureau.head)


def at_head(bureau, *, author=None):
    matter = draft_matter(bureau.licensing, author=author or bureau.liaison)
    submit(matter, by=author or bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


def deciders(matter):
    return find_deciders(current_step(matter).task.specific, matter)


def test_the_stand_in_decides_beside_the_absent_head(bureau, absence, deputy):
    assert deciders(at_head(bureau)).keys == {bureau.head.pk, deputy.pk}


def test_what_awaits_the_absent_head_is_on_the_stand_ins_desk(bureau, absence, deputy):
    matter = at_head(bureau)
    assert [step.matter.pk for step in awaiting(deputy)] == [matter.pk]


def test_the_stand_in_brings_a_matter_up(bureau, absence, deputy):
    matter = at_head(bureau)
    approve(matter, by=deputy)
    assert fresh(matter).live


def test_the_decision_is_kept_in_the_stand_ins_own_name_and_for_whom(bureau, absence, deputy):
    matter = at_head(bureau)
    state = current_step(matter)
    approve(matter, by=deputy)
    state.refresh_from_db()
    assert (state.finished_by, state.acting_for) == (deputy, bureau.head)


def test_the_log_says_in_whose_place_it_was_decided(bureau, absence, deputy):
    matter = at_head(bureau)
    approve(matter, by=deputy)
    entry = PageLogEntry.objects.get(action="gongkai.stand_in")
    assert (entry.user, entry.data["for"]) == (deputy, str(bureau.head))


def test_who_decides_by_a_post_decides_in_nobodys_place(bureau, absence):
    matter = at_head(bureau)
    state = current_step(matter)
    approve(matter, by=bureau.head)
    state.refresh_from_db()
    assert state.acting_for is None


def test_the_stand_in_does_not_decide_the_own_draft(bureau, absence, deputy):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    matter.save_revision(user=deputy)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    with pytest.raises(ApprovalRefused, match="own draft"):
        approve(fresh(matter), by=deputy)


def test_an_absent_author_chooses_no_approver_of_the_own_draft(bureau, absence, deputy):
    """What the head could not decide, the stand-in does not decide in the head's place."""
    assert deputy.pk not in deciders(at_head(bureau, author=bureau.head)).keys


def test_delegating_to_the_author_never_brings_the_draft_back_to_them(bureau):
    delegate(bureau.head.posts.get(), to=bureau.liaison, starts_on=TODAY(), ends_on=TODAY(), by=bureau.head)
    assert bureau.liaison.pk not in deciders(at_head(bureau)).keys


@pytest.mark.parametrize(("begins", "ends", "decides"), [(-5, -1, False), (0, 0, True), (-3, 3, True), (1, 5, False)])
def test_a_stand_in_decides_from_the_first_to_the_last_day(bureau, deputy, begins, ends, decides):
    Delegation.objects.create(
        post=bureau.head.posts.get(),
        delegate=deputy,
        starts_on=TODAY() + timedelta(days=begins),
        ends_on=TODAY() + timedelta(days=ends),
    )
    assert (deputy.pk in deciders(at_head(bureau)).keys) is decides


def test_a_delegation_ends_with_the_post(bureau, absence, deputy, yesterday):
    matter = at_head(bureau)
    bureau.head.posts.update(ends_on=yesterday)
    assert deputy.pk not in deciders(matter).keys


def test_a_delegation_gives_nothing_to_who_has_left(bureau, absence, deputy, yesterday):
    matter = at_head(bureau)
    deputy.posts.update(ends_on=yesterday)
    assert deputy.pk not in deciders(matter).keys
    with pytest.raises(ApprovalRefused):
        approve(matter, by=User.objects.get(pk=deputy.pk))


def test_a_delegation_that_was_ended_early_gives_nothing(bureau, absence, deputy):
    end_early(absence, by=bureau.head)
    assert deputy.pk not in deciders(at_head(bureau)).keys


def test_a_delegation_is_not_passed_on(bureau, absence, deputy):
    third = person_in(bureau.finance, Post.Kind.DEPUTY_HEAD)
    delegate(deputy.posts.get(), to=third, starts_on=TODAY(), ends_on=TODAY(), by=deputy)
    assert third.pk not in deciders(at_head(bureau)).keys


def test_the_offices_reviewer_may_have_a_stand_in(bureau, deputy):
    delegate(bureau.reviewer.posts.get(), to=deputy, starts_on=TODAY(), ends_on=TODAY(), by=bureau.reviewer)
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    assert deputy.pk in deciders(fresh(matter)).keys


def test_a_stand_in_for_a_head_may_withdraw(bureau, absence, deputy):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=deputy, reason="有误")
    assert not fresh(matter).live


def release(bureau, by):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    release_in_emergency(matter, by=by, reason="险情")
    return matter


def withdraw_at_once(bureau, by):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=by, reason="有误")
    return matter


def decide_on_an_objection(bureau, by):
    matter = live_matter(bureau.licensing, category="N4", type_code="notice", visibility="staff")
    objection = enter_objection(matter, text="不符", channel="letter", by=bureau.office)
    decide_objection(objection, outcome="dismissed", answer="无据", by=by)
    return matter


ACTS = [
    (release, "gongkai.emergency"),
    (withdraw_at_once, "gongkai.withdraw"),
    (decide_on_an_objection, "gongkai.objection_decided"),
]


@pytest.mark.parametrize(("act", "action"), ACTS)
def test_what_a_stand_in_does_besides_a_step_is_logged_with_in_whose_place(bureau, absence, deputy, act, action):
    act(bureau, by=deputy)
    entry = PageLogEntry.objects.get(action=action)
    assert (entry.user, entry.data["in_place_of"]) == (deputy, str(bureau.head))


@pytest.mark.parametrize(("act", "action"), ACTS)
def test_the_timeline_and_the_history_say_so(bureau, absence, deputy, act, action):
    matter = act(bureau, by=deputy)
    words = f"in the place of {bureau.head}"
    assert words in PageLogEntry.objects.get(action=action).message
    assert [event.who for event in timeline_of(matter) if words in event.what] == [str(deputy)]


@pytest.mark.parametrize(("act", "action"), ACTS)
def test_the_head_does_it_in_nobodys_place(bureau, absence, act, action):
    act(bureau, by=bureau.head)
    assert "in_place_of" not in PageLogEntry.objects.get(action=action).data


@pytest.mark.parametrize(("act", "action"), ACTS[1:])
def test_the_office_does_it_in_its_own_right(bureau, act, action):
    delegate(bureau.head.posts.get(), to=bureau.office, starts_on=TODAY(), ends_on=TODAY(), by=bureau.head)
    act(bureau, by=bureau.office)
    assert "in_place_of" not in PageLogEntry.objects.get(action=action).data


def test_the_stand_in_has_the_screen_and_is_told_in_whose_place(bureau, absence, deputy, client):
    matter = at_head(bureau)
    client.force_login(deputy)
    screen = client.get(reverse("publication:decide", args=[current_step(matter).pk])).content.decode()
    assert f"in the place of {bureau.head}" in screen


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": "cadre"}, "does not work at the desk"),
        ({"to": "head"}, "Nobody stands in for themselves"),
        ({"by": "liaison"}, "only for a post of yours"),
        ({"ends_on": -1}, "ends before it begins"),
        ({"starts_on": -1}, "begins today at the earliest"),
        ({"ends_on": 400}, "change of posts"),
    ],
)
def test_a_delegation_that_makes_no_sense_is_refused_with_the_reason(bureau, deputy, change, words):
    to = getattr(bureau, change["to"]) if "to" in change else deputy
    by = getattr(bureau, change.get("by", "head"))
    days = {name: TODAY() + timedelta(days=change.get(name, 0)) for name in ("starts_on", "ends_on")}
    with pytest.raises(DelegationRefused, match=words):
        delegate(bureau.head.posts.get(), to=to, by=by, **days)


def test_the_same_absence_is_entered_once(bureau, absence, deputy):
    with pytest.raises(DelegationRefused, match="already"):
        delegate(bureau.head.posts.get(), to=deputy, starts_on=TODAY(), ends_on=TODAY(), by=bureau.head)


def test_a_post_that_decides_nothing_is_not_delegated(bureau, deputy):
    with pytest.raises(DelegationRefused, match="decides on matters"):
        delegate(bureau.liaison.posts.get(), to=deputy, starts_on=TODAY(), ends_on=TODAY(), by=bureau.liaison)


def test_the_office_enters_the_absence_of_somebody_else(bureau, deputy):
    made = delegate(bureau.head.posts.get(), to=deputy, starts_on=TODAY(), ends_on=TODAY(), by=bureau.office)
    assert made.entered_by == bureau.office


def test_only_who_is_absent_and_the_office_end_a_delegation(bureau, absence, deputy):
    with pytest.raises(DelegationRefused):
        end_early(absence, by=deputy)


def test_a_head_enters_an_absence_on_the_screen(bureau, deputy, client):
    client.force_login(bureau.head)
    day = TODAY().isoformat()
    post = bureau.head.posts.get().pk
    client.post(reverse("absence:index"), {"post": post, "to": deputy.pk, "starts_on": day, "ends_on": day})
    assert Delegation.objects.get().delegate == deputy


def test_the_screen_says_why_an_absence_was_not_entered(bureau, deputy, client):
    client.force_login(bureau.head)
    past = (TODAY() - timedelta(days=1)).isoformat()
    post = bureau.head.posts.get().pk
    screen = client.post(
        reverse("absence:index"), {"post": post, "to": deputy.pk, "starts_on": past, "ends_on": past}
    ).content.decode()
    assert "begins today at the earliest" in screen


def test_a_head_ends_an_absence_on_the_screen(bureau, absence, client):
    client.force_login(bureau.head)
    client.post(reverse("absence:end", args=[absence.pk]))
    absence.refresh_from_db()
    assert absence.ended_by == bureau.head


def test_other_peoples_absences_are_nobodys_but_the_offices(bureau, absence, client):
    other = person_in(bureau.finance, Post.Kind.DEPUTY_HEAD)
    client.force_login(other)
    assert str(absence.post) not in client.get(reverse("absence:index")).content.decode()


def test_the_office_sees_all_absences(bureau, absence, client):
    client.force_login(bureau.office)
    assert str(absence.post) in client.get(reverse("absence:index")).content.decode()


def test_the_desk_says_that_somebody_absent_would_decide(bureau, absence, deputy, client):
    at_head(bureau)
    client.force_login(deputy)
    assert "in the place of somebody absent" in client.get("/admin/").content.decode()


def test_a_liaison_officer_has_no_screen_of_absences(bureau, client):
    client.force_login(bureau.liaison)
    response = client.get(reverse("absence:index"))
    assert response.status_code == 302


@pytest.mark.parametrize("act", ["still right", "asked"])
def test_what_the_stand_in_says_of_a_live_matter_is_kept_with_for_whom(bureau, absence, deputy, act):
    live = live_matter(bureau.licensing, author=bureau.liaison)
    if act == "still right":
        still_right(live, by=deputy, again_on=timezone.localdate() + timedelta(days=30))
    else:
        ask(live, by=deputy, reason="有误")
    logged = PageLogEntry.objects.filter(page=live.pk, user=deputy).latest("timestamp")
    assert logged.data["in_place_of"] == str(bureau.head)


def test_who_drafts_there_says_so_in_the_own_right(bureau, absence):
    live = live_matter(bureau.licensing, author=bureau.liaison)
    still_right(live, by=bureau.liaison, again_on=timezone.localdate() + timedelta(days=30))
    logged = PageLogEntry.objects.filter(page=live.pk, action="gongkai.still_right").get()
    assert "in_place_of" not in logged.data
