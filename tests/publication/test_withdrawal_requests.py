"""A withdrawal takes two persons; in an emergency one, and the office's word afterwards."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
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
from tests.factories import fresh, live_matter, person_in

REASON = "数据有误，更正后重新公开"


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
