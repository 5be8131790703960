"""What each move asks beyond state and role."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from intranet.audit.append_only import Unalterable
from intranet.audit.models import AuditEntry
from intranet.hall.life import deciding, ending, materials, receiving, reviewing
from intranet.hall.models import Case, Move, NegativeFiling, NoticeLine, RepeatedAttempt, ServiceItem
from intranet.hall.refusals import MoveRefused, RepeatedApplication
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import a_persons_number, item_of, now, row, today

# One notice, once, complete


def test_the_first_notice_names_all_that_is_missing(hall):
    case = hall.received(brought=())
    with pytest.raises(MoveRefused, match="it lacks: 营业执照"):
        materials.notify(case, by=hall.clerk, wanted={row(case, "申请书"): "填写并签字"})


def test_what_may_come_later_need_not_be_named(hall):
    case = hall.received(brought=("申请书",))
    notice = materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "复印件"})
    assert [line.material.material.name for line in notice.lines.all()] == ["营业执照"]


def test_a_second_notice_names_nothing_that_the_first_could_have_named(hall):
    case = hall.supplemented()
    with pytest.raises(MoveRefused, match="first notice could have named this.*申请书"):
        materials.notify(case, by=hall.clerk, wanted={row(case, "申请书"): "签字"})
    assert NoticeLine.objects.count() == 1


def test_a_second_notice_may_ask_again_for_what_the_first_asked(hall):
    case = hall.supplemented()
    notice = materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "仍缺公章"})
    assert (notice.ordinal, notice.number) == (2, f"{case.number}-N2")


def test_only_what_the_first_notice_named_is_offered_for_the_second(hall):
    assert [str(each) for each in materials.nameable(hall.supplemented())] == ["营业执照"]


def test_a_notice_says_what_is_wanted(hall):
    case = hall.received(brought=("申请书",))
    with pytest.raises(MoveRefused, match="Say what is wanted of: 营业执照"):
        materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): " "})


def test_a_material_of_another_case_is_not_named(hall):
    case, other = hall.received(brought=("申请书",)), hall.received()
    with pytest.raises(MoveRefused):
        materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): "补", row(other, "申请书"): "补"})


def test_a_supplement_brings_what_was_asked(hall):
    case = hall.notified()
    with pytest.raises(MoveRefused, match="did not ask for: 环评批复"):
        materials.supplement(case, by=hall.clerk, brought=[row(case, "环评批复")])


def test_an_incomplete_case_is_not_accepted(hall):
    with pytest.raises(MoveRefused, match="missing: 营业执照"):
        materials.accept(hall.received(brought=("申请书",)), by=hall.clerk)


def test_a_case_is_accepted_without_what_may_come_later(hall):
    assert now(hall.accepted()).state == "accepted"


@pytest.mark.parametrize("number", ["甘安许令第7号", "甘安许令7号"])
def test_a_number_is_the_same_with_the_word_before_it_and_without(hall, number):
    deciding.grant(hall.in_review(), by=hall.handler, document_number="甘安许令第7号")
    with pytest.raises(MoveRefused, match="another decision"):
        deciding.grant(hall.in_review(), by=hall.handler, document_number=number)


CHINESE = [("第1号", "第一号"), ("第二十号", "第20号"), ("第一百二十三号", "第123号"), ("第二〇号", "第20号")]


@pytest.mark.parametrize(("first", "second"), [(f"公告2026年{one}", f"公告2026年{other}") for one, other in CHINESE])
def test_a_number_is_the_same_in_chinese_numerals(hall, first, second):
    deciding.grant(hall.in_review(), by=hall.handler, document_number=first)
    with pytest.raises(MoveRefused, match="another decision"):
        deciding.grant(hall.in_review(), by=hall.handler, document_number=second)


def test_a_number_is_not_given_twice_after_the_item_went_to_another_department(hall):
    first, second, number = hall.in_review(), hall.in_review(subject="二号井"), "甘安许〔2026〕77号"
    deciding.grant(first, by=hall.handler, document_number=number)
    ServiceItem.objects.filter(pk=hall.item.pk).update(department=hall.bureau.finance)
    handler = person_in(hall.bureau.finance, Post.Kind.CLERK)
    with pytest.raises(MoveRefused, match="another decision"):
        deciding.grant(now(second), by=handler, document_number=number)


def test_a_case_is_not_granted_before_what_was_to_come_later_has_come(hall):
    case = hall.accepted()
    reviewing.begin_review(case, by=hall.handler)
    with pytest.raises(MoveRefused, match="missing: 环评批复"):
        deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")
    materials.take_in(case, by=hall.clerk, brought=[row(case, "环评批复")])
    deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")
    assert now(case).outcome == "granted"


# Reasons and documents


@pytest.mark.parametrize(
    ("state", "attempt", "said"),
    [
        ("received", lambda h, c: materials.not_accept(c, by=h.clerk, reason="", document_number="1"), "the reason"),
        ("received", lambda h, c: materials.not_accept(c, by=h.clerk, reason="x", document_number=" "), "the number"),
        ("received", lambda h, c: ending.withdraw(c, by=h.clerk, reason=""), "the reason"),
        (
            "in_review",
            lambda h, c: reviewing.pause(c, by=h.handler, kind="test", reason="x", expected_days=10, notice_number=""),
            "the number",
        ),
        (
            "in_review",
            lambda h, c: reviewing.pause(
                c, by=h.handler, kind="holiday", reason="x", expected_days=10, notice_number="1"
            ),
            "what the clock stops for",
        ),
        (
            "in_review",
            lambda h, c: reviewing.pause(
                c, by=h.handler, kind="inspection", reason="现场核查", expected_days=5, notice_number="1"
            ),
            "what the clock stops for",
        ),
        *(
            (
                "in_review",
                lambda h, c, days=days: reviewing.pause(
                    c, by=h.handler, kind="test", reason="x", expected_days=days, notice_number="1"
                ),
                "in how many working days",
            )
            for days in (0, -1, 251)
        ),
        (
            "in_review",
            lambda h, c: reviewing.extend(c, by=h.head, days=5, reason="", notice_number="1"),
            "the reason",
        ),
        ("in_review", lambda h, c: deciding.grant(c, by=h.handler, document_number=""), "the number"),
        (
            "in_review",
            lambda h, c: deciding.file_refusal(c, by=h.handler, basis="", reasons="x", relief="x"),
            "legal basis",
        ),
        (
            "in_review",
            lambda h, c: deciding.file_refusal(c, by=h.handler, basis="x", reasons="x", relief=""),
            "can object",
        ),
        ("granted", lambda h, c: ending.deliver(c, by=h.clerk, manner="signed", evidence=""), "who signed"),
        ("granted", lambda h, c: ending.deliver(c, by=h.clerk, manner="pigeon", evidence="x"), "how it was delivered"),
    ],
)
def test_a_move_is_refused_without_what_it_needs(hall, state, attempt, said):
    case = getattr(hall, state)()
    with pytest.raises(MoveRefused, match=said):
        attempt(hall, now(case))
    assert now(case).state == state


def test_no_move_is_of_tomorrow(hall):
    with pytest.raises(MoveRefused, match="in the future"):
        materials.accept(hall.received(), by=hall.clerk, on=today() + timedelta(days=1))


def test_no_move_is_of_a_day_before_receipt(hall):
    with pytest.raises(MoveRefused, match="before the last thing"):
        materials.accept(hall.received(), by=hall.clerk, on=today() - timedelta(days=1))


def test_nothing_is_received_on_a_day_to_come(hall):
    with pytest.raises(MoveRefused, match="in the future"):
        hall.received(on=today() + timedelta(days=1))


def test_nothing_is_received_at_the_window_as_of_an_earlier_day(hall):
    with pytest.raises(MoveRefused, match="received today"):
        hall.received(on=today() - timedelta(days=1))


def test_nothing_is_received_unconfirmed_that_silence_has_accepted(hall):
    long_ago = {"channel": "post", "on": today() - timedelta(days=365)}
    with pytest.raises(MoveRefused, match="confirm it"):
        hall.received(**long_ago)
    assert hall.received(**long_ago, late_is_confirmed=True).received_on == long_ago["on"]


# Extension


def test_an_extension_is_given_once(hall):
    case = hall.in_review()
    reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="1号")
    with pytest.raises(MoveRefused, match="extended already"):
        reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="2号")


@pytest.mark.parametrize("days", [0, -1, 11])
def test_an_extension_is_of_one_to_ten_days(hall, days):
    with pytest.raises(MoveRefused, match="one to 10 working days"):
        reviewing.extend(hall.in_review(), by=hall.head, days=days, reason="案情复杂", notice_number="1号")


def test_what_is_overdue_is_not_extended(hall):
    case = hall.in_review()
    long_ago = today() - timedelta(days=90)
    Case.objects.filter(pk=case.pk).update(received_on=long_ago, accepted_on=long_ago)
    with pytest.raises(MoveRefused, match="limit has passed"):
        reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="1号")


# Refusal after filing


def test_nothing_is_refused_before_it_was_filed(hall):
    with pytest.raises(MoveRefused, match="signed by the head, before it is issued"):
        deciding.refuse(hall.in_review(), by=hall.handler, document_number="甘安许〔2026〕1号")


def test_nothing_is_refused_before_the_filing_is_signed(hall):
    with pytest.raises(MoveRefused, match="signed by the head, before it is issued"):
        deciding.refuse(hall.filed(), by=hall.handler, document_number="甘安许〔2026〕1号")


def test_a_head_does_not_sign_what_the_head_prepared(hall):
    case = hall.in_review()
    deciding.file_refusal(case, by=hall.head, basis="法", reasons="由", relief="复议")
    with pytest.raises(MoveRefused, match="somebody else signs"):
        deciding.sign_refusal(case, by=hall.head)


def test_the_database_holds_that_another_signs(hall):
    filing = NegativeFiling.objects.get(case=hall.filed())
    with pytest.raises(IntegrityError), transaction.atomic():
        NegativeFiling.objects.filter(pk=filing.pk).update(signed_by=filing.prepared_by, signed_at=filing.prepared_at)


def test_a_signed_filing_stays_as_it_is(hall):
    case = hall.filed()
    deciding.sign_refusal(case, by=hall.head)
    with pytest.raises(MoveRefused, match="it stays as it is"):
        deciding.file_refusal(case, by=hall.handler, basis="改", reasons="改", relief="改")


def signed(hall):
    case = hall.filed()
    deciding.sign_refusal(case, by=hall.head)
    return case


def test_a_signature_that_was_taken_back_lets_nothing_be_refused(hall):
    case = signed(hall)
    deciding.unsign_refusal(case, by=hall.head, reason="依据有误")
    with pytest.raises(MoveRefused, match="signed by the head, before it is issued"):
        deciding.refuse(case, by=hall.handler, document_number="甘安许〔2026〕1号")


def test_after_a_signature_was_taken_back_the_filing_is_written_anew(hall):
    case = signed(hall)
    deciding.unsign_refusal(case, by=hall.head, reason="依据有误")
    deciding.file_refusal(case, by=hall.handler, basis="条例第七条", reasons="改", relief="复议")
    assert NegativeFiling.objects.get(case=case).basis == "条例第七条"


def test_after_a_signature_was_taken_back_the_case_can_be_granted(hall):
    case = signed(hall)
    deciding.unsign_refusal(case, by=hall.head, reason="申请人已整改")
    deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")
    assert now(case).state == "granted"


def test_who_signed_and_why_it_was_taken_back_stay_among_the_moves(hall):
    case = signed(hall)
    deciding.unsign_refusal(case, by=hall.head, reason="依据有误")
    kept = case.moves.filter(act__in=["sign", "unsign"]).values_list("act", "by", "reason")
    assert list(kept) == [("sign", hall.head.pk, ""), ("unsign", hall.head.pk, "依据有误")]


def test_a_signature_that_is_not_there_is_not_taken_back(hall):
    with pytest.raises(MoveRefused, match="No signature is there"):
        deciding.unsign_refusal(hall.filed(), by=hall.head, reason="依据有误")


def test_a_signature_is_not_taken_back_without_a_reason(hall):
    case = signed(hall)
    with pytest.raises(MoveRefused, match="Give the reason"):
        deciding.unsign_refusal(case, by=hall.head, reason=" ")


def test_what_the_head_signed_to_refuse_is_not_granted(hall):
    case = hall.filed()
    deciding.sign_refusal(case, by=hall.head)
    with pytest.raises(MoveRefused, match="not granted"):
        deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")


# Numbers of decisions


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1号", "not in the standard form, as in"),
        ("甘安许[2026]第01号", "which is 甘安许〔2026〕1号"),
        ("No. 1", "not in the standard form"),
    ],
)
def test_a_decision_is_numbered_as_documents_are(hall, number, words):
    with pytest.raises(MoveRefused, match=words):
        deciding.grant(hall.in_review(), by=hall.handler, document_number=number)


def test_a_number_is_given_to_one_decision(hall):
    first, case = hall.granted(), hall.in_review()
    with pytest.raises(MoveRefused, match=f"another decision already: case {first.number}"):
        deciding.grant(case, by=hall.handler, document_number=f" {now(first).decision_number} ")
    assert now(case).state == "in_review"


def test_a_refusal_takes_no_number_of_a_grant(hall):
    first, case = hall.granted(), hall.filed()
    deciding.sign_refusal(case, by=hall.head)
    with pytest.raises(MoveRefused, match=first.number):
        deciding.refuse(case, by=hall.handler, document_number=now(first).decision_number)


@pytest.mark.parametrize("other", [{"kind": "filing"}, {"department": "finance"}])
def test_each_department_and_kind_counts_by_itself(hall, other):
    first = hall.granted()
    department = getattr(hall.bureau, other.get("department", "licensing"))
    handler = person_in(department, "clerk")
    case = hall.received(item=item_of(department, code="AQ-002", kind=other.get("kind", "licence")), by=handler)
    materials.accept(case, by=handler)
    reviewing.begin_review(case, by=handler)
    deciding.grant(case, by=handler, document_number=now(first).decision_number)
    assert now(case).decision_number == now(first).decision_number


def test_the_database_holds_that_no_number_is_given_twice(hall):
    first, second = hall.granted(), hall.granted()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=second.pk).update(decision_key=now(first).decision_key)


# No repeated acceptance


@pytest.mark.parametrize("written", ["一号井", " 一 号 井 ", "一号井。", "（一号井）"])
def test_the_same_applicant_item_and_subject_is_refused_with_the_first_case(hall, written):
    number = a_persons_number()
    first = hall.received(identifier=number)
    with pytest.raises(RepeatedApplication, match=first.number) as refused:
        hall.received(identifier=f" {number} ", subject=written, by=hall.handler)
    assert (refused.value.first, Case.objects.count()) == (first, 1)


@pytest.mark.parametrize(
    ("first", "second"), [("ＡＢ－12號", "ab-12号"), ("3 号 楼", "３号楼"), ("1-2号", "１～２号"), ("མཛོད་", "མཛོད")]
)
def test_character_width_case_script_and_signs_make_no_other_subject(hall, first, second):
    number = a_persons_number()
    hall.received(identifier=number, subject=first)
    with pytest.raises(RepeatedApplication):
        hall.received(identifier=number, subject=second)


@pytest.mark.parametrize(("first", "second"), [("1-2号", "12号"), ("一号井", "二号井"), ("བོད", "བད")])
def test_other_subjects_are_others(hall, first, second):
    number = a_persons_number()
    hall.received(identifier=number, subject=first)
    assert hall.received(identifier=number, subject=second).pk


def test_an_attempt_is_kept_and_logged(hall):
    number = a_persons_number()
    first = hall.received(identifier=number)
    with pytest.raises(RepeatedApplication):
        hall.received(identifier=number)
    attempt = RepeatedAttempt.objects.get()
    assert (attempt.first, attempt.by) == (first, hall.clerk)
    assert AuditEntry.objects.filter(action="hall.repeated", subject=str(first.pk)).exists()


@pytest.mark.parametrize("end", ["withdrawn", "not_accepted", "closed"])
def test_after_the_first_has_ended_the_applicant_comes_again(hall, end):
    number = a_persons_number()
    getattr(hall, end)(identifier=number)
    assert hall.received(identifier=number).state == "received"


def test_another_item_is_another_application(hall):
    number = a_persons_number()
    hall.received(identifier=number)
    assert hall.received(identifier=number, item=item_of(hall.bureau.licensing, code="AQ-002")).pk


def test_the_database_refuses_what_no_operation_asked(hall):
    first, second = hall.received(), hall.received()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=second.pk).update(applicant=first.applicant)


def test_the_same_form_sent_twice_is_one_case(hall):
    from uuid import uuid4

    token, number = uuid4(), a_persons_number()
    first, second = (hall.received(identifier=number, token=token) for _time in range(2))
    assert (first.pk, RepeatedAttempt.objects.count()) == (second.pk, 0)


# Numbers


def test_numbers_follow_each_other_by_kind_and_year(hall):
    filing = item_of(hall.bureau.licensing, code="BA-001", kind="filing")
    year = today().year
    numbers = [hall.received().number, hall.received(item=filing).number, hall.received().number]
    assert numbers == [f"{year}-LIC-000001", f"{year}-FIL-000001", f"{year}-LIC-000002"]


def test_what_is_refused_takes_no_number(hall):
    number = a_persons_number()
    hall.received(identifier=number)
    with pytest.raises(RepeatedApplication):
        hall.received(identifier=number)
    assert hall.received().number.endswith("000002")


def test_what_fails_at_its_end_takes_no_number(hall):
    hall.received()
    with pytest.raises(MoveRefused), transaction.atomic():
        case = hall.received()
        ending.close(case, by=hall.clerk)
    assert hall.received().number.endswith("000002")


def test_an_item_that_is_not_offered_is_not_received(hall):
    hall.item.versions.update(valid_to=today() - timedelta(days=1))
    with pytest.raises(MoveRefused, match="not offered"):
        receiving.receive(hall.item, kind="person", name="李", identifier=a_persons_number(), by=hall.clerk)


def test_a_case_keeps_the_version_under_which_it_was_received(hall):
    case = hall.received()
    hall.item.versions.update(valid_to=today())
    hall.item.versions.create(
        valid_from=today() + timedelta(days=1), legal_days=10, promised_days=5, legal_basis="法", who_may_apply="人"
    )
    assert (now(case).version, now(case).version.is_used) == (hall.version, True)


# What has happened stays


def test_each_move_is_written_down_with_who_when_and_why(hall):
    case = hall.withdrawn()
    told = [(move.act, move.from_state, move.to_state, move.by) for move in case.moves.all()]
    assert told == [("receive", "", "received", hall.clerk), ("withdraw", "received", "withdrawn", hall.clerk)]
    assert case.moves.last().reason == "申请人书面撤回"


def test_each_move_is_in_the_audit_log_without_what_was_said(hall):
    case = hall.withdrawn()
    entries = AuditEntry.objects.filter(subject_type="hall.case", subject=str(case.pk)).order_by("pk")
    assert [entry.action for entry in entries] == ["hall.receive", "hall.withdraw"]
    assert not any("申请人书面撤回" in repr(entry.facts) or "李小明" in repr(entry.facts) for entry in entries)


@pytest.mark.parametrize(
    "change",
    [
        lambda move: move.save(),
        lambda move: move.delete(),
        lambda move: Move.objects.update(reason="x"),
        lambda move: Move.objects.all().delete(),
    ],
)
def test_a_move_is_neither_changed_nor_deleted(hall, change):
    move = hall.received().moves.get()
    with pytest.raises(Unalterable):
        change(move)


# Who reads


def test_a_department_reads_its_own_cases_and_the_hall_all(hall):
    own = hall.received()
    others = hall.received(item=item_of(hall.bureau.finance, code="CW-001"))
    assert set(Case.objects.readable_by(hall.handler)) == {own}
    assert set(Case.objects.readable_by(hall.clerk)) == {own, others}


@pytest.mark.parametrize("name", ["cadre", "cadre2", "liaison", "reviewer", "office", "leader"])
def test_no_other_cadre_reads_a_case(hall, name):
    hall.received()
    assert not Case.objects.readable_by(getattr(hall.bureau, name)).exists()


def test_a_visitor_and_a_superuser_read_no_case(hall, admin_user):
    from django.contrib.auth.models import AnonymousUser

    hall.received()
    assert not Case.objects.readable_by(AnonymousUser()).exists()
    assert not Case.objects.readable_by(admin_user).exists()


def test_who_handles_no_case_receives_none(hall):
    with pytest.raises(MoveRefused, match="Only the hall's clerks"):
        hall.received(by=person_in(hall.bureau.finance, "clerk"))
