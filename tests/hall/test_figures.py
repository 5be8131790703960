"""The hall's figures: they balance, they say of time what the clocks say, and they lead to their cases."""

from datetime import date, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intranet.hall.clocks import Clocks
from intranet.hall.figures import views
from intranet.hall.figures.behind import pks_behind
from intranet.hall.figures.conditions import LABELS, OTHER_LABELS, Period
from intranet.hall.figures.counting import figures_by_item, in_all
from intranet.hall.figures.spent import spent_on
from intranet.hall.models import Applicant, Case, Extension, ItemVersion, Pause
from intranet.hall.refusals import RepeatedApplication
from tests.factories import Bureau
from tests.hall.cases import Hall, a_persons_number, item_of, today

BEGIN = date(2025, 1, 1)
PERIOD = Period(BEGIN, date(2025, 6, 30))
MOMENT = "2026-03-02T09:00:00+08:00"
_numbers = iter(range(1, 10**6))


@st.composite
def lives(draw):
    """The days of one case's life, as far as it came."""
    received = BEGIN + timedelta(days=draw(st.integers(-120, 240)))
    accepted = received + timedelta(days=draw(st.integers(0, 20)))
    decided = accepted + timedelta(days=draw(st.integers(0, 90)))
    end = draw(st.sampled_from(["received", "in_review", "granted", "refused", "withdrawn", "withdrawn early"]))
    pause = draw(st.none() | st.tuples(st.integers(0, 30), st.integers(0, 40)))
    return received, accepted, decided, end, pause, draw(st.none() | st.integers(1, 10))


def case_of(item, clerk, life):
    """A case with such a life, written as the moves would have left it."""
    received, accepted, decided, end, pause, extension = life
    number = next(_numbers)
    applicant = Applicant.objects.create(kind="person", name="李某", identifier_key=f"key-{number}")
    days = {"received_on": received, "materials_on": received, "state": end}
    if end in ("in_review", "granted", "refused", "withdrawn"):
        days["accepted_on"] = accepted
    if end in ("granted", "refused"):
        days |= {"outcome": end, "decided_on": decided, "decision_number": f"第{number}号", "decision_key": f"{number}"}
    if end.startswith("withdrawn"):
        days |= {"state": "withdrawn", "ended_on": decided}
    case = Case.objects.create(
        item=item, version=item.versions.get(), applicant=applicant, clerk=clerk, number=f"T-{number}", **days
    )
    if pause and end in ("granted", "refused"):
        began = min(accepted + timedelta(days=pause[0]), decided)
        ended = min(began + timedelta(days=pause[1]), decided)
        said = {"kind": "test", "notice_number": "1", "reason": "检测", "by": clerk}
        Pause.objects.create(case=case, began_on=began, ended_on=ended, **said)
    if extension and end in ("granted", "refused"):
        Extension.objects.create(
            case=case, days=extension, reason="复杂", notice_number="1", given_on=accepted, by=clerk
        )
    return case


class TestAgainstTheCases(TestCase):
    def setup_example(self):
        super().setup_example()
        self.hall = Hall(Bureau())

    @settings(max_examples=30, deadline=None)
    @given(st.lists(lives(), max_size=12))
    def test_opening_and_accepted_are_completed_withdrawn_and_closing(self, found):
        for life in found:
            case_of(self.hall.item, self.hall.clerk, life)
        with time_machine.travel(MOMENT):
            total = in_all(figures_by_item(Case.objects.all(), PERIOD))
        assert total.balances

    @settings(max_examples=40, deadline=None)
    @given(lives(), st.sampled_from(ItemVersion.Clock.values))
    def test_a_decision_is_in_time_where_its_clock_says_so(self, life, clock):
        self.hall.item.versions.update(clock=clock)
        case = case_of(self.hall.item, self.hall.clerk, (*life[:3], "granted", *life[4:]))
        [spent] = spent_on(Case.objects.filter(pk=case.pk))
        decision = Clocks().decision(Case.objects.with_clocks().get(pk=case.pk))
        assert spent.in_time_by_law == (case.decided_on <= decision.legal.on)
        assert spent.in_time_by_promise == (case.decided_on <= decision.promised.on)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(lives(), max_size=8), st.integers(1, 180))
    def test_two_periods_are_the_one_that_they_make_up(self, found, days):
        for life in found:
            case_of(self.hall.item, self.hall.clerk, life)
        middle = BEGIN + timedelta(days=days)
        with time_machine.travel(MOMENT):
            first, second, whole = (
                in_all(figures_by_item(Case.objects.all(), period))
                for period in (
                    Period(BEGIN, middle - timedelta(days=1)),
                    Period(middle, PERIOD.last),
                    PERIOD,
                )
            )
        assert first.counts["closing"] == second.counts["opening"]
        for name in ("accepted", "completed", "granted", "refused", "withdrawn"):
            assert first.counts[name] + second.counts[name] == whole.counts[name]

    @settings(max_examples=30, deadline=None)
    @given(st.lists(lives(), max_size=10))
    def test_behind_a_figure_are_as_many_cases_as_it_says(self, found):
        for life in found:
            case_of(self.hall.item, self.hall.clerk, life)
        with time_machine.travel(MOMENT):
            total = in_all(figures_by_item(Case.objects.all(), PERIOD))
            behind = {name: len(pks_behind(name, Case.objects.all(), PERIOD)) for name in [*LABELS, *OTHER_LABELS]}
        told = {name: total.counts[name] for name in LABELS}
        told |= {"in_time_by_law": total.in_time_by_law, "in_time_by_promise": total.in_time_by_promise}
        told |= dict.fromkeys(("average_days", "median_days"), total.days.total())
        assert behind == told | {"notices": 0, "repeated": 0}


def of_today(hall):
    return in_all(figures_by_item(Case.objects.all(), Period(today() - timedelta(days=30), today())))


class TestWhatIsCounted:
    def test_a_case_that_silence_accepted_counts_though_nobody_wrote_it_down(self, hall):
        with time_machine.travel(timezone.now() - timedelta(days=20)):
            hall.received()
        found = of_today(hall).counts
        assert (found["accepted"], found["deemed"], found["closing"]) == (1, 1, 1)

    def test_a_case_of_which_nothing_was_said_yet_is_not_accepted(self, hall):
        hall.received()
        assert of_today(hall).counts["accepted"] == 0

    def test_notices_are_counted(self, hall):
        hall.notified()
        assert of_today(hall).notices == 1

    def test_repeated_applications_are_counted(self, hall):
        identifier = a_persons_number()
        case = hall.in_review(identifier=identifier)
        with pytest.raises(RepeatedApplication, match=case.number):
            hall.received(identifier=identifier)
        assert of_today(hall).repeated == 1

    def test_half_of_the_decisions_took_no_longer_than_the_median(self, hall):
        hall.granted()
        assert of_today(hall).median_days == 0.0

    def test_the_number_of_queries_does_not_grow(self, hall, django_assert_max_num_queries):
        for _number in range(3):
            hall.granted()
        with django_assert_max_num_queries(10):
            of_today(hall)


class TestWhoSeesThem:
    def page(self, client, person, **asked):
        client.force_login(person)
        return client.get(reverse("hall_figures:page"), asked)

    @pytest.mark.parametrize("who", ["clerk", "handler", "head"])
    def test_who_handles_cases_does(self, client, hall, who):
        assert self.page(client, getattr(hall, who)).status_code == 200

    def test_the_office_does(self, client, hall):
        assert self.page(client, hall.bureau.office).status_code == 200

    def test_a_liaison_officer_does_not(self, client, hall):
        assert self.page(client, hall.bureau.liaison).status_code == 302

    def test_a_handler_sees_the_figures_of_the_own_department_alone(self, client, hall):
        other = item_of(hall.bureau.finance, code="CW-001")
        hall.received(item=other)
        hall.accepted()
        answer = self.page(client, hall.handler).content.decode()
        assert ("AQ-001" in answer, "CW-001" in answer) == (True, False)

    def test_the_office_sees_numbers_and_no_case(self, client, hall):
        case = hall.accepted()
        client.force_login(hall.bureau.office)
        address = reverse("hall_figures:cases", args=["accepted"])
        assert case.number not in client.get(address).content.decode()

    @pytest.mark.parametrize(("who", "is_led"), [("clerk", True), ("office", False)])
    def test_only_who_reads_cases_is_led_to_them(self, client, hall, who, is_led):
        hall.accepted()
        answer = self.page(client, hall.clerk if who == "clerk" else hall.bureau.office)
        assert (reverse("hall_figures:cases", args=["accepted"]) in answer.content.decode()) == is_led

    def test_a_figure_leads_to_its_cases(self, client, hall):
        case, other = hall.accepted(), hall.received()
        client.force_login(hall.clerk)
        answer = client.get(reverse("hall_figures:cases", args=["accepted"])).content.decode()
        assert (case.number in answer, other.number in answer) == (True, False)

    def test_every_figure_of_every_row_leads_to_its_cases(self, client, hall):
        identifier = a_persons_number()
        met, notified = hall.granted(identifier=identifier), hall.notified()
        hall.refused()
        open_case = hall.in_review(identifier=identifier, subject="二号井")
        with pytest.raises(RepeatedApplication, match=open_case.number):
            hall.received(identifier=identifier, subject="二号井")
        page = BeautifulSoup(self.page(client, hall.clerk).content, "html.parser")
        for row in page.select("tbody tr"):
            cells = row.select("td")
            shown = dict(zip([*LABELS, *OTHER_LABELS], cells, strict=True))
            assert [name for name, cell in shown.items() if cell.text not in ("0", "") and not cell.a] == []
            led = {name: client.get(cell.a["href"]).text for name, cell in shown.items() if cell.a}
            assert [name for name in ("in_time_by_law", "in_time_by_promise", "average_days", "median_days")
                    if met.number not in led[name]] == []  # fmt: skip
            assert (notified.number in led["notices"], met.number in led["notices"]) == (True, False)
            assert (open_case.number in led["repeated"], met.number in led["repeated"]) == (True, False)

    def test_a_decision_that_was_late_is_not_behind_those_in_time(self, client, hall):
        day = today() - timedelta(days=100)
        late = case_of(hall.item, hall.clerk, (day, day, day + timedelta(days=90), "granted", None, None))
        in_time = case_of(hall.item, hall.clerk, (day, day, day + timedelta(days=1), "granted", None, None))
        client.force_login(hall.clerk)
        asked = {"first": day.isoformat(), "last": today().isoformat()}
        for figure in ("in_time_by_law", "in_time_by_promise"):
            listed = client.get(reverse("hall_figures:cases", args=[figure]), asked).text
            assert (late.number in listed, in_time.number in listed) == (False, True)

    def test_the_list_goes_on_and_keeps_what_was_asked(self, client, hall, monkeypatch):
        monkeypatch.setattr(views, "A_PAGE", 2)
        mine = [hall.accepted(subject=f"{number}号井") for number in range(3)]
        other = hall.accepted(item=item_of(hall.bureau.finance, code="CW-001"), name="王五")
        client.force_login(hall.clerk)
        asked = {"department": hall.bureau.licensing.pk, "first": today().isoformat(), "last": today().isoformat()}
        address, found = reverse("hall_figures:cases", args=["accepted"]), []
        while address:
            page = BeautifulSoup(client.get(address, asked).content, "html.parser")
            found += [link.text for link in page.select("td.title a")]
            following = page.select_one("nav .next a[href]")
            address, asked = following and reverse("hall_figures:cases", args=["accepted"]) + following["href"], {}
        assert sorted(found) == sorted(case.number for case in mine)
        assert other.number not in found

    @pytest.mark.parametrize("figure", [*LABELS, *OTHER_LABELS])
    def test_each_figure_has_its_list(self, client, hall, figure):
        client.force_login(hall.clerk)
        assert client.get(reverse("hall_figures:cases", args=[figure])).status_code == 200

    def test_a_departments_figure_leads_to_its_cases_alone(self, client, hall):
        mine = hall.accepted()
        other = hall.accepted(item=item_of(hall.bureau.finance, code="CW-001"), name="王五")
        page = BeautifulSoup(self.page(client, hall.clerk).content, "html.parser")
        [row] = [row for row in page.select(".gk-figures__department") if str(other.item.department) in row.text]
        listed = client.get(row.select_one("a")["href"]).content.decode()
        assert (other.number in listed, mine.number in listed) == (True, False)

    def test_of_many_items_the_departments_are_listed_each_with_the_way_to_its_own(self, client, hall, monkeypatch):
        monkeypatch.setattr(views, "ITEMS_SHOWN", 1)
        hall.accepted()
        other = hall.accepted(item=item_of(hall.bureau.finance, code="CW-001"), name="王五")
        page = BeautifulSoup(self.page(client, hall.clerk).content, "html.parser")
        assert other.item.code not in page.text
        way = page.find("a", string=str(other.item.department))["href"]
        chosen = client.get(reverse("hall_figures:page") + way).content.decode()
        assert (other.item.code in chosen, hall.item.code in chosen) == (True, False)

    def test_the_file_says_what_the_table_says(self, client, hall):
        hall.accepted()
        answer = self.page(client, hall.clerk, format="csv").content.decode("utf-8-sig")
        assert "AQ-001" in answer.splitlines()[1]

    def test_a_period_that_ends_before_it_begins_is_told(self, client, hall):
        answer = self.page(client, hall.clerk, first="2026-02-01", last="2026-01-01")
        assert answer.context["form"].errors["last"]

    @pytest.mark.parametrize("year", ["0001", "1989", "9999"])
    def test_a_year_of_which_there_can_be_no_figures_is_told(self, client, hall, year):
        asked = {"first": f"{year}-01-01", "last": f"{year}-12-31"}
        with override("en"):
            answer = self.page(client, hall.clerk, **asked)
            assert "Ask for days of the years 1990 to" in answer.context["form"].errors["first"][0]
        assert client.get(reverse("hall_figures:cases", args=["opening"]), asked).status_code == 404

    @pytest.mark.parametrize("item", ["99999999999999999999999", "9" * 5000, "-1", "x"])
    def test_an_item_that_there_is_not_is_told(self, client, hall, item):
        answer = self.page(client, hall.clerk, item=item)
        assert (answer.status_code, [*answer.context["form"].errors]) == (200, ["item"])
        assert str(answer.context["form"].errors["item"][0]) in answer.text
        assert client.get(reverse("hall_figures:cases", args=["opening"]), {"item": item}).status_code == 404

    def test_an_items_figure_leads_to_its_cases_alone(self, client, hall):
        mine = hall.accepted()
        other = hall.accepted(item=item_of(hall.bureau.licensing, code="AQ-002"), name="王五")
        client.force_login(hall.clerk)
        listed = client.get(reverse("hall_figures:cases", args=["accepted"]), {"item": other.item.pk}).text
        assert (other.number in listed, mine.number in listed) == (True, False)
