"""Refusals that wait for a signature: whose desk they are on, and whose mail tells of them."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from intranet.access.delegating import delegate
from intranet.hall.life import deciding
from intranet.hall.signatures.awaited import awaited_signatures, signatures_awaited_from
from intranet.hall.signatures.reminding import signatures_by_person, unsigned_by_anybody_by_person
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import today


@pytest.fixture(autouse=True)
def in_spring():
    """A case of Monday, 2 March 2026 is to be decided by the 23rd, as promised."""
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        yield


def stand_in_of(hall):
    person = person_in(hall.bureau.finance, Post.Kind.HEAD)
    delegate(hall.head.posts.get(), to=person, starts_on=today(), ends_on=today(), by=hall.bureau.office)
    return person


def numbers(person):
    return [one.case.number for one in signatures_awaited_from(person)]


@pytest.mark.parametrize("who", ["head", "stand-in"])
def test_a_filing_waits_for_the_head_and_for_who_stands_in(hall, who):
    case = hall.filed()
    assert numbers(hall.head if who == "head" else stand_in_of(hall)) == [case.number]


@pytest.mark.parametrize("who", ["clerk", "handler", "another head", "office"])
def test_it_waits_for_nobody_else(hall, who):
    hall.filed()
    another = person_in(hall.bureau.finance, Post.Kind.HEAD)
    people = {"clerk": hall.clerk, "handler": hall.handler, "another head": another, "office": hall.bureau.office}
    assert numbers(people[who]) == []


def test_who_filed_it_is_not_asked_to_sign_it(hall):
    case = hall.in_review()
    deciding.file_refusal(case, by=hall.head, basis="法", reasons="由", relief="复议")
    deputy = person_in(hall.bureau.licensing, Post.Kind.DEPUTY_HEAD)
    assert (numbers(hall.head), numbers(deputy)) == ([], [case.number])


@pytest.mark.parametrize("done", ["signed", "granted"])
def test_what_is_signed_or_decided_waits_no_more(hall, done):
    case = hall.filed()
    if done == "signed":
        deciding.sign_refusal(case, by=hall.head)
    else:
        deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")
    assert awaited_signatures() == []


def test_it_waits_again_once_the_signature_is_taken_back(hall):
    case = hall.filed()
    deciding.sign_refusal(case, by=hall.head)
    deciding.unsign_refusal(case, by=hall.head, reason="依据有误")
    assert numbers(hall.head) == [case.number]


def test_it_is_due_when_its_case_is_to_be_decided(hall):
    hall.filed()
    [one] = awaited_signatures()
    assert one.due.on == date(2026, 3, 23)


def test_what_is_to_be_decided_first_comes_first(hall):
    with time_machine.travel("2026-03-04 10:00+08:00", tick=False):
        later = hall.filed()
    first = hall.filed(subject="二号井")
    assert numbers(hall.head) == [first.number, later.number]


def test_the_heads_desk_leads_to_the_case(hall, client):
    case = hall.filed()
    client.force_login(hall.head)
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("window:case", args=[case.number]) in desk


def test_a_desk_for_which_nothing_waits_has_no_such_panel(hall, client):
    client.force_login(hall.head)
    assert "Refusals to sign" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_days_mail_tells_the_head_and_the_stand_in(hall):
    case = hall.filed()
    stand_in = stand_in_of(hall)
    told = {person: [line.title for line in part.lines] for person, part in signatures_by_person().items()}
    assert told == {hall.head.pk: [case.number], stand_in.pk: [case.number]}


def filed_by_the_only_head(hall):
    case = hall.in_review()
    deciding.file_refusal(case, by=hall.head, basis="法", reasons="由", relief="复议")
    return case


def told_of_nobody():
    return {person: [line.title for line in part.lines] for person, part in unsigned_by_anybody_by_person().items()}


def test_the_office_is_told_of_a_filing_that_nobody_can_sign(hall):
    case = filed_by_the_only_head(hall)
    assert told_of_nobody() == {hall.bureau.office.pk: [case.number]}
    assert signatures_by_person() == {}


@pytest.mark.parametrize("mended", ["deputy", "delegation", "another filing"])
def test_it_is_told_no_more_once_somebody_can(hall, mended):
    case = filed_by_the_only_head(hall)
    if mended == "deputy":
        person_in(hall.bureau.licensing, Post.Kind.DEPUTY_HEAD)
    elif mended == "delegation":
        stand_in_of(hall)
    else:
        deciding.file_refusal(case, by=hall.handler, basis="法", reasons="由", relief="复议")
    assert told_of_nobody() == {}


@pytest.mark.parametrize("by", ["head", "handler"])
def test_the_case_says_when_nobody_can_sign(hall, client, by):
    case = filed_by_the_only_head(hall) if by == "head" else hall.filed()
    client.force_login(hall.head)
    page = client.get(reverse("window:case", args=[case.number])).content.decode()
    assert ("Nobody in office can sign it" in page) is (by == "head")


def test_the_days_mail_names_no_applicant(hall):
    hall.filed()
    part = signatures_by_person()[hall.head.pk]
    assert [str(line.note) for line in part.lines] == [hall.item.name]
