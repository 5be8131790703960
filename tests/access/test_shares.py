"""A share: a person or a group, until a last day, for a reason; what it gives, and when it ends."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.access.models import Share
from intranet.access.rule import can_read
from intranet.access.sharing import ShareRefused, end, grant, prolong, shares_of
from tests.factories import UserFactory, fresh, live_matter, name_reader


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def matter(bureau):
    return live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")


def name(bureau, matter, **changes) -> Share:
    said = {"to": bureau.cadre2, "until": timezone.localdate(), "reason": "列席会议", "by": bureau.head, **changes}
    return grant(matter, **said)


def refusal(bureau, matter, **changes) -> str:
    with pytest.raises(ShareRefused) as refused:
        name(bureau, matter, **changes)
    assert not shares_of(matter).filter(reason="再次").exists()
    return " ".join(refused.value.reasons)


def at_noon(day):
    return time_machine.travel(timezone.now() + timedelta(days=(day - timezone.localdate()).days), tick=False)


def test_a_share_counts_on_its_last_day(bureau, matter, today):
    name(bureau, matter, until=today)
    assert can_read(bureau.cadre2, fresh(matter))


def test_a_share_counts_no_more_on_the_day_after_its_last(bureau, matter, today):
    name(bureau, matter, until=today)
    with at_noon(today + timedelta(days=1)):
        assert not can_read(bureau.cadre2, fresh(matter))


def test_a_share_without_an_end_goes_on(bureau, matter, today):
    name(bureau, matter, until=None)
    with at_noon(today + timedelta(days=900)):
        assert can_read(bureau.cadre2, fresh(matter))


def test_a_share_that_is_ended_lets_nobody_read_any_more(bureau, matter):
    end(name(bureau, matter, until=None), by=bureau.liaison)
    assert not can_read(bureau.cadre2, fresh(matter))


def test_a_share_that_was_ended_stays_in_the_history_with_who_ended_it(bureau, matter):
    end(name(bureau, matter, until=None), by=bureau.liaison)
    assert shares_of(matter).over().get().ended_by == bureau.liaison


def test_ending_what_has_run_out_changes_nothing(bureau, matter, today):
    share = name(bureau, matter, until=today)
    with at_noon(today + timedelta(days=1)):
        assert not end(share, by=bureau.head)


def test_a_reader_may_be_named_anew_once_the_share_has_run_out(bureau, matter, today):
    name(bureau, matter, until=today)
    with at_noon(today + timedelta(days=5)):
        name(bureau, matter, until=today + timedelta(days=9))
        assert (can_read(bureau.cadre2, fresh(matter)), shares_of(matter).over().count()) == (True, 1)


def test_a_matters_type_makes_no_difference_to_its_shares(bureau, matter):
    name(bureau, matter.specific)
    assert shares_of(matter.as_matter()).get().user == bureau.cadre2


def test_shares_go_with_the_matter(bureau, matter):
    name(bureau, matter)
    matter.delete()
    assert not Share.objects.exists()


def test_a_row_of_guardians_lets_nobody_read(bureau, matter):
    """Shares are the only record: what another program writes into guardian's tables gives nothing."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.models import ContentType
    from guardian.shortcuts import assign_perm

    kind = ContentType.objects.get_for_model(type(matter.as_matter()))
    Permission.objects.create(content_type=kind, codename="read_matter", name="read")
    assign_perm("disclosure.read_matter", bureau.cadre2, matter.as_matter())
    assert not can_read(bureau.cadre2, fresh(matter))


def test_a_day_that_has_passed_is_refused(bureau, matter, today):
    assert "has passed" in refusal(bureau, matter, until=today - timedelta(days=1))


def test_a_share_without_a_reason_is_refused(bureau, matter):
    assert "Say why" in refusal(bureau, matter, reason="  ")


def test_somebody_who_is_named_already_is_refused(bureau, matter):
    name(bureau, matter)
    assert "named already" in refusal(bureau, matter, reason="再次")


def test_a_group_that_is_named_already_is_refused(bureau, matter):
    party = Group.objects.create(name="党支部")
    name(bureau, matter, to=party, until=None)
    assert "named already" in refusal(bureau, matter, to=party, reason="再次")


def test_a_closed_account_is_refused(bureau, matter):
    bureau.cadre2.is_active = False
    bureau.cadre2.save()
    assert "closed" in refusal(bureau, matter)


def test_somebody_without_a_post_is_refused(bureau, matter):
    assert "holds no post" in refusal(bureau, matter, to=UserFactory())


def test_a_share_is_prolonged(bureau, matter, today):
    share = name(bureau, matter, until=today)
    prolong(share, until=today + timedelta(days=10), by=bureau.head)
    with at_noon(today + timedelta(days=10)):
        assert can_read(bureau.cadre2, fresh(matter))


def test_a_share_that_is_over_is_not_prolonged(bureau, matter, today):
    share = name(bureau, matter, until=today)
    with at_noon(today + timedelta(days=1)), pytest.raises(ShareRefused, match="over"):
        prolong(share, until=None, by=bureau.head)


def test_a_share_is_not_prolonged_into_the_past(bureau, matter, today):
    with pytest.raises(ShareRefused, match="passed"):
        prolong(name(bureau, matter), until=today - timedelta(days=1), by=bureau.head)


def test_every_act_is_in_the_matters_log_with_last_day_and_reason(bureau, matter, today):
    share = name(bureau, matter, until=today)
    prolong(share, until=None, by=bureau.head)
    end(share, by=bureau.liaison)
    logged = PageLogEntry.objects.filter(page=matter.pk, action__contains="share").order_by("timestamp")
    assert [(act.action, act.user, act.data["until"], act.data["reason"]) for act in logged] == [
        ("gongkai.share", bureau.head, today.isoformat(), "列席会议"),
        ("gongkai.prolong_share", bureau.head, None, "列席会议"),
        ("gongkai.unshare", bureau.liaison, None, "列席会议"),
    ]


def test_the_log_tells_last_day_and_reason(bureau, matter, today):
    name(bureau, matter, until=today)
    act = PageLogEntry.objects.get(action="gongkai.share")
    assert today.isoformat() in act.message
    assert "列席会议" in act.message


def test_a_share_of_before_there_were_reasons_says_so(bureau, matter):
    share = name_reader(matter, bureau.cadre2)
    Share.objects.update(reason="")
    share.refresh_from_db()
    assert share.shown_reason == "named before reasons were asked"
