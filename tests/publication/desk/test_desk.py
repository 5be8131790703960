"""My desk: each role's lists, why a line is there, and what they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.disclosure.models import Category, CategoryTerms, MatterPage
from intranet.organisation.models import Department, Post
from intranet.publication.approval import return_to_author
from intranet.publication.awaiting import awaiting, open_steps
from intranet.publication.desk.bureau import overview
from intranet.publication.desk.undisclosed import Stage, own_drafts, undisclosed
from intranet.publication.desk.updates import add_months, due_updates
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit


@pytest.fixture
def everywhere(db):
    return Department.objects.all()


def overview_now():
    return overview(open_steps(Department.objects.all()))


def submitted(bureau, **attributes):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, **attributes)
    submit(matter, by=bureau.liaison)
    return fresh(matter)


def stages(bureau):
    return {row.title: row.stage for row in undisclosed(Department.objects.filter(pk=bureau.licensing.pk))}


def test_every_stage_is_told(bureau):
    draft_matter(bureau.licensing, title="草稿", author=bureau.liaison)
    submitted(bureau, title="审核")
    return_to_author(submitted(bureau, title="退回"), by=bureau.reviewer, comment="请改")
    live_matter(bureau.licensing, title="公开")
    assert stages(bureau) == {"草稿": Stage.DRAFT, "审核": Stage.IN_REVIEW, "退回": Stage.RETURNED}


def test_what_is_approved_for_later_waits(bureau):
    later = submitted(bureau, title="定时", go_live_at=timezone.now() + timedelta(days=3))
    approve(later, by=bureau.reviewer)
    approve(fresh(later), by=bureau.head)
    assert stages(bureau) == {"定时": Stage.WAITING}


def test_who_returned_it_is_told_with_the_comment(bureau):
    return_to_author(submitted(bureau), by=bureau.reviewer, comment="请改")
    [row] = own_drafts(bureau.liaison)
    assert (row.comment, row.by) == ("请改", str(bureau.reviewer))


def test_the_comment_stays_while_the_author_goes_on_writing(bureau):
    matter = submitted(bureau)
    return_to_author(matter, by=bureau.reviewer, comment="请改")
    fresh(matter).save_revision(user=bureau.liaison)
    assert [row.comment for row in own_drafts(bureau.liaison)] == ["请改"]


def test_the_deadline_is_that_of_the_newest_version(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, formed_on=date(2026, 1, 5))
    matter.formed_on = date(2026, 3, 2)
    matter.save_revision(user=bureau.liaison)
    MatterPage.objects.filter(pk=matter.pk).update(formed_on=date(2026, 1, 5))
    assert own_drafts(bureau.liaison)[0].due.formed_on == date(2026, 3, 2)


def test_a_new_version_of_what_was_disclosed_has_no_deadline(bureau):
    live = live_matter(bureau.licensing, author=bureau.liaison)
    live.save_revision(user=bureau.liaison)
    assert [row.due for row in own_drafts(bureau.liaison)] == [None]


def monthly(department, code="N9"):
    category = Category.objects.get(code=code)
    category.responsible_department = department
    category.save()
    CategoryTerms.objects.filter(category=category).update(update_interval="monthly")
    return category


def updates(bureau):
    return due_updates(Department.objects.filter(pk=bureau.licensing.pk))


def disclosed_on(bureau, day):
    matter = live_matter(bureau.licensing, category="N9", type_code="report", visibility="staff")
    MatterPage.objects.filter(pk=matter.pk).update(published_on=day)


def test_a_category_never_disclosed_is_due_at_once(bureau):
    monthly(bureau.licensing)
    assert [(update.category.code, update.on, update.is_overdue) for update in updates(bureau)] == [("N9", None, True)]


def test_the_next_one_is_due_a_month_after_the_last(bureau):
    monthly(bureau.licensing)
    day = timezone.localdate() - timedelta(days=45)
    disclosed_on(bureau, day)
    assert [(update.last, update.on) for update in updates(bureau)] == [(day, add_months(day, 1))]


def test_what_was_disclosed_lately_is_not_due(bureau):
    monthly(bureau.licensing)
    disclosed_on(bureau, timezone.localdate() - timedelta(days=2))
    assert updates(bureau) == []


def test_what_is_being_drafted_is_not_asked_for(bureau):
    monthly(bureau.licensing)
    draft_matter(bureau.licensing, category="N9", type_code="report", visibility="staff")
    assert updates(bureau) == []


def test_another_departments_category_is_not_asked_for(bureau):
    monthly(bureau.finance)
    assert updates(bureau) == []


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_where_the_shorter_one_ends(day, months, later):
    assert add_months(day, months) == later


def test_the_office_sees_what_is_overdue_anywhere_by_department_and_category(bureau):
    late = [draft_matter(bureau.finance, title="逾期"), submitted(bureau), submitted(bureau)]
    draft_matter(bureau.finance, title="未到期", formed_on=timezone.localdate())
    found = {(one.department, one.category.code): (one.matters, dict(one.stages)) for one in overview_now().overdue}
    assert found == {
        (bureau.finance, "E2"): ({late[0].pk}, {Stage.DRAFT: 1}),
        (bureau.licensing, "E2"): ({late[1].pk, late[2].pk}, {Stage.IN_REVIEW: 2}),
    }


def test_the_oldest_deadline_comes_first(bureau):
    draft_matter(bureau.licensing, formed_on=date(2026, 2, 2))
    draft_matter(bureau.finance, formed_on=date(2026, 3, 2))
    draft_matter(bureau.finance, formed_on=date(2026, 1, 5))
    found = [(one.department, one.oldest.formed_on) for one in overview_now().overdue]
    assert found == [(bureau.finance, date(2026, 1, 5)), (bureau.licensing, date(2026, 2, 2))]


def test_the_overview_names_no_draft(bureau, client):
    draft_matter(bureau.finance, title="别科室的草稿")
    client.force_login(bureau.office)
    assert "别科室的草稿" not in client.get("/admin/").content.decode()


def test_the_office_sees_the_steps_that_nobody_else_decides(bureau, yesterday):
    matter = submitted(bureau, title="无人")
    bureau.reviewer.posts.update(ends_on=yesterday)
    assert [step.matter.pk for step in overview_now().unmanned] == [matter.pk]


def test_departments_stand_by_numbers_the_most_overdue_first(bureau):
    draft_matter(bureau.finance)
    submitted(bureau, formed_on=timezone.localdate())
    live_matter(bureau.licensing)
    first, second = overview_now().standings
    assert (first.department, first.overdue, first.drafts) == (bureau.finance, 1, 1)
    assert (second.department, second.in_review, second.disclosed_this_year) == (bureau.licensing, 1, 1)


def cost(function, *arguments):
    with CaptureQueriesContext(connection) as captured:
        function(*arguments)
    return len(captured)


@pytest.mark.parametrize("kind", ["office", "head", "reviewer"])
def test_what_awaits_costs_no_more_when_more_awaits(bureau, kind):
    person = getattr(bureau, kind)
    submitted(bureau)
    few = cost(awaiting, person)
    for _count in range(4):
        approve(submitted(bureau), by=bureau.reviewer)
    assert cost(awaiting, person) <= few + 3


@pytest.mark.parametrize("page", ["/admin/", "/intranet/"])
@pytest.mark.parametrize("kind", ["office", "head", "liaison"])
def test_a_desk_costs_no_more_when_more_is_on_it(bureau, client, kind, page):
    client.force_login(getattr(bureau, kind))

    def fill():
        approve(submitted(bureau), by=bureau.reviewer)
        submitted(bureau)
        draft_matter(bureau.licensing, author=bureau.liaison)
        return_to_author(submitted(bureau), by=bureau.reviewer, comment="请改")

    fill()
    client.get(page)
    few = cost(client.get, page)
    fill()
    fill()
    assert cost(client.get, page) == few


def test_a_line_says_why_and_how_the_day_was_counted(bureau, client):
    approve(submitted(bureau, formed_on=date(2024, 9, 10)), by=bureau.reviewer)
    client.force_login(bureau.head)
    page = client.get("/admin/").content.decode()
    assert ("Awaiting your decision" in page, "formed on Sept. 10, 2024, 20 working days" in page) == (True, True)


def test_the_bureaus_overview_is_the_offices_alone(bureau, client):
    seen = {}
    for name in ("office", "head", "liaison"):
        client.force_login(getattr(bureau, name))
        seen[name] = "How the departments stand" in client.get("/admin/").content.decode()
    assert seen == {"office": True, "head": False, "liaison": False}


def test_a_step_whose_draft_was_changed_is_on_nobodys_list(bureau):
    matter = submitted(bureau)
    matter.save_revision(user=bureau.liaison)
    assert awaiting(bureau.reviewer) == []


def test_what_awaits_a_deputy_and_a_head_awaits_both(bureau):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    approve(submitted(bureau), by=bureau.reviewer)
    assert [len(awaiting(person)) for person in (bureau.head, deputy)] == [1, 1]


def test_open_steps_of_no_department_are_none(bureau, everywhere):
    submitted(bureau)
    assert (len(open_steps(everywhere)), open_steps(everywhere.none())) == (1, [])


@pytest.mark.parametrize(("kind", "most"), [("liaison", 22), ("reviewer", 32), ("head", 32), ("office", 36)])
def test_a_whole_desk_takes_few_queries(bureau, client, kind, most):
    """About a dozen are the admin's own: session, account, its posts and permissions."""
    approve(submitted(bureau), by=bureau.reviewer)
    draft_matter(bureau.licensing, author=bureau.liaison)
    client.force_login(getattr(bureau, kind))
    client.get("/admin/")
    assert cost(client.get, "/admin/") <= most
