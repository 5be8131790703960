"""A withdrawal takes two persons; in an emergency one, and the office's word afterwards."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.audit.models import AuditEntry
from intranet.organisation.models import Post
from intranet.publication.models import WithdrawalAtOnce, WithdrawalRequest
from intranet.publication.reminders.waiting import waiting_by_person
from intranet.publication.withdrawal import WithdrawalRefused, withdraw
from intranet.publication.withdrawal_requests import (
    approve_withdrawal,
    ask,
    confirm,
    refuse_withdrawal,
    requests_awaiting,
    unconfirmed,
)
from tests.factories import approve, fresh, live_matter, person_in, submit

REASON = "数据有误，更正后重新公开"
MIGRATIONS = "intranet.publication.migrations"


@pytest.fixture
def live(bureau):
    return live_matter(bureau.licensing, title="安全生产管理办法", author=bureau.liaison)


@pytest.fixture
def asked(bureau, live):
    return ask(live, by=bureau.liaison, reason=REASON)


@pytest.mark.parametrize("who", ["liaison", "head", "office"])
def test_who_may_ask(bureau, live, who):
    ask(live, by=getattr(bureau, who), reason=REASON)
    assert fresh(live).live


@pytest.mark.parametrize("who", ["cadre", "cadre2", "leader"])
def test_who_may_not_ask(bureau, live, who):
    with pytest.raises(WithdrawalRefused, match="ask for it"):
        ask(live, by=getattr(bureau, who), reason=REASON)


def test_nobody_asks_without_a_reason(bureau, live):
    with pytest.raises(WithdrawalRefused, match="Give the reason"):
        ask(live, by=bureau.liaison, reason=" ")


def test_nobody_asks_twice(bureau, live, asked):
    with pytest.raises(WithdrawalRefused, match="already"):
        ask(live, by=bureau.head, reason=REASON)


def test_the_database_holds_one_open_request_a_matter(bureau, live, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        WithdrawalRequest.objects.create(matter_id=live.pk, asked_by=bureau.head, reason=REASON)


def test_the_head_approves(bureau, live, asked):
    approve_withdrawal(asked, by=bureau.head)
    now = fresh(live)
    assert (now.live, now.withdrawal_reason, now.withdrawn_by) == (False, REASON, bureau.head)


def test_a_withdrawal_by_two_leaves_nothing_to_confirm(bureau, asked):
    approve_withdrawal(asked, by=bureau.head)
    assert not WithdrawalAtOnce.objects.exists()


@pytest.mark.parametrize("who", ["liaison", "cadre", "office", "leader", "reviewer"])
def test_who_does_not_decide(bureau, live, asked, who):
    with pytest.raises(WithdrawalRefused):
        approve_withdrawal(asked, by=getattr(bureau, who))
    assert fresh(live).live


def test_a_head_does_not_decide_on_the_own_request(bureau, live):
    own = ask(live, by=bureau.head, reason=REASON)
    with pytest.raises(WithdrawalRefused, match="somebody else"):
        approve_withdrawal(own, by=bureau.head)


def test_the_office_decides_on_what_the_only_head_asks(bureau, live):
    approve_withdrawal(ask(live, by=bureau.head, reason=REASON), by=bureau.office)
    assert not fresh(live).live


def test_a_deputy_decides_on_what_the_head_asks(bureau, live):
    deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    own = ask(live, by=bureau.head, reason=REASON)
    with pytest.raises(WithdrawalRefused):
        approve_withdrawal(own, by=bureau.office)
    approve_withdrawal(own, by=deputy)
    assert not fresh(live).live


def test_a_refusal_leaves_it_live_and_says_why(bureau, live, asked):
    refuse_withdrawal(asked, by=bureau.head, comment="数据无误")
    entry = PageLogEntry.objects.get(page=live.pk, action="gongkai.withdrawal_refused")
    assert (fresh(live).live, entry.data["reason"]) == (True, "数据无误")


def test_nothing_is_refused_without_a_reason(bureau, asked):
    with pytest.raises(WithdrawalRefused, match="Say why"):
        refuse_withdrawal(asked, by=bureau.head, comment=" ")


def test_after_a_refusal_it_can_be_asked_for_again(bureau, live, asked):
    refuse_withdrawal(asked, by=bureau.head, comment="数据无误")
    assert ask(live, by=bureau.liaison, reason="另有错误").outcome == ""


def test_the_second_of_two_decisions_changes_nothing(bureau, live, asked):
    refuse_withdrawal(asked, by=bureau.head, comment="数据无误")
    with pytest.raises(WithdrawalRefused, match="already"):
        approve_withdrawal(asked, by=bureau.head)
    assert fresh(live).live


def test_a_withdrawal_at_once_overtakes_the_request(bureau, live, asked):
    withdraw(live, by=bureau.office, reason="紧急")
    asked.refresh_from_db()
    assert (asked.outcome, requests_awaiting(bureau.head)) == ("overtaken", [])


@pytest.fixture
def expired(bureau):
    """Its withdrawal was asked for, and then its last moment came."""
    moment = timezone.now() + timedelta(hours=1)
    matter = live_matter(bureau.licensing, title="安全生产管理办法", author=bureau.liaison, expire_at=moment)
    ask(matter, by=bureau.liaison, reason=REASON)
    with time_machine.travel(moment + timedelta(minutes=1)):
        call_command("publish_scheduled")
    return fresh(matter)


def replaced(bureau, matter):
    """The matter with another version live, as its department wrote it and its head approved it."""
    newer = fresh(matter).get_latest_revision_as_object()
    newer.title, newer.expire_at = "修订后的办法", None
    newer.save_revision(user=bureau.liaison)
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    return fresh(matter)


def test_the_last_moment_overtakes_the_request(bureau, expired):
    assert WithdrawalRequest.objects.get().outcome == "overtaken"


def test_a_request_before_the_last_moment_is_not_asked_of_the_next_version(bureau, expired):
    matter = replaced(bureau, expired)
    assert (matter.live, requests_awaiting(bureau.head)) == (True, [])


def test_after_the_last_moment_the_next_version_can_be_asked_for(bureau, expired):
    assert ask(replaced(bureau, expired), by=bureau.head, reason=REASON).outcome == ""


def test_a_request_of_an_earlier_version_is_outdated(bureau, live, asked):
    [before] = [one.is_outdated for one in requests_awaiting(bureau.head)]
    replaced(bureau, live)
    [after] = [one.is_outdated for one in requests_awaiting(bureau.head)]
    assert (before, after) == (False, True)


def test_nobody_approves_what_was_asked_of_an_earlier_version(bureau, live, asked):
    matter = replaced(bureau, live)
    with pytest.raises(WithdrawalRefused, match="another version than the one that is live now"):
        approve_withdrawal(WithdrawalRequest.objects.get(), by=bureau.head)
    assert (fresh(matter).live, WithdrawalRequest.objects.open().count()) == (True, 1)


def test_an_outdated_request_can_be_refused(bureau, live, asked):
    replaced(bureau, live)
    refuse_withdrawal(asked, by=bureau.head, comment="已修订")
    assert WithdrawalRequest.objects.get().outcome == "refused"


def test_a_request_of_the_live_version_takes_the_place_of_an_outdated_one(bureau, live, asked):
    matter = replaced(bureau, live)
    newer = ask(matter, by=bureau.liaison, reason="修订仍有误")
    asked.refresh_from_db()
    assert (asked.outcome, requests_awaiting(bureau.head)) == ("overtaken", [newer])
    approve_withdrawal(newer, by=bureau.head)
    assert fresh(matter).withdrawal_reason == "修订仍有误"


def test_requests_of_before_are_given_the_version_that_was_live_when_they_were_asked(bureau, live, asked):
    first = live.live_revision_id
    replaced(bureau, live)
    WithdrawalRequest.objects.update(version=None)
    import_module(f"{MIGRATIONS}.0010_the_version_of_each_earlier_request").say_which_version(apps, None)
    assert WithdrawalRequest.objects.get().version_id == first


def test_the_screens_say_that_a_request_is_outdated(bureau, client, live, asked):
    matter = replaced(bureau, live)
    client.force_login(bureau.head)
    screen = client.get(reverse("publication:decide_withdrawal", args=[asked.pk])).content.decode()
    assert ("Outdated" in screen, 'value="approve"' in screen) == (True, False)
    assert ">outdated<" in client.get("/admin/").content.decode()
    client.force_login(bureau.liaison)
    assert "another version" in client.get(reverse("publication:withdraw", args=[matter.pk])).content.decode()


def test_who_approves_an_outdated_request_all_the_same_is_told_why_not(bureau, client, live, asked):
    matter = replaced(bureau, live)
    client.force_login(bureau.head)
    address = reverse("publication:decide_withdrawal", args=[asked.pk])
    page = client.post(address, {"decision": "approve", "comment": ""}, follow=True).content.decode()
    assert ("another version" in page, fresh(matter).live) == (True, True)


def test_a_request_awaits_its_decider_and_nobody_else(bureau, asked):
    people = [bureau.head, bureau.office, bureau.liaison, bureau.reviewer]
    assert [len(requests_awaiting(person)) for person in people] == [1, 0, 0, 0]


def test_a_withdrawal_at_once_is_a_debt(bureau, live):
    withdraw(live, by=bureau.head, reason=REASON)
    assert [made.by for made in unconfirmed(bureau.office)] == [bureau.head]


def test_the_office_confirms_it(bureau, live):
    withdraw(live, by=bureau.head, reason=REASON)
    confirm(WithdrawalAtOnce.objects.get(), by=bureau.office, remark="属实")
    assert unconfirmed(bureau.office) == []


@pytest.mark.parametrize("who", ["head", "liaison", "leader"])
def test_who_does_not_confirm(bureau, live, who):
    withdraw(live, by=bureau.head, reason=REASON)
    with pytest.raises(WithdrawalRefused, match="Only the leading group's office"):
        confirm(WithdrawalAtOnce.objects.get(), by=getattr(bureau, who))


def test_the_office_does_not_confirm_its_own(bureau, live):
    withdraw(live, by=bureau.office, reason=REASON)
    with pytest.raises(WithdrawalRefused, match="yourself"):
        confirm(WithdrawalAtOnce.objects.get(), by=bureau.office)


def test_every_step_is_in_the_audit_log(bureau, live, asked):
    refuse_withdrawal(asked, by=bureau.head, comment="数据无误")
    withdraw(live, by=bureau.head, reason=REASON)
    confirm(WithdrawalAtOnce.objects.get(), by=bureau.office)
    acts = [
        "gongkai.withdrawal_asked",
        "gongkai.withdrawal_refused",
        "gongkai.withdraw",
        "gongkai.withdrawal_confirmed",
    ]
    assert [AuditEntry.objects.filter(action=act).count() for act in acts] == [1, 1, 1, 1]


def test_whoever_decides_is_reminded(bureau, asked):
    waiting = waiting_by_person()
    assert (waiting[bureau.head.pk].withdrawals, bureau.office.pk in waiting) == ([asked], False)


def test_the_office_is_reminded_of_what_it_has_to_confirm(bureau, live):
    withdraw(live, by=bureau.head, reason=REASON)
    assert len(waiting_by_person()[bureau.office.pk].at_once) == 1


def test_without_the_tick_the_screen_asks(bureau, client, live):
    client.force_login(bureau.head)
    client.post(reverse("publication:withdraw", args=[live.pk]), {"reason": REASON})
    assert (fresh(live).live, WithdrawalRequest.objects.open().count()) == (True, 1)


def test_the_desk_of_the_head_lists_it(bureau, client, asked):
    client.force_login(bureau.head)
    assert reverse("publication:decide_withdrawal", args=[asked.pk]) in client.get("/admin/").content.decode()


@pytest.mark.parametrize(("decision", "is_live"), [("approve", False), ("refuse", True)])
def test_the_head_decides_on_the_screen(bureau, client, live, asked, decision, is_live):
    client.force_login(bureau.head)
    address = reverse("publication:decide_withdrawal", args=[asked.pk])
    assert REASON in client.get(address).content.decode()
    client.post(address, {"decision": decision, "comment": "已核对"})
    assert fresh(live).live is is_live


@pytest.mark.parametrize("who", ["liaison", "cadre", "office"])
def test_the_screen_is_absent_for_who_does_not_decide(bureau, client, asked, who):
    client.force_login(getattr(bureau, who))
    assert client.get(reverse("publication:decide_withdrawal", args=[asked.pk])).status_code in (302, 404)


def test_the_office_confirms_on_the_screen(bureau, client, live):
    withdraw(live, by=bureau.head, reason=REASON)
    made = WithdrawalAtOnce.objects.get()
    address = reverse("publication:confirm_withdrawal", args=[made.pk])
    client.force_login(bureau.office)
    assert REASON in client.get(address).content.decode()
    client.post(address, {"remark": ""})
    made.refresh_from_db()
    assert made.confirmed_by == bureau.office


def test_the_office_is_not_told_the_title_of_what_it_may_not_read(bureau, client):
    secret = live_matter(bureau.licensing, title="科内秘密", visibility="department", category="N2", type_code="notice")
    withdraw(secret, by=bureau.head, reason="有误")
    client.force_login(bureau.office)
    screen = reverse("publication:confirm_withdrawal", args=[WithdrawalAtOnce.objects.get().pk])
    texts = client.get("/admin/").content.decode() + client.get(screen).content.decode()
    assert ("科内秘密" in texts, secret.index_number in texts) == (False, True)
