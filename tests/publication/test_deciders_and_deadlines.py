"""Who decides a step when the usual person is missing or wrote the draft, and in which order things wait."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from intranet.disclosure.models import CategoryTerms
from intranet.organisation.models import Post
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.awaiting import awaiting
from intranet.publication.deadlines import due_on
from intranet.publication.deciders import find_deciders
from intranet.publication.desk.undisclosed import own_drafts
from tests.factories import DepartmentFactory, approve, correct, draft_matter, fresh, live_matter, person_in, submit

MONDAY = date(2026, 3, 2)


def submitted(department, author, **attributes):
    matter = draft_matter(department, author=author, **attributes)
    submit(matter, by=author)
    return fresh(matter)


def at_head(bureau, *, author=None, **attributes):
    """A matter of licensing that awaits the head's decision."""
    matter = submitted(bureau.licensing, author or bureau.liaison, **attributes)
    approve(matter, by=bureau.reviewer)
    return fresh(matter)


def deciders(matter):
    found = find_deciders(current_step(matter).task.specific, matter)
    return set(found.people), found.stands_in


def without(person, yesterday):
    person.posts.update(ends_on=yesterday)


def test_the_reviewers_of_the_office_review_where_the_department_has_none(bureau):
    assert deciders(submitted(bureau.licensing, bureau.liaison)) == ({bureau.reviewer}, False)


def test_a_departments_own_reviewer_comes_first(bureau):
    own = person_in(bureau.licensing, Post.Kind.SECRECY_REVIEWER)
    assert deciders(submitted(bureau.licensing, bureau.liaison)) == ({own}, False)


def test_the_reviewer_of_the_department_above_comes_before_the_offices(bureau):
    above = person_in(bureau.licensing, Post.Kind.SECRECY_REVIEWER)
    section = DepartmentFactory(code="mines", parent=bureau.licensing)
    author = person_in(section, Post.Kind.LIAISON)
    assert deciders(submitted(section, author)) == ({above}, False)


def test_the_office_stands_in_where_no_reviewer_is_in_office(bureau, yesterday):
    without(bureau.reviewer, yesterday)
    assert deciders(submitted(bureau.licensing, bureau.liaison)) == ({bureau.office}, True)


def test_head_and_deputy_decide_both(bureau):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    assert deciders(at_head(bureau)) == ({bureau.head, deputy}, False)


def test_the_deputy_decides_alone_while_there_is_no_head(bureau, yesterday):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    without(bureau.head, yesterday)
    assert deciders(at_head(bureau)) == ({deputy}, False)


def test_the_head_of_the_department_above_decides_where_there_is_none(bureau):
    section = DepartmentFactory(code="mines", parent=bureau.licensing)
    matter = submitted(section, person_in(section, Post.Kind.LIAISON))
    approve(matter, by=bureau.reviewer)
    assert deciders(fresh(matter)) == ({bureau.head}, False)


def test_the_office_stands_in_for_a_head_whose_post_ended(bureau, yesterday):
    matter = at_head(bureau)
    without(bureau.head, yesterday)
    assert bureau.office in deciders(matter)[0]


def test_the_office_stands_in_for_a_head_whose_account_is_closed(bureau):
    matter = at_head(bureau)
    bureau.head.is_active = False
    bureau.head.save()
    approve(matter, by=bureau.office)
    assert fresh(matter).live


def test_what_the_office_stands_in_for_awaits_its_decision(bureau, yesterday):
    matter = at_head(bureau)
    without(bureau.head, yesterday)
    assert [step.matter.pk for step in awaiting(bureau.office)] == [matter.pk]


def test_the_screen_says_that_the_office_stands_in(bureau, client, yesterday):
    matter = at_head(bureau)
    without(bureau.head, yesterday)
    client.force_login(bureau.office)
    screen = client.get(reverse("publication:decide", args=[current_step(matter).pk]))
    assert "Nobody else is in office to decide this step" in screen.content.decode()


def test_a_new_head_decides_from_the_first_day_and_the_office_no_more(bureau, yesterday):
    matter = at_head(bureau)
    without(bureau.head, yesterday)
    successor = person_in(bureau.licensing, Post.Kind.HEAD)
    assert deciders(matter) == ({successor}, False)


def test_a_heads_own_draft_goes_to_the_deputy(bureau):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    assert deciders(at_head(bureau, author=bureau.head)) == ({deputy}, False)


def test_a_heads_own_draft_goes_to_the_office_where_there_is_no_deputy(bureau):
    people, stands_in = deciders(at_head(bureau, author=bureau.head))
    assert (bureau.office in people, bureau.head in people, stands_in) == (True, False, True)


def test_a_heads_own_draft_does_not_await_the_own_decision(bureau):
    at_head(bureau, author=bureau.head)
    assert awaiting(bureau.head) == []


def test_a_reviewers_own_draft_is_reviewed_by_another(bureau):
    person_in(bureau.licensing, Post.Kind.LIAISON)
    author = bureau.liaison
    own = person_in(bureau.licensing, Post.Kind.SECRECY_REVIEWER)
    matter = draft_matter(bureau.licensing, author=own)
    matter.save_revision(user=author)
    submit(matter, by=author)
    assert deciders(fresh(matter)) == ({bureau.reviewer}, False)


def test_the_office_does_not_stand_in_for_its_own_draft(bureau, yesterday):
    matter = draft_matter(bureau.licensing, author=bureau.office)
    matter.save_revision(user=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    without(bureau.head, yesterday)
    with pytest.raises(ApprovalRefused, match="own draft"):
        approve(fresh(matter), by=bureau.office)


def test_a_step_that_nobody_in_office_can_decide_waits(bureau, yesterday):
    matter = at_head(bureau)
    for person in (bureau.head, bureau.office, bureau.reviewer):
        without(person, yesterday)
    assert deciders(matter) == (set(), True)


def test_a_matter_is_due_after_the_working_days_of_its_category(bureau):
    CategoryTerms.objects.filter(category__code="E2").update(deadline_days=6)
    assert due_on(draft_matter(bureau.licensing, formed_on=MONDAY)).on == date(2026, 3, 10)


def test_a_matter_without_a_day_of_formation_has_no_deadline(bureau):
    assert due_on(draft_matter(bureau.licensing, formed_on=None)) is None


def test_a_correction_of_what_was_disclosed_has_no_deadline(bureau):
    matter = live_matter(bureau.licensing, author=bureau.liaison, formed_on=date(2020, 1, 6))
    matter.save_revision(user=bureau.liaison)
    correct(fresh(matter))
    submit(fresh(matter), by=bureau.liaison)
    assert [(step.due, step.corrects) for step in awaiting(bureau.reviewer)] == [(None, True)]
    assert due_on(fresh(matter)) is None


def test_what_awaits_a_decision_is_ordered_by_the_oldest_deadline(bureau):
    days = [date(2026, 3, 4), MONDAY, date(2026, 3, 3)]
    matters = {day: at_head(bureau, title=str(day), formed_on=day) for day in days}
    assert [step.matter.pk for step in awaiting(bureau.head)] == [matters[day].pk for day in sorted(days)]


def test_a_short_deadline_comes_before_an_older_matter_with_a_long_one(bureau):
    CategoryTerms.objects.filter(category__code="E4").update(deadline_days=1)
    older = at_head(bureau, formed_on=MONDAY)
    sooner = at_head(bureau, category="E4", type_code="notice", formed_on=date(2026, 3, 5))
    assert [step.matter.pk for step in awaiting(bureau.head)] == [sooner.pk, older.pk]


def test_of_two_with_the_same_deadline_the_one_that_waits_longer_comes_first(bureau):
    first, second = at_head(bureau, title="先送"), at_head(bureau, title="后送")
    assert [step.matter.pk for step in awaiting(bureau.head)] == [first.pk, second.pk]


def test_what_is_decided_awaits_no_decision(bureau):
    approve(at_head(bureau), by=bureau.head)
    assert awaiting(bureau.head) == []


def test_drafts_are_ordered_by_the_oldest_deadline_and_those_without_one_come_last(bureau):
    titles = {"无期限": None, "后到期": date(2026, 3, 4), "先到期": MONDAY}
    for title, day in titles.items():
        draft_matter(bureau.licensing, title=title, formed_on=day, author=bureau.liaison)
    assert [row.title for row in own_drafts(bureau.liaison)] == ["先到期", "后到期", "无期限"]


@pytest.mark.parametrize(
    ("moment", "urgency"),
    [
        (datetime(2026, 3, 2, 15, 59, tzinfo=UTC), ""),
        (datetime(2026, 3, 2, 16, 1, tzinfo=UTC), "soon"),
        (datetime(2026, 3, 5, 15, 59, tzinfo=UTC), "soon"),
        (datetime(2026, 3, 5, 16, 1, tzinfo=UTC), "next"),
        (datetime(2026, 3, 10, 15, 59, tzinfo=UTC), "next"),
        (datetime(2026, 3, 10, 16, 1, tzinfo=UTC), "overdue"),
    ],
)
def test_a_deadline_is_soon_for_five_working_days_and_overdue_after_its_day_in_the_bureaus_time(
    bureau, moment, urgency
):
    """Formed on Monday 2 March with six working days: due on Tuesday 10 March."""
    CategoryTerms.objects.filter(category__code="E2").update(deadline_days=6)
    at_head(bureau, formed_on=MONDAY)
    with time_machine.travel(moment, tick=False):
        bureau.head.posts.update(starts_on=date(2020, 1, 1))
        assert [step.due.urgency for step in awaiting(bureau.head)] == [urgency]


def test_a_live_matter_that_nobody_changed_is_nobodys_draft(bureau):
    live_matter(bureau.licensing)
    assert own_drafts(bureau.liaison) == []
