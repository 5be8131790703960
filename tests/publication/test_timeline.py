"""What was done to a matter: who, when and why."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction

from intranet.access.sharing import revoke
from intranet.disclosure.models import Category
from intranet.disclosure.sections import section_for
from intranet.publication.approval import current_step, reject, return_to_author
from intranet.publication.timeline import timeline_of
from intranet.publication.withdrawal import withdraw
from tests.factories import approve, draft_matter, fresh, live_matter, name_reader, submit
from tests.publication.editor import post_editor

DAY = timedelta(days=1)


@pytest.fixture
def draft(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def submitted(bureau, draft):
    submit(draft, by=bureau.liaison)
    return fresh(draft)


@pytest.fixture
def at_head(bureau, submitted):
    approve(submitted, by=bureau.reviewer)
    return fresh(submitted)


def events(matter):
    """What happened, by whom and why, in the order of happening."""
    return [(event.what, event.who, event.why) for event in reversed(timeline_of(fresh(matter)))]


def test_a_submission_is_in_the_timeline(bureau, submitted):
    assert ("Submitted", str(bureau.liaison), "") in events(submitted)


def test_an_approval_is_in_the_timeline_with_its_step_and_comment(bureau, submitted):
    step = current_step(submitted).step_name
    approve(submitted, by=bureau.reviewer, comment="不涉密")
    assert (f"Approved: {step}", str(bureau.reviewer), "不涉密") in events(submitted)


def test_going_live_is_in_the_timeline_in_the_name_of_the_last_approver(bureau, at_head):
    approve(at_head, by=bureau.head)
    assert ("Went live", str(bureau.head), "") in events(at_head)


def test_every_step_of_the_offices_route_is_in_the_timeline(bureau):
    matter = draft_matter(bureau.licensing, category="E1", type_code="notice", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head, bureau.office):
        approve(fresh(matter), by=person)
    assert [who for what, who, _why in events(matter) if what.startswith("Approved: ")] == [
        str(bureau.reviewer),
        str(bureau.head),
        str(bureau.office),
    ]


def test_a_return_is_in_the_timeline_with_its_comment(bureau, at_head):
    step = current_step(at_head).step_name
    return_to_author(at_head, by=bureau.head, comment="请补充依据")
    assert (f"Returned: {step}", str(bureau.head), "请补充依据") in events(at_head)


def test_a_second_submission_is_in_the_timeline(bureau, at_head):
    return_to_author(at_head, by=bureau.head, comment="请补充依据")
    fresh(at_head).save_revision(user=bureau.liaison)
    submit(fresh(at_head), by=bureau.liaison)
    assert ("Submitted again", str(bureau.liaison), "") in events(at_head)


def test_a_rejection_is_in_the_timeline_with_reason_and_basis(bureau, at_head):
    reject(at_head, by=bureau.head, reason="内部分工", basis="internal_affairs")
    assert ("Rejected", str(bureau.head), "内部分工 (internal affairs)") in events(at_head)


def test_a_withdrawal_is_in_the_timeline_with_its_reason(bureau):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=bureau.head, reason="数据有误")
    assert ("Withdrawn at once", str(bureau.head), "数据有误") in events(matter)


def test_an_import_is_in_the_timeline_with_its_reason(bureau):
    assert ("Went live by import", "", "test") in events(live_matter(bureau.licensing))


def test_an_approval_for_a_later_moment_is_in_the_timeline(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, go_live_at=timezone.now() + DAY)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    assert ["scheduled for publishing" in what for what, _who, _why in events(matter)].count(True) == 1


def test_going_live_at_a_moment_is_in_the_timeline_in_nobodys_name(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, go_live_at=timezone.now() + DAY)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    with time_machine.travel(timezone.now() + 2 * DAY):
        call_command("publish_scheduled")
    assert ("Went live at its moment", "", "") in events(matter)


def test_an_end_is_in_the_timeline(bureau):
    matter = live_matter(bureau.licensing, expire_at=timezone.now() + DAY)
    with time_machine.travel(timezone.now() + 2 * DAY):
        call_command("publish_scheduled")
    assert ("Expired", "", "") in events(matter)


def test_going_back_to_an_earlier_version_is_in_the_timeline(bureau, draft):
    first = draft.get_latest_revision()
    draft.save_revision(user=bureau.liaison)
    RevertToPageRevisionAction(fresh(draft), first, user=bureau.liaison).execute()
    assert [who for what, who, _why in events(draft) if what.startswith("Reverted")] == [str(bureau.liaison)]


def test_a_move_is_in_the_timeline(bureau, draft):
    draft.move(section_for(bureau.licensing, Category.objects.get(code="E4")), pos="last-child", user=bureau.liaison)
    assert [who for what, who, _why in events(draft) if what.startswith("Moved")] == [str(bureau.liaison)]


def test_naming_a_reader_is_in_the_timeline_with_the_reader(bureau, draft):
    name_reader(draft, bureau.cadre2, by=bureau.liaison)
    assert [who for what, who, _why in events(draft) if str(bureau.cadre2) in what] == [str(bureau.liaison)]


def test_ending_a_sharing_is_in_the_timeline_with_the_reader(bureau, draft):
    name_reader(draft, bureau.cadre2, by=bureau.liaison)
    revoke(draft.as_matter(), of=bureau.cadre2, by=bureau.liaison)
    assert len([what for what, _who, _why in events(draft) if str(bureau.cadre2) in what]) == 2


def test_an_event_is_at_its_moment(bureau, draft):
    with time_machine.travel(datetime(2026, 3, 2, 1, 30, tzinfo=UTC), tick=False):
        submit(draft, by=bureau.liaison)
    assert datetime(2026, 3, 2, 1, 30, tzinfo=UTC) in [event.at for event in timeline_of(draft)]


def test_the_newest_event_comes_first(bureau, at_head):
    assert timeline_of(at_head)[0].what.startswith("Approved: ")


def test_the_events_of_another_matter_are_not_in_it(bureau, submitted):
    assert "Submitted" not in [event.what for event in timeline_of(draft_matter(bureau.licensing))]


def test_a_person_who_left_is_still_named(bureau, submitted):
    bureau.liaison.posts.all().delete()
    bureau.liaison.is_active = False
    bureau.liaison.save()
    assert ("Submitted", str(bureau.liaison), "") in events(submitted)


def screen(client, matter):
    return client.get(reverse("publication:timeline", args=[matter.pk]))


def test_the_department_reads_the_timeline(bureau, client, at_head):
    return_to_author(at_head, by=bureau.head, comment="请补充依据")
    client.force_login(bureau.liaison)
    assert "请补充依据" in screen(client, at_head).content.decode()


def test_another_department_does_not_read_the_timeline(bureau, client, at_head):
    return_to_author(at_head, by=bureau.head, comment="请补充依据")
    client.force_login(bureau.cadre2)
    assert "请补充依据" not in screen(client, at_head).content.decode()


def test_the_timeline_of_no_matter_is_absent(bureau, client):
    client.force_login(bureau.liaison)
    assert client.get(reverse("publication:timeline", args=[999999])).status_code == 404


def test_a_comment_is_text_and_not_markup(bureau, client, at_head):
    return_to_author(at_head, by=bureau.head, comment="<b id=x>改</b>")
    client.force_login(bureau.liaison)
    assert "<b id=x>" not in screen(client, at_head).content.decode()


def test_an_edit_in_the_editor_is_in_the_timeline(bureau, client, draft):
    client.force_login(bureau.liaison)
    post_editor(client, draft, title="改过的标题")
    assert ("Draft saved", str(bureau.liaison), "") in events(draft)


@pytest.mark.parametrize(("language", "step"), [("en", "Secrecy review"), ("zh-hans", "保密审查")])
def test_a_step_is_called_in_the_readers_language(bureau, language, step):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(draft, by=bureau.liaison)
    approve(fresh(draft), by=bureau.reviewer)
    with override(language):
        assert any(step in event.what for event in timeline_of(fresh(draft)))
