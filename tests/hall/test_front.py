"""The hall in public: its front page and its screen, in numbers and without anybody's case."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from intranet.hall.front.numbers import ThisYear, Today, numbers_of_this_year, numbers_of_today
from tests.factories import live_matter
from tests.hall.cases import today
from tests.hall.test_figures import case_of

PAGES = ("hall:home", "hall:screen")
MONTH = "2026-03"


@pytest.fixture
def second_of_march(time_machine):
    time_machine.move_to(f"{MONTH}-02 09:00+08:00", tick=False)


def cases_of(hall, day, *, times, end="granted"):
    for _number in range(times):
        case_of(hall.item, hall.clerk, (day, day, day, end, None, None))


@pytest.mark.usefixtures("second_of_march")
class TestTheNumbersOfToday:
    def test_they_are_of_today(self, hall):
        cases_of(hall, today(), times=5)
        cases_of(hall, today(), times=5, end="received")
        cases_of(hall, today() - timedelta(days=1), times=5)
        assert numbers_of_today() == Today(received=10, accepted=5, completed=5)

    @pytest.mark.parametrize(("times", "words"), [(0, "fewer than 5"), (4, "fewer than 5"), (5, "5 or more"),
                                                  (9, "5 or more"), (10, "10 or more")])  # fmt: skip
    def test_a_single_case_changes_none_between_two_fives(self, client, hall, times, words):
        cases_of(hall, today(), times=times)
        page = client.get(reverse("hall:screen"), headers={"accept-language": "en"}).text
        told = BeautifulSoup(page, "html.parser").select(".numbers dd")
        assert [each.text for each in told[:3]] == [words] * 3

    def test_a_screen_that_asks_again_at_once_counts_nothing_anew(self, hall, django_assert_num_queries):
        numbers_of_today()
        with django_assert_num_queries(0):
            numbers_of_today()

    def test_after_a_while_it_does(self, hall):
        numbers_of_today()
        cases_of(hall, today(), times=5)
        cache.clear()
        assert numbers_of_today().received == 5


class TestTheNumbersOfTheYear:
    def test_they_are_those_of_the_end_of_last_month(self, hall, second_of_march):
        cases_of(hall, today().replace(day=1) - timedelta(days=1), times=13)
        cases_of(hall, today(), times=20)
        assert numbers_of_this_year() == ThisYear(date(today().year, 2, 28), accepted=10, completed=10)

    @pytest.mark.parametrize("address", PAGES)
    def test_what_is_done_this_month_changes_nothing_of_them(self, client, hall, second_of_march, address):
        def shown():
            cache.clear()
            page = BeautifulSoup(client.get(reverse(address)).text, "html.parser")
            return [each.text for each in page.select("dd")][-2:]

        before = shown()
        cases_of(hall, today(), times=20)
        assert shown() == before

    @pytest.mark.parametrize("address", PAGES)
    def test_the_pages_say_up_to_which_day(self, client, hall, second_of_march, address):
        page = client.get(reverse(address), headers={"accept-language": "en"}).text
        with override("en"):
            assert date_format(today().replace(day=1) - timedelta(days=1), "DATE_FORMAT") in page

    def test_in_january_there_are_none(self, hall, time_machine):
        time_machine.move_to("2027-01-31 09:00+08:00", tick=False)
        cases_of(hall, date(2026, 12, 1), times=7)
        assert numbers_of_this_year() is None


@pytest.mark.parametrize("address", PAGES)
class TestThePages:
    def test_a_visitor_is_shown_the_guides_that_the_public_reads(self, client, hall, address):
        live_matter(hall.bureau.licensing, category="E4", type_code="guide", title="安全许可办事指南")
        assert "安全许可办事指南" in client.get(reverse(address)).content.decode()

    def test_a_cadre_sees_on_them_what_a_visitor_sees(self, client, hall, address):
        internal = {"category": "N2", "type_code": "guide", "visibility": "staff"}
        live_matter(hall.bureau.licensing, title="内部办事指南", **internal)
        client.force_login(hall.bureau.cadre)
        assert "内部办事指南" not in client.get(reverse(address)).content.decode()

    def test_nothing_of_an_applicant_is_on_them(self, client, hall, address):
        case = hall.granted(name="李小明", subject="一号井")
        answer = client.get(reverse(address)).content.decode()
        assert not [word for word in (case.number, "李小明", "李*", "一号井") if word in answer]

    def test_what_is_in_hand_is_not_told(self, client, hall, address):
        for _number in range(7):
            hall.accepted()
        answer = client.get(reverse(address), headers={"accept-language": "en"}).text
        assert "in hand" not in answer.lower()

    @pytest.mark.usefixtures("second_of_march")
    def test_numbers_of_few_are_not_told(self, client, hall, address):
        hall.granted()
        answer = client.get(reverse(address), headers={"accept-language": "en"})
        assert "fewer than 5" in answer.content.decode()

    def test_they_answer_where_there_is_no_hall_yet(self, client, db, address):
        assert client.get(reverse(address)).status_code == 200
