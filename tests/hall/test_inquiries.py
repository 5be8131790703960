"""First inquiry: whoever is asked first owns a question until it is answered or somebody else has taken it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from intranet.audit.append_only import Unalterable
from intranet.audit.models import AuditEntry
from intranet.hall.inquiries import asking
from intranet.hall.inquiries.asking import InquiryRefused
from intranet.hall.inquiries.forms import AskForm
from intranet.hall.models import Inquiry, InquiryMove
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import item_of, today


def asked(hall, **said):
    return asking.ask("安全生产许可证到期如何延期？", by=said.pop("by", hall.clerk), **said)


def fresh(inquiry):
    return Inquiry.objects.get(pk=inquiry.pk)


def offered(hall):
    return asking.hand_over(asked(hall), to=hall.handler, by=hall.clerk)


def test_who_is_asked_owns_the_question(hall):
    made = asked(hall)
    assert (made.owner, made.first_asked, made.department, made.state) == (hall.clerk, hall.clerk, hall.unit, "open")
    assert made.number == f"{today().year}-ASK-000001"


@pytest.mark.parametrize("name", ["cadre", "liaison", "office", "leader"])
def test_who_handles_no_cases_takes_no_questions(hall, name):
    with pytest.raises(InquiryRefused, match="Only who handles cases"):
        asked(hall, by=getattr(hall.bureau, name))


@pytest.mark.parametrize("words", ["李某的电话13893412345怎么改？", "身份证 110101199003074258 能否办理"])
def test_a_question_keeps_no_number_of_a_person(hall, words):
    with pytest.raises(InquiryRefused, match="Leave out numbers"):
        asking.ask(words, by=hall.clerk)


def test_the_same_form_sent_twice_is_the_same_question(hall):
    token = uuid4()
    assert asked(hall, token=token) == asked(hall, token=token)


def test_it_stays_its_owners_until_it_is_taken(hall):
    made = offered(hall)
    assert (made.state, made.owner, made.offered_to) == ("offered", hall.clerk, hall.handler)
    taken = asking.accept(made, by=hall.handler)
    assert (taken.state, taken.owner, taken.department, taken.offered_to) == (
        "open", hall.handler, hall.bureau.licensing, None,
    )  # fmt: skip


def test_what_is_declined_goes_back_with_the_reason(hall):
    made = asking.decline(offered(hall), by=hall.handler, reason="不属本科室")
    assert (made.state, made.owner, made.moves.last().reason) == ("open", hall.clerk, "不属本科室")


def test_it_is_not_declined_without_a_reason(hall):
    with pytest.raises(InquiryRefused, match="the reason"):
        asking.decline(offered(hall), by=hall.handler, reason=" ")


@pytest.mark.parametrize("act", ["hand over", "decline"])
def test_a_reason_keeps_no_number_of_a_person(hall, act):
    made = asked(hall) if act == "hand over" else offered(hall)
    with pytest.raises(InquiryRefused, match="Leave out"):
        if act == "hand over":
            asking.hand_over(made, to=hall.handler, by=hall.clerk, reason="请回电13893012345")
        else:
            asking.decline(made, by=hall.handler, reason="请回电13893012345")


def test_it_is_handed_to_nobody_who_handles_no_cases(hall):
    with pytest.raises(InquiryRefused, match="does not handle cases"):
        asking.hand_over(asked(hall), to=hall.bureau.cadre, by=hall.clerk)


def test_what_somebody_left_is_answered_by_who_handles_the_departments_cases(hall):
    made = asked(hall, by=hall.handler)
    colleague = person_in(hall.bureau.licensing, Post.Kind.CLERK, username="colleague")
    with pytest.raises(InquiryRefused, match="Only its owner"):
        asking.answer(made, by=colleague, words="每三年一次", manner="spot")
    hall.handler.posts.update(ends_on=today() - timedelta(days=1))
    assert asking.answer(made, by=colleague, words="每三年一次", manner="spot").state == "answered"


def test_what_somebody_left_is_not_answered_by_another_department(hall):
    made = asked(hall, by=hall.handler)
    hall.handler.posts.update(ends_on=today() - timedelta(days=1))
    elsewhere = person_in(hall.bureau.finance, Post.Kind.CLERK, username="elsewhere")
    with pytest.raises(InquiryRefused, match="Only its owner"):
        asking.answer(made, by=elsewhere, words="每三年一次", manner="spot")


def test_an_answer_says_how_and_when(hall):
    made = asking.answer(asked(hall), by=hall.clerk, words="到期前三个月申请", manner="spot")
    assert (made.state, made.answered_on, made.answered_by) == ("answered", today(), "spot")


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("hand_over", lambda h: {"to": h.handler}),
        ("accept", lambda h: {}),
        ("decline", lambda h: {"reason": "x"}),
        ("answer", lambda h: {"words": "x", "manner": "spot"}),
    ],
)
@pytest.mark.parametrize("state", ["open", "offered", "answered"])
@pytest.mark.parametrize("name", ["owner", "taker", "other"])
def test_who_can_do_what_when(hall, act, said, state, name):
    made = asked(hall)
    if state == "offered":
        asking.hand_over(made, to=hall.handler, by=hall.clerk)
    elif state == "answered":
        asking.answer(made, by=hall.clerk, words="x", manner="spot")
    other = person_in(hall.unit, Post.Kind.CLERK)
    person = {"owner": hall.clerk, "taker": hall.handler, "other": other}[name]
    made = fresh(made)
    possible = {
        ("open", "owner"): {"hand_over", "answer"},
        ("offered", "owner"): {"hand_over", "answer"},
        ("offered", "taker"): {"accept", "decline"},
    }.get((state, name), set())
    assert {each.value for each in asking.acts_open_to(made, person)} == possible
    if act in possible:
        getattr(asking, act)(made, by=person, **said(hall))
        assert fresh(made).moves.last().act == act
    else:
        with pytest.raises(InquiryRefused):
            getattr(asking, act)(made, by=person, **said(hall))
        assert fresh(made).state == state


def test_each_act_is_written_down_for_good_and_logged(hall):
    made = asking.accept(offered(hall), by=hall.handler)
    assert [move.act for move in made.moves.all()] == ["ask", "hand_over", "accept"]
    assert AuditEntry.objects.filter(action__startswith="hall.inquiry.").count() == 3
    with pytest.raises(Unalterable):
        InquiryMove.objects.update(reason="x")


def test_the_database_refuses_an_answer_that_is_not_whole(hall):
    made = asked(hall)
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=made.pk).update(state="answered")


@pytest.mark.parametrize(("days", "day", "is_late"), [(5, 9, False), (5, 10, True), (15, 23, False), (15, 24, True)])
def test_it_is_late_from_the_day_after_its_last_working_day(hall, days, day, is_late):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        made = asked(hall, term_days=days)
    assert Inquiry.objects.overdue(date(2026, 3, day)).exists() is is_late
    assert (made.due_on() < date(2026, 3, day)) is is_late


def test_an_answered_one_is_not_late(hall):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        asking.answer(asked(hall), by=hall.clerk, words="x", manner="phone")
    assert not Inquiry.objects.overdue(date(2026, 3, 31)).exists()


# On the screen


def test_a_question_is_asked_handed_over_taken_and_answered_on_the_screens(hall, client):
    client.force_login(hall.clerk)
    form = {"question": "如何延期？", "item": "核发", "term_days": 5, "on": today().isoformat(), "token": uuid4()}
    client.post(reverse("hall_registers:ask"), form)
    client.post(reverse("hall_registers:ask"), form)
    made = Inquiry.objects.get()
    client.post(reverse("hall_registers:act", args=[made.pk, "hand_over"]), {"to": hall.handler.pk, "reason": ""})
    client.force_login(hall.handler)
    for act, said in (
        ("accept", {}),
        ("answer", {"words": "提前三个月", "manner": "phone", "on": today().isoformat()}),
    ):
        client.post(reverse("hall_registers:act", args=[made.pk, act]), said)
    page = client.get(reverse("hall_registers:inquiry", args=[made.pk])).content.decode()
    assert (fresh(made).state, fresh(made).owner, "提前三个月" in page) == ("answered", hall.handler, True)


@pytest.mark.parametrize("words", ["AQ-001", "核发", "aqsc"], ids=["its code", "a part of its name", "its initials"])
def test_an_item_is_given_by_words(hall, words):
    form = AskForm({"item": words})
    assert (form.is_valid(), form.cleaned_data["item"]) == (False, hall.item)


def test_words_of_no_item_are_told(hall):
    assert AskForm({"item": "烟花"}).errors["item"] == ["No service item is called so."]


def test_of_several_items_that_the_words_may_mean_five_are_named(hall):
    for number in range(6):
        item_of(hall.bureau.licensing, code=f"AQ-01{number}")
    [told] = AskForm({"item": "安全"}).errors["item"]
    assert (told.count("安全生产许可证核发"), told.endswith(" and 2 more.")) == (5, True)


def test_who_declines_is_led_to_the_register_and_told_so(hall, client):
    made = offered(hall)
    client.force_login(hall.handler)
    for _click in range(2):
        answer = client.post(reverse("hall_registers:act", args=[made.pk, "decline"]), {"reason": "x"}, follow=True)
        assert (answer.redirect_chain, answer.status_code) == ([(reverse("hall_registers:inquiries"), 302)], 200)
        assert "Done: declined." in answer.text
    assert (fresh(made).state, made.moves.count()) == ("open", 3)


def test_who_declines_and_reads_it_still_stays_with_it(hall, client):
    colleague = person_in(hall.unit, Post.Kind.CLERK)
    made = asking.hand_over(asked(hall), to=colleague, by=hall.clerk)
    client.force_login(colleague)
    answer = client.post(reverse("hall_registers:act", args=[made.pk, "decline"]), {"reason": "x"}, follow=True)
    assert answer.redirect_chain == [(reverse("hall_registers:inquiry", args=[made.pk]), 302)]
    assert "Done: declined." in answer.text


def test_who_never_had_to_do_with_it_does_not_find_it(hall, client):
    made = asked(hall)
    client.force_login(hall.handler)
    assert client.post(reverse("hall_registers:act", args=[made.pk, "decline"]), {"reason": "x"}).status_code == 404


def test_what_is_wrong_is_said_on_the_screen(hall, client):
    made = asked(hall)
    client.force_login(hall.clerk)
    said = {"words": "打13893412345", "manner": "phone", "on": today().isoformat()}
    page = client.post(reverse("hall_registers:act", args=[made.pk, "answer"]), said).content.decode()
    assert ("Leave out numbers" in page, fresh(made).state) == (True, "open")


def test_a_second_click_is_told_that_it_is_done(hall, client):
    made = asked(hall)
    client.force_login(hall.clerk)
    address = reverse("hall_registers:act", args=[made.pk, "answer"])
    said = {"words": "可以", "manner": "spot", "on": today().isoformat()}
    client.post(address, said)
    assert "is answered; this is not possible then" in client.post(address, said).content.decode()
    assert made.moves.count() == 2


@pytest.mark.parametrize(
    ("name", "status"), [("clerk", 200), ("handler", 404), ("head", 404), ("office", 404), ("cadre", 302)]
)
def test_a_question_is_read_by_who_reads_the_cases_there(hall, client, name, status):
    made = asked(hall)
    client.force_login(getattr(hall, name, None) or getattr(hall.bureau, name))
    assert client.get(reverse("hall_registers:inquiry", args=[made.pk])).status_code == status


def test_whom_it_is_handed_to_reads_it(hall, client):
    client.force_login(hall.handler)
    assert client.get(reverse("hall_registers:inquiry", args=[offered(hall).pk])).status_code == 200


def test_a_question_is_not_of_tomorrow(hall):
    with pytest.raises(InquiryRefused, match="in the future"):
        asked(hall, on=today() + timedelta(days=1))


def test_an_answer_to_a_question_that_another_has_taken_is_not_lost(hall, client):
    made = asking.ask("如何延期？", by=hall.handler)
    asking.accept(asking.hand_over(made, to=hall.clerk, by=hall.handler), by=hall.clerk)
    client.force_login(hall.handler)
    said = {"words": "写了很久的答复", "manner": "phone", "on": today().isoformat()}
    answer = client.post(reverse("hall_registers:act", args=[made.pk, "answer"]), said)
    assert answer.status_code == 409
    assert ("写了很久的答复" in answer.text, str(hall.clerk) in answer.text) == (True, True)
    assert fresh(made).answer == ""


def test_what_one_did_before_is_not_taken_for_what_one_does_now(hall, client):
    made = asked(hall)
    asking.decline(asking.hand_over(made, to=hall.handler, by=hall.clerk), by=hall.handler, reason="不归我科")
    asking.hand_over(fresh(made), to=hall.handler, by=hall.clerk)
    asking.answer(fresh(made), by=hall.clerk, words="答", manner="phone", on=today())
    client.force_login(hall.handler)
    address = reverse("hall_registers:act", args=[made.pk, "decline"])
    answer = client.post(address, {"reason": "写了很久的理由"})
    assert (answer.status_code, "写了很久的理由" in answer.text, "was answered by" in answer.text) == (409, True, True)


def test_who_never_had_it_learns_nothing_of_it(hall, client):
    made = asking.ask("如何延期？", by=hall.clerk)
    client.force_login(hall.handler)
    answer = client.post(reverse("hall_registers:act", args=[made.pk, "answer"]), {"words": "答"})
    assert answer.status_code == 404


def test_an_answer_typed_meanwhile_is_shown_beside_the_other(hall, client):
    made = asked(hall)
    asking.answer(made, by=hall.clerk, words="先到的答复", manner="phone", on=today())
    client.force_login(hall.clerk)
    said = {"words": "写了很久的答复", "manner": "phone", "on": today().isoformat()}
    assert "写了很久的答复" in client.post(reverse("hall_registers:act", args=[made.pk, "answer"]), said).text
