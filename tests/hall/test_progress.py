"""The public page of a case: opened by number and check code together, and silent about its applicant."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.hall.life import ending, materials, reviewing
from intranet.hall.models import CaseMaterial, WrongCode
from intranet.hall.progress.discretion import Discretion
from intranet.hall.progress.proving import case_proven, normalised_code, normalised_number
from intranet.hall.progress.session import KEPT
from intranet.hall.progress.throttling import FOR_A_NUMBER, FROM_AN_ADDRESS, FROM_AN_ADDRESS_FOR_A_NUMBER
from intranet.hall.sealing import unseal
from intranet.organisation.models import CalendarDay
from tests.hall.cases import a_persons_number, now, row

FORM, CASE = reverse("hall_progress"), reverse("hall_progress_case")


def code_of(case):
    return unseal(case.check_code_sealed)


def ask(client, number, code, **extra):
    return client.post(FORM, {"number": number, "code": code}, **extra)


def opened(client, case):
    """The page of the case, as its applicant opens it."""
    assert ask(client, case.number, code_of(case)).status_code == 302
    return client.get(CASE).content.decode()


# Number and code together


def test_number_and_code_together_open_the_case(hall, client):
    case = hall.received()
    assert case.number in opened(client, case)


def test_neither_alone_opens_it(hall, client):
    case = hall.received()
    for number, code in ((case.number, ""), ("", code_of(case)), (case.number, "A" * 10)):
        ask(client, number, code)
    assert client.get(CASE).status_code == 302


def test_the_code_of_another_case_does_not_open_it(hall, client):
    case, other = hall.received(), hall.received()
    ask(client, case.number, code_of(other))
    assert client.get(CASE).status_code == 302


@pytest.mark.parametrize(
    "write", [str.lower, lambda text: f" {text[:3]} {text[3:]} ", lambda text: text.replace("-", "")]
)
def test_both_are_read_however_they_are_typed(hall, client, write):
    case = hall.received()
    assert ask(client, write(case.number), write(code_of(case))).status_code == 302


def test_full_width_is_read_too():
    assert (normalised_number("２０２６－lic－12"), normalised_code("ａｂ c-2")) == ("2026-LIC-000012", "ABC2")


def test_a_wrong_number_and_a_wrong_code_are_answered_alike(hall, client):
    case = hall.received()

    def answer(number):
        page = Client().post(FORM, {"number": number, "code": "AAAAAAAAAA"})
        return page.status_code, page.content.decode().partition('<form class="form"')[2].replace(number, "")[400:]

    assert answer(case.number)[0] == answer("2026-LIC-999999")[0] == 200
    assert "do not belong together" in answer(case.number)[1]
    assert answer(case.number)[1] == answer("2026-LIC-999999")[1]


def test_an_unknown_number_takes_the_work_that_a_known_one_takes(hall, django_assert_num_queries, monkeypatch):
    case, opened = hall.received(), []
    monkeypatch.setattr("intranet.hall.progress.proving.unseal", lambda token: opened.append(token) or "X" * 10)
    with django_assert_num_queries(6):
        case_proven(case.number, "A", address="10.0.0.1")
    with django_assert_num_queries(6):
        case_proven("2026-LIC-999999", "A", address="10.0.0.2")
    assert [bool(token) for token in opened] == [True, True]


def test_the_number_may_come_with_the_address_and_the_code_may_not(hall, client):
    case = hall.received()
    assert case.number in client.get(FORM, {"number": case.number}).content.decode()
    with_code = client.get(FORM, {"number": case.number, "code": code_of(case)})
    assert (with_code.status_code, with_code["Location"], client.get(CASE).status_code) == (302, FORM, 302)


def test_a_code_is_not_sent_back(hall, client):
    assert "SECRETCODE" not in ask(client, "2026-LIC-000001", "SECRETCODE").content.decode()


def test_the_proof_ends_after_half_an_hour(hall, client):
    case = hall.received()
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        opened(client, case)
        clock.shift(timedelta(minutes=29))
        assert client.get(CASE).status_code == 200
        clock.shift(timedelta(minutes=2))
        assert client.get(CASE).status_code == 302


def test_who_is_done_shows_nothing_any_more(hall, client):
    opened(client, hall.received())
    client.post(reverse("hall_progress_leave"))
    assert client.get(CASE).status_code == 302


def test_a_session_that_was_there_before_gets_another_key(hall, client):
    case = hall.received()
    client.get(FORM)
    client.session.save()
    before = client.session.session_key
    opened(client, case)
    assert client.session.session_key != before


@pytest.mark.parametrize("path", [FORM, CASE, None], ids=["form", "case", "notice"])
def test_nothing_on_the_way_keeps_the_pages(hall, client, path):
    opened(client, hall.notified())
    page = client.get(path or paper_url(client, "notice-1"))
    headers = (page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"].partition(",")[0])
    assert (page.status_code, headers) == (200, ("no-store", "same-origin", "noindex"))
    assert '<meta name="robots" content="noindex, nofollow">' in page.content.decode()


def test_robots_are_asked_to_stay_away(client, db):
    assert "Disallow: /progress/" in client.get("/robots.txt").content.decode()


# Wrong codes


def wrong(client, number, times, address):
    for _time in range(times):
        answer = ask(client, number, "AAAAAAAAAA", REMOTE_ADDR=address)
    return answer


def test_after_five_wrong_codes_not_even_the_right_one_is_tried(hall, client):
    case = hall.received()
    assert wrong(client, case.number, FROM_AN_ADDRESS_FOR_A_NUMBER, "10.0.0.1").status_code == 200
    refused = ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.0.1")
    assert (refused.status_code, client.get(CASE).status_code) == (429, 302)


def test_it_is_said_how_long_and_holds(hall, client):
    case = hall.received()
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        wrong(client, case.number, FROM_AN_ADDRESS_FOR_A_NUMBER, "10.0.0.1")
        clock.shift(timedelta(minutes=5))
        refused = wrong(client, case.number, 3, "10.0.0.1")
        assert (refused["Retry-After"], "from 10:15, in 10 minutes" in refused.content.decode()) == ("600", True)
        clock.shift(timedelta(minutes=10, seconds=1))
        assert ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.0.1").status_code == 302


def test_an_unknown_number_is_refused_just_so(hall, client):
    assert wrong(client, "2026-LIC-999999", FROM_AN_ADDRESS_FOR_A_NUMBER + 1, "10.0.0.1").status_code == 429


def test_one_address_does_not_shut_an_applicant_out(hall, client):
    case = hall.received()
    wrong(client, case.number, 50, "10.0.0.1")
    assert ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.0.2").status_code == 302


def test_many_addresses_together_are_refused_for_the_number(hall, client):
    case = hall.received()
    for place in range(FOR_A_NUMBER):
        wrong(client, case.number, 1, f"10.0.1.{place}")
    assert ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.2.1").status_code == 429


def test_one_address_is_refused_for_all_numbers(hall, client):
    case = hall.received()
    for place in range(FROM_AN_ADDRESS):
        wrong(client, f"2026-LIC-{900000 + place}", 1, "10.0.0.1")
    assert ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.0.1").status_code == 429


def test_the_right_code_forgives_slips(hall, client):
    case = hall.received()
    wrong(client, case.number, FROM_AN_ADDRESS_FOR_A_NUMBER - 1, "10.0.0.1")
    ask(client, case.number, code_of(case), REMOTE_ADDR="10.0.0.1")
    assert WrongCode.objects.count() == 0


def test_neither_number_nor_address_is_kept(hall, client):
    case = hall.received()
    wrong(client, case.number, 1, "10.0.0.1")
    kept = WrongCode.objects.values().get()
    assert not any(text in str(kept) for text in (case.number, "10.0.0.1", "AAAAAAAAAA"))


# What the page says


@pytest.mark.parametrize(
    ("state", "stage", "awaited"),
    [
        ("received", "Received", "From the hall: a word"),
        ("notified", "Something is missing", "From you"),
        ("supplemented", "Supplemented", "From the hall: a word"),
        ("accepted", "Accepted", "the review and the decision"),
        ("not_accepted", "Not accepted", None),
        ("in_review", "In review", "the decision"),
        ("paused", "the clock stands still", "the decision"),
        ("filed", "In review", "the decision"),
        ("granted", "Granted", "handing the decision over"),
        ("refused", "Not granted", "handing the decision over"),
        ("delivered", "Delivered", None),
        ("closed", "Closed", None),
        ("withdrawn", "Withdrawn", None),
    ],
)
def test_the_stage_is_said_in_plain_words(hall, client, state, stage, awaited):
    page = opened(client, getattr(hall, state)())
    assert stage in page
    assert ("What is awaited" in page) is (awaited is not None)
    assert awaited is None or awaited in page


def test_a_refusal_that_is_only_filed_is_not_told(hall, client):
    page = opened(client, hall.filed())
    assert "refus" not in page.lower()
    assert "Not granted" not in page


def test_the_due_day_says_how_it_was_counted(hall, client):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        page = opened(client, hall.accepted())
    assert "March 23, 2026" in page
    assert "15 working days: to be done by" in page
    assert "20 working days" in page


def test_silence_accepts_on_the_page_from_its_day(hall, client):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        case = hall.received(brought=("申请书",))
    for day, is_said in ((9, False), (10, True)):
        with time_machine.travel(f"2026-03-{day:02d} 10:00+08:00", tick=False):
            page = opened(client, case)
            assert ("Nothing was said to you in time" in page) is is_said
            assert ("Accepted, since nothing was said in time" in page) is is_said


def test_a_day_that_the_calendar_has_moved_is_said_beside_the_one_on_paper(hall, client):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        case = hall.accepted()
        assert "Your paper says" not in opened(client, case)
        CalendarDay.objects.create(day=date(2026, 3, 5), is_working=False, reason="藏历年")
        assert "Your paper says March 23, 2026" in opened(client, case)


def test_the_page_takes_fewer_than_twenty_queries(hall, client, django_assert_max_num_queries):
    opened(client, hall.refused())
    with django_assert_max_num_queries(20):
        client.get(CASE)


# Notices


def paper_url(client, key, *, name="hall_progress_paper"):
    return reverse(name, args=[client.session.get(KEPT, {}).get("mark", "0"), key])


def paper(client, key, *, name="hall_progress_paper"):
    return client.get(paper_url(client, key, name=name))


def test_a_page_of_the_case_before_leads_to_no_notice_of_the_case_that_is_open_now(hall, client):
    opened(client, hall.notified())
    of_the_first = paper_url(client, "notice-1")
    opened(client, hall.notified(identifier=a_persons_number(), name="王二", subject="二号井"))
    assert client.get(of_the_first).url == FORM
    assert paper(client, "notice-1").status_code == 200


def test_a_proof_of_before_its_papers_had_a_mark_is_none(hall, client):
    opened(client, hall.notified())
    session = client.session
    del session[KEPT]["mark"]
    session[KEPT] = dict(session[KEPT])
    session.save()
    assert client.get(CASE).url == FORM


def test_the_notice_names_what_is_wanted(hall, client):
    opened(client, hall.notified())
    page = paper(client, "notice-1").content.decode()
    assert "营业执照" in page
    assert "复印件加盖公章" in page


def test_a_notice_is_taken_home_as_text(hall, client):
    case = hall.notified()
    opened(client, case)
    answer = paper(client, "notice-1", name="hall_progress_paper_file")
    assert f"{case.number}-notice-1.txt" in answer["Content-Disposition"]
    assert "复印件加盖公章" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("name", ["hall_progress_paper", "hall_progress_paper_file"])
def test_nobody_reads_a_notice_without_the_proof(hall, client, name):
    hall.notified()
    assert paper(client, "notice-1", name=name).status_code == 302


def test_a_case_has_its_own_notices_alone(hall, client):
    hall.notified()
    opened(client, hall.received())
    assert paper(client, "notice-1").status_code == 404


def test_pause_and_extension_are_read(hall, client):
    case = hall.in_review()
    reviewing.extend(case, by=hall.head, days=5, reason="案情复杂", notice_number="延期1号")
    reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=10, notice_number="中止2号")
    opened(client, case)
    assert "案情复杂" in paper(client, "extension").content.decode()
    assert "送检" in paper(client, "pause-1").content.decode()


def test_a_pause_tells_what_it_is_for_and_how_long_it_will_take(hall, client):
    opened(client, hall.paused())
    words = ("xamination, testing, quarantine or appraisal", "It is expected to take 10 working days.")
    for page in (client.get(CASE), paper(client, "pause-1"), paper(client, "pause-1", name="hall_progress_paper_file")):
        assert [each for each in words if each not in page.content.decode()] == []


@pytest.mark.parametrize(
    ("paused_in", "said"), [("March", "If the clock ran again today"), ("April", "Was due, before the clock stopped")]
)
def test_a_pause_makes_nothing_good_that_was_overdue(hall, client, paused_in, said):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        case = hall.in_review()
    with time_machine.travel(f"2026-{3 if paused_in == 'March' else 4}-10 10:00+08:00", tick=False):
        reviewing.pause(case, by=hall.handler, kind="test", reason="送检", expected_days=10, notice_number="中止2号")
        assert said in opened(client, case)


def test_the_reasons_of_a_refusal_are_read_once_it_is_delivered(hall, client):
    case = hall.refused()
    opened(client, case)
    assert "无安全设施" not in paper(client, "decision").content.decode()
    ending.deliver(case, by=hall.clerk, manner="signed", evidence="李小明")
    page = paper(client, "decision").content.decode()
    assert "无安全设施" in page
    assert "六十日内复议" in page


# Nothing of the applicant

RARE = st.text(alphabet="龘靐齉麤鱻爨癵驫", min_size=2, max_size=4)


def everything(client, case):
    opened(client, case)
    keys = ("notice-1", "pause-1", "extension", "decision", "not-accepted")
    pages = [client.get(CASE)]
    for name in ("hall_progress_paper", "hall_progress_paper_file"):
        pages += [answer for key in keys if (answer := paper(client, key, name=name)).status_code == 200]
    return "\n".join(page.content.decode() for page in pages)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=RARE, subject=RARE)
def test_no_page_names_applicant_or_subject_whatever_clerks_wrote(hall, name, subject):
    number, phone = a_persons_number(), "13893412345"
    leak = f"{name} {' '.join(name)} {subject} {number} {number[:6]} {number[6:]} {phone} 身份证{number}"
    case = hall.received(name=name, subject=subject, identifier=number, phone=phone, brought=("申请书",))
    materials.notify(case, by=hall.clerk, wanted={row(case, "营业执照"): leak})
    materials.supplement(case, by=hall.clerk, brought=[row(case, "营业执照")])
    materials.accept(case, by=hall.clerk)
    materials.take_in(case, by=hall.clerk, brought=list(CaseMaterial.objects.filter(case=case, received_on=None)))
    reviewing.begin_review(case, by=hall.handler)
    reviewing.extend(case, by=hall.head, days=5, reason=leak, notice_number=f"延期{name}")
    reviewing.pause(case, by=hall.handler, kind="test", reason=leak, expected_days=10, notice_number=f"中止{number}")
    text = everything(Client(), now(case))
    assert "×××" in text
    spaceless = "".join(text.split())
    assert [secret for secret in (name, subject, number, number[6:14], phone) if secret in spaceless] == []


def test_no_page_names_a_person_of_the_bureau(hall, client):
    text = everything(client, hall.refused())
    assert [person for person in (hall.clerk, hall.handler, hall.head) if str(person) in text] == []


def test_what_the_applicant_is_called_in_other_widths_is_taken_out_too(hall):
    case = now(hall.received(name="Tashi", subject="No.5矿"))
    assert Discretion(case).without("请ＴＡＳＨＩ补交n o 5 矿图纸") == "请×××补交×××图纸"
