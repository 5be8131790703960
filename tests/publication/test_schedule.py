"""Approved for a later moment, and ended at a last one."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.publication.models import Release
from intranet.publication.withdrawal import WithdrawalRefused, call_off
from tests.factories import approve, draft_matter, fresh, live_matter, submit

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def approved(bureau, matter):
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    return fresh(matter)


def scheduled(bureau, *, after=DAY, **attributes):
    """A matter that is approved to go live after the time from now."""
    draft = draft_matter(bureau.licensing, author=bureau.liaison, go_live_at=timezone.now() + after, **attributes)
    return approved(bureau, draft)


def clock(*, after=timedelta()):
    """The clock's job, run after the time from now."""
    with time_machine.travel(timezone.now() + after):
        call_command("publish_scheduled")


def test_a_matter_approved_for_a_later_moment_is_not_live(bureau):
    assert not scheduled(bureau).live


def test_a_matter_approved_for_a_later_moment_is_at_no_address(bureau, client):
    assert client.get(scheduled(bureau).url).status_code == 404


def test_a_matter_has_no_index_number_before_its_moment(bureau):
    assert scheduled(bureau).index_number == ""


def test_the_clock_leaves_a_matter_alone_before_its_moment(bureau):
    matter = scheduled(bureau)
    clock(after=DAY - HOUR)
    assert not fresh(matter).live


def test_the_clock_makes_a_matter_live_after_its_moment(bureau):
    matter = scheduled(bureau)
    clock(after=DAY + HOUR)
    assert fresh(matter).live


def test_a_dry_run_of_the_clock_makes_nothing_live(bureau):
    matter = scheduled(bureau)
    with time_machine.travel(timezone.now() + DAY + HOUR):
        call_command("publish_scheduled", dryrun=True, stdout=StringIO())
    assert not fresh(matter).live


def test_the_date_of_publication_is_the_day_of_the_moment(bureau):
    matter = scheduled(bureau)
    clock(after=DAY + HOUR)
    assert fresh(matter).published_on == timezone.localdate(timezone.now() + DAY + HOUR)


def test_a_release_is_spent_at_the_moment(bureau):
    scheduled(bureau)
    clock(after=DAY + HOUR)
    assert not Release.objects.filter(used_at=None).exists()


def test_the_clock_brings_an_approved_edit_up_at_its_moment(bureau):
    matter = live_matter(bureau.licensing, title="旧标题")
    matter.title, matter.go_live_at = "新标题", timezone.now() + DAY
    matter.save_revision(user=bureau.liaison)
    approved(bureau, matter)
    clock(after=DAY + HOUR)
    assert fresh(matter).title == "新标题"


def test_a_live_text_stays_up_until_the_moment_of_its_edit(bureau):
    matter = live_matter(bureau.licensing, title="旧标题")
    matter.title, matter.go_live_at = "新标题", timezone.now() + DAY
    matter.save_revision(user=bureau.liaison)
    approved(bureau, matter)
    clock(after=DAY - HOUR)
    assert (fresh(matter).live, fresh(matter).title) == (True, "旧标题")


def test_what_is_written_after_the_approval_does_not_come_up_at_the_moment(bureau):
    matter = scheduled(bureau, title="批准的标题")
    later = matter.get_latest_revision_as_object()
    later.title = "未批准的标题"
    later.save_revision(user=bureau.liaison)
    clock(after=DAY + HOUR)
    assert (fresh(matter).live, fresh(matter).title) == (True, "批准的标题")


@pytest.fixture
def refused(bureau):
    """Due before any other, and refused because its category was narrowed after the approval."""
    matter = scheduled(bureau, category="E4", after=DAY - HOUR, title="被拒绝的事项")
    CategoryTerms.objects.filter(category__code="E4").update(widest_audience="staff")
    return matter


def test_a_matter_whose_category_was_narrowed_meanwhile_is_refused_at_its_moment(refused):
    with pytest.raises(CommandError):
        clock(after=DAY + HOUR)
    assert not fresh(refused).live


def test_the_clock_names_what_it_refused_and_why(refused):
    with pytest.raises(CommandError, match="被拒绝的事项: The audience is wider than category E4 allows."):
        clock(after=DAY + HOUR)


def test_a_refused_matter_does_not_keep_the_others_from_their_moment(bureau, refused):
    other = scheduled(bureau)
    with pytest.raises(CommandError):
        clock(after=DAY + HOUR)
    assert fresh(other).live


def test_a_refused_matter_goes_live_once_nothing_stands_against_it(refused):
    with pytest.raises(CommandError):
        clock(after=DAY + HOUR)
    CategoryTerms.objects.filter(category__code="E4").update(widest_audience="public")
    clock(after=DAY + HOUR)
    assert fresh(refused).live


@pytest.fixture
def ending(bureau):
    """A live matter that ends in a day."""
    return live_matter(bureau.licensing, expire_at=timezone.now() + DAY)


def test_a_matter_is_read_until_its_last_moment(client, ending):
    with time_machine.travel(timezone.now() + DAY - HOUR):
        assert client.get(ending.url).status_code == 200


def test_a_matter_is_absent_after_its_last_moment_although_the_clock_stands_still(client, ending):
    with time_machine.travel(timezone.now() + DAY + HOUR):
        assert client.get(ending.url).status_code == 404


def test_a_matter_is_in_no_listing_after_its_last_moment_although_the_clock_stands_still(ending):
    with time_machine.travel(timezone.now() + DAY + HOUR):
        assert not MatterPage.objects.readable_by(AnonymousUser()).exists()


def test_the_clock_leaves_a_matter_up_before_its_last_moment(ending):
    clock(after=DAY - HOUR)
    assert fresh(ending).live


def test_the_clock_takes_a_matter_down_after_its_last_moment(ending):
    clock(after=DAY + HOUR)
    assert (fresh(ending).live, fresh(ending).expired) == (False, True)


def test_an_expired_matter_is_not_a_withdrawn_one(ending):
    clock(after=DAY + HOUR)
    assert not fresh(ending).is_withdrawn


def test_a_matter_that_ended_cannot_be_published_again_without_approval(ending):
    clock(after=DAY + HOUR)
    with pytest.raises(PublicationRefused):
        fresh(ending).get_latest_revision().publish()


def test_a_head_calls_off_what_waits_for_its_moment(bureau):
    matter = scheduled(bureau)
    call_off(matter, by=bureau.head, reason="数据要再核对")
    clock(after=2 * DAY)
    assert not fresh(matter).live


def test_calling_off_leaves_the_live_version_up(bureau):
    matter = live_matter(bureau.licensing, author=bureau.liaison)
    draft = fresh(matter)
    draft.title, draft.go_live_at = "改后的标题", timezone.now() + DAY
    draft.save_revision(user=bureau.liaison, log_action=True)
    approved(bureau, draft)
    call_off(fresh(matter), by=bureau.head, reason="数据要再核对")
    assert (fresh(matter).live, fresh(matter).scheduled_revision) == (True, None)


def test_nothing_is_called_off_without_a_reason(bureau):
    with pytest.raises(WithdrawalRefused, match="reason"):
        call_off(scheduled(bureau), by=bureau.head, reason=" ")


def test_a_liaison_officer_cannot_call_off(bureau):
    with pytest.raises(WithdrawalRefused, match="Only the head"):
        call_off(scheduled(bureau), by=bureau.liaison, reason="数据要再核对")


def test_what_was_called_off_can_be_submitted_again(bureau):
    matter = scheduled(bureau)
    call_off(matter, by=bureau.head, reason="数据要再核对")
    again = fresh(matter).get_latest_revision_as_object()
    again.go_live_at = None
    again.save_revision(user=bureau.liaison, log_action=True)
    assert approved(bureau, matter).live


def test_the_head_calls_off_in_the_admin(bureau, client):
    matter = scheduled(bureau)
    client.force_login(bureau.head)
    address = reverse("publication:call_off", args=[matter.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"reason": "数据要再核对"})
    assert not fresh(matter).scheduled_revision


def test_there_is_nothing_to_call_off_where_nothing_waits(bureau, client):
    client.force_login(bureau.head)
    assert client.get(reverse("publication:call_off", args=[live_matter(bureau.licensing).pk])).status_code == 404
