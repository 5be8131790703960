"""The screen of one case: what it tells, what it offers, what it refuses with words."""

import re

import pytest
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.hall.desk.move_forms import FORMS
from intranet.hall.life import deciding, ending, reviewing
from intranet.hall.life.step import moves_open_to
from intranet.hall.life.table import MOVES
from intranet.hall.models import NegativeFiling
from tests.hall.cases import a_persons_number, item_of, now, row, today


def see(client, person, case):
    client.force_login(person)
    return client.get(reverse("window:case", args=[case.number]))


def do(client, person, case, act, **said):
    client.force_login(person)
    said = {"on": today().isoformat()} | said
    form = {f"{act}-{name}": value for name, value in said.items()}
    return client.post(reverse("window:move", args=[case.number, act]), form)


def state(case):
    return now(case).state


def test_every_move_has_a_form():
    assert set(FORMS) == set(MOVES)


def test_it_tells_number_state_materials_and_moves(hall, client):
    content = see(client, hall.clerk, hall.notified()).content.decode()
    for words in ("-LIC-000001", "told what is missing", "复印件加盖公章", "Tell what is missing", "李*"):
        assert words in content


def test_it_tells_how_days_were_counted(hall, client):
    content = see(client, hall.clerk, hall.received()).content.decode()
    assert "5 working days" in content


def test_identifier_phone_and_name_are_masked(hall, client):
    number = a_persons_number()
    content = see(client, hall.clerk, hall.received(identifier=number, phone="13893012345")).content.decode()
    assert not re.search(f"{number}|13893012345|李小明", content)


@pytest.mark.parametrize(
    ("manner", "evidence", "shown"),
    [("signed", "李小明", "李*"), ("signed", "张代办", "张*"), ("tracked", "EMS123456789CN", "EMS123456789CN")],
)
def test_who_signed_for_the_decision_is_masked_and_a_tracking_number_is_not(hall, client, manner, evidence, shown):
    case = hall.granted()
    ending.deliver(case, by=hall.clerk, manner=manner, evidence=evidence)
    assert now(case).shown_evidence.startswith(shown)
    client.force_login(hall.clerk)
    page = client.get(reverse("window:case", args=[case.number])).content.decode()
    assert (evidence in page) is (evidence == shown)


@pytest.mark.parametrize("name", ["liaison", "office", "reviewer"])
def test_who_works_in_the_admin_and_handles_no_cases_finds_none(hall, client, name):
    assert see(client, getattr(hall.bureau, name), hall.received()).status_code == 404


@pytest.mark.parametrize("name", ["cadre", "leader"])
def test_who_does_not_work_in_the_admin_does_not_come_in(hall, client, name):
    assert see(client, getattr(hall.bureau, name), hall.received()).status_code == 302


def test_a_handler_finds_no_case_of_another_department(hall, client):
    item = item_of(hall.bureau.finance, code="CW-001", kind="payment")
    assert see(client, hall.handler, hall.received(item=item)).status_code == 404


@pytest.mark.parametrize("made", ["received", "notified", "supplemented", "accepted", "in_review", "paused", "granted"])
def test_it_offers_what_the_person_can_do_now(hall, client, made):
    case = now(getattr(hall, made)())
    for person in (hall.clerk, hall.handler, hall.head):
        offered = [form.act for form in see(client, person, case).context["forms"]]
        assert set(offered) <= set(moves_open_to(case, person))
        left = set(moves_open_to(case, person)) - set(offered)
        assert left <= {"take_in", "sign", "unsign"}  # of a case with nothing awaited, nothing filed


@pytest.mark.parametrize(
    ("made", "act", "said"),
    [("filed", "refuse", True), ("filed", "grant", False), ("signed", "refuse", False), ("signed", "grant", True)],
)
def test_a_decision_says_what_comes_before_it(hall, client, made, act, said):
    case = hall.filed()
    if made == "signed":
        deciding.sign_refusal(case, by=hall.head)
    forms = {form.act: form for form in see(client, hall.handler, case).context["forms"]}
    assert bool(forms[act].obstacle) is said


def test_a_filing_that_was_written_anew_is_not_signed_unread(hall, client):
    case = hall.filed()
    seen = NegativeFiling.objects.get(case=case).prepared_at.isoformat()
    deciding.file_refusal(case, by=hall.handler, basis="另一条", reasons="另一由", relief="复议")
    answer = do(client, hall.head, case, "sign", seen=seen)
    assert "written anew meanwhile" in answer.text
    assert not NegativeFiling.objects.get(case=case).is_signed


def test_after_that_the_page_asks_for_a_signature_of_the_new_one(hall, client):
    case = hall.filed()
    seen = NegativeFiling.objects.get(case=case).prepared_at.isoformat()
    deciding.file_refusal(case, by=hall.handler, basis="另一条", reasons="另一由", relief="复议")
    [form] = [form for form in do(client, hall.head, case, "sign", seen=seen).context["forms"] if form.act == "sign"]
    assert form["seen"].value() == NegativeFiling.objects.get(case=case).prepared_at.isoformat() != seen


@pytest.mark.parametrize("seen", ["", "x", "2026-13-45"])
def test_a_signature_says_what_it_is_of(hall, client, seen):
    case = hall.filed()
    do(client, hall.head, case, "sign", seen=seen)
    assert not NegativeFiling.objects.get(case=case).is_signed


def filed_on_the_page(client, hall, case, seen, reasons="我的理由"):
    return do(client, hall.handler, case, "file", basis="第六条", reasons=reasons, relief="六十日内复议", seen=seen)


def test_a_filing_that_another_wrote_meanwhile_is_not_overwritten_unread(hall, client):
    case = hall.filed()
    seen = NegativeFiling.objects.get(case=case).prepared_at.isoformat()
    deciding.file_refusal(case, by=hall.handler, basis="另一条", reasons="另一由", relief="复议")
    answer = filed_on_the_page(client, hall, case, seen)
    assert NegativeFiling.objects.get(case=case).reasons == "另一由"
    assert ("我的理由" in answer.text, "Somebody filed meanwhile" in answer.text) == (True, True)


def test_nor_is_one_by_who_saw_that_nothing_was_filed(hall, client):
    case = hall.filed()
    filed_on_the_page(client, hall, case, "")
    assert NegativeFiling.objects.get(case=case).reasons != "我的理由"


def test_having_read_it_one_may_file_anew(hall, client):
    case = hall.filed()
    [form] = [form for form in filed_on_the_page(client, hall, case, "").context["forms"] if form.act == "file"]
    filed_on_the_page(client, hall, case, form["seen"].value())
    assert NegativeFiling.objects.get(case=case).reasons == "我的理由"


def test_what_was_typed_into_a_move_that_is_closed_by_now_is_shown(hall, client):
    case = hall.paused()
    answer = filed_on_the_page(client, hall, case, "", reasons="写了很久的理由")
    assert (answer.status_code, "写了很久的理由" in answer.text) == (409, True)


def test_a_move_that_another_made_at_the_same_moment_is_told_with_what_was_typed(hall, client, monkeypatch):
    case = hall.in_review()
    monkeypatch.setattr("intranet.hall.desk.case_screen.reasons_against", lambda *args, **kwargs: [])
    reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=5, notice_number="检1号")
    answer = filed_on_the_page(client, hall, case, "", reasons="写了很久的理由")
    assert (answer.status_code, "写了很久的理由" in answer.text, "not possible then" in answer.text) == (
        409,
        True,
        True,
    )


def test_a_clerk_receives_nothing_to_decide(hall, client):
    assert [form.act for form in see(client, hall.clerk, hall.in_review()).context["forms"]] == ["withdraw"]


def test_the_whole_life_is_made_on_the_screen(hall, client):
    case = hall.received(brought=("申请书",))
    licence = row(case, "营业执照")
    steps = [
        (hall.clerk, "notify", {f"wanted_{licence.pk}": "加盖公章"}, "notified"),
        (hall.clerk, "supplement", {"brought": [licence.pk]}, "supplemented"),
        (hall.clerk, "accept", {}, "accepted"),
        (hall.clerk, "take_in", {"brought": [row(case, "环评批复").pk]}, "accepted"),
        (hall.handler, "begin", {}, "in_review"),
        (hall.head, "extend", {"days": 5, "reason": "复杂", "notice_number": "延1"}, "in_review"),
        (
            hall.handler,
            "pause",
            {"kind": "hearing", "reason": "听证", "notice_number": "听1", "expected_days": 20},
            "paused",
        ),
        (hall.handler, "resume", {}, "in_review"),
        (hall.handler, "file", {"basis": "法", "reasons": "由", "relief": "复议"}, "in_review"),
        (hall.head, "sign", {}, "in_review"),
        (hall.handler, "refuse", {"document_number": "甘安不许〔2026〕1号"}, "refused"),
        (hall.clerk, "deliver", {"manner": "tracked", "evidence": "EMS1"}, "delivered"),
        (hall.clerk, "close", {}, "closed"),
    ]
    for person, act, said, end in steps:
        if act == "sign":
            said = {"seen": NegativeFiling.objects.get(case=case).prepared_at.isoformat()}
        answer = do(client, person, case, act, **said)
        assert (answer.status_code, act, state(case)) == (302, act, end)


@pytest.mark.parametrize(
    ("act", "said", "end"),
    [
        ("not_accept", {"reason": "不需许可", "document_number": "不受1"}, "not_accepted"),
        ("withdraw", {"reason": "申请人书面撤回"}, "withdrawn"),
    ],
)
def test_a_case_ends_early_on_the_screen(hall, client, act, said, end):
    case = hall.received()
    do(client, hall.clerk, case, act, **said)
    assert state(case) == end


def test_a_case_is_granted_on_the_screen(hall, client):
    case = hall.in_review()
    do(client, hall.handler, case, "grant", document_number="甘安许〔2026〕1号")
    assert state(case) == "granted"


def test_a_pause_tells_what_it_is_for_and_how_long_it_will_take(hall, client):
    content = see(client, hall.handler, hall.paused()).content.decode()
    words = ("Examination, testing, quarantine or appraisal", "It is expected to take 10 working days.")
    assert [each for each in words if each not in content] == []


def test_what_lacks_is_said_at_its_field(hall, client):
    case = hall.in_review()
    answer = do(client, hall.handler, case, "pause", kind="hearing", reason="", notice_number="", expected_days=10)
    form = next(form for form in answer.context["forms"] if form.act == "pause")
    assert (set(form.errors), state(case)) == ({"reason", "notice_number"}, "in_review")


def test_what_was_typed_stays_where_a_move_is_refused(hall, client):
    case = hall.received(brought=("申请书",))
    answer = do(client, hall.clerk, case, "notify", **{f"wanted_{row(case, '环评批复').pk}": "原件"})
    content = answer.content.decode()
    assert ("A notice names all that is missing; it lacks: 营业执照." in content, 'value="原件"' in content) == (
        True,
        True,
    )


def test_a_move_that_is_not_the_persons_is_refused_with_words(hall, client):
    case = hall.in_review()
    answer = do(client, hall.clerk, case, "grant", document_number="甘安许〔2026〕1号")
    assert ("Only the handlers" in answer.content.decode(), state(case)) == (True, "in_review")


@pytest.mark.parametrize("key", ["9" * 40, "-1", "x"])
def test_a_material_that_cannot_be_is_refused_at_its_field(hall, client, key):
    answer = do(client, hall.clerk, hall.notified(), "supplement", brought=[key])
    (form,) = [form for form in answer.context["forms"] if form.act == "supplement"]
    assert (answer.status_code, set(form.errors)) == (200, {"brought"})


def test_a_move_sent_twice_is_made_once(hall, client):
    case = hall.received(brought=("申请书", "营业执照"))
    do(client, hall.clerk, case, "accept")
    again = do(client, hall.clerk, case, "accept")
    assert ("is not possible then" in again.content.decode(), case.moves.filter(act="accept").count()) == (True, 1)


def test_a_day_to_come_is_refused_with_words(hall, client):
    case = hall.received()
    answer = do(client, hall.clerk, case, "accept", on="2999-01-01")
    assert ("This day lies in the future." in answer.content.decode(), state(case)) == (True, "received")


def test_a_stranger_makes_no_move(hall, client):
    case = hall.received()
    assert (do(client, hall.bureau.liaison, case, "accept").status_code, state(case)) == (404, "received")


def test_nobody_invents_a_move(hall, client):
    assert do(client, hall.clerk, hall.received(), "receive").status_code == 404


def test_the_filing_is_shown_to_who_signs_it(hall, client):
    case = hall.in_review()
    deciding.file_refusal(case, by=hall.handler, basis="条例第六条", reasons="无安全设施", relief="六十日内复议")
    assert "无安全设施" in see(client, hall.head, case).content.decode()


def unmask(client, person, case, **said):
    client.force_login(person)
    said = {"what": "identifier", "reason": "核对身份"} | said
    return client.post(reverse("window:unmask", args=[case.number]), said)


def test_an_identifier_is_shown_in_full_for_a_reason_and_logged(hall, client):
    number = a_persons_number()
    answer = unmask(client, hall.clerk, hall.received(identifier=number))
    entry = AuditEntry.objects.filter(action="hall.unmasked").get()
    assert (number in answer.content.decode(), entry.facts["reason"]) == (True, "核对身份")


def test_nobody_between_keeps_what_was_shown(hall, client):
    assert "no-store" in unmask(client, hall.clerk, hall.received())["Cache-Control"]


def test_without_a_reason_nothing_is_shown(hall, client):
    number = a_persons_number()
    answer = unmask(client, hall.clerk, hall.received(identifier=number), reason="")
    assert (number in answer.content.decode(), AuditEntry.objects.filter(action="hall.unmasked").exists()) == (
        False,
        False,
    )


def test_a_stranger_sees_nothing_in_full(hall, client):
    assert unmask(client, hall.bureau.liaison, hall.received()).status_code == 404
