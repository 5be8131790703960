"""The hall in public: its front page and its screen, in numbers and without anybody's case."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from intranet.hall.front.numbers import numbers_of_today
from tests.factories import live_matter

PAGES = ("hall:home", "hall:screen")


class TestTheNumbers:
    def test_they_are_of_today_and_of_this_year(self, hall):
        hall.received()
        hall.granted()
        found = numbers_of_today()
        assert (found.received_today, found.accepted_today, found.completed_today, found.in_hand) == (2, 1, 1, 0)

    def test_what_silence_accepted_is_in_hand(self, hall):
        with time_machine.travel(timezone.now() - timedelta(days=20)):
            hall.received()
        assert numbers_of_today().in_hand == 1

    def test_a_screen_that_asks_again_at_once_counts_nothing_anew(self, hall, django_assert_num_queries):
        numbers_of_today()
        with django_assert_num_queries(0):
            numbers_of_today()

    def test_after_a_while_it_does(self, hall):
        numbers_of_today()
        hall.received()
        cache.clear()
        assert numbers_of_today().received_today == 1


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

    def test_numbers_of_few_are_not_told(self, client, hall, address):
        hall.granted()
        answer = client.get(reverse(address), headers={"accept-language": "en"})
        assert "fewer than 5" in answer.content.decode()

    def test_they_answer_where_there_is_no_hall_yet(self, client, db, address):
        assert client.get(reverse(address)).status_code == 200
