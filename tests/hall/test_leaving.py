"""When somebody of the hall leaves, the office is told what they had in hand, by its number."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intranet.hall.inquiries import asking
from intranet.hall.leaving import cases_of, questions_of
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import today


def numbers(part):
    return [name for name, _address in part.lines] if part else []


def test_their_unanswered_questions_are_listed(hall):
    made = asking.ask("许可证到期如何延期？", by=hall.handler)
    asking.ask("收费吗？", by=hall.clerk)
    assert numbers(questions_of(hall.handler)) == [made.number]


def test_so_are_those_that_they_were_asked_to_take_over(hall):
    made = asking.hand_over(asking.ask("收费吗？", by=hall.clerk), to=hall.handler, by=hall.clerk)
    assert numbers(questions_of(hall.handler)) == [made.number]


def test_an_answered_question_is_not(hall):
    made = asking.ask("许可证到期如何延期？", by=hall.handler)
    asking.answer(made, by=hall.handler, words="提前三个月", manner="spot")
    assert questions_of(hall.handler) is None


@pytest.fixture
def alone(hall):
    """The handler's department has no head any more, who handles its cases too."""
    hall.granted(subject="二号井")
    case = hall.in_review()
    hall.head.posts.update(ends_on=today() - timedelta(days=1))
    return case


def test_open_cases_that_nobody_else_handles_are_listed(hall, alone):
    assert numbers(cases_of(hall.handler)) == [alone.number]


def test_cases_that_a_colleague_handles_too_are_not(hall, alone):
    person_in(hall.bureau.licensing, Post.Kind.CLERK, username="colleague")
    assert cases_of(hall.handler) is None


@pytest.mark.parametrize("heading", ["Questions at the window", "Cases"])
def test_the_offices_screen_has_them(hall, alone, client, heading):
    asking.ask("许可证到期如何延期？", by=hall.handler)
    client.force_login(hall.bureau.office)
    page = client.get(reverse("publication:leaving", args=[hall.handler.pk])).content.decode()
    assert f">{heading}</h2>" in page
