"""Each search is counted, and nobody with it."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from search.demand.models import Asking, step_of
from search.demand.querysets import this_hour
from search.demand.recording import forget_outdated
from search.demand.sessions import COOKIE
from tests.search.demand.conftest import QUERY

pytestmark = pytest.mark.django_db


def lines() -> list[Asking]:
    return list(Asking.objects.order_by("pk"))


@pytest.mark.parametrize("path", ["/search/", "/api/search/"])
def test_a_search_is_kept_by_its_words_hour_and_steps(browser, matters, path):
    browser().get(path, {"q": " 烟花爆竹 "})
    (line,) = lines()
    assert (line.text, line.results_from, line.relaxed, line.engine, line.language, line.side) == (
        QUERY, 1, "", "embedded", "zh-hans", "public",
    )  # fmt: skip
    assert line.asked_at == this_hour()


def test_the_log_has_no_place_for_a_person_or_an_address():
    assert {field.name for field in Asking._meta.get_fields() if field.concrete} == {
        "id", "text", "is_masked", "asked_at", "side", "language", "engine", "results_from", "relaxed", "narrowed_by",
        "session",
    }  # fmt: skip


@pytest.mark.parametrize(("total", "step"), [(0, 0), (1, 1), (10, 1), (11, 11), (100, 11), (101, 101), (9999, 1001)])
def test_the_number_of_results_is_kept_by_its_step(total, step):
    assert step_of(total) == step


def test_a_cadre_is_counted_as_one_and_not_by_name(browser, bureau, matters):
    browser(person=bureau.cadre).get("/search/", {"q": QUERY})
    assert [line.side for line in lines()] == ["cadre"]


def test_a_search_without_results_is_kept(browser, matters):
    browser().get("/search/", {"q": "尾矿库闭库"})
    assert [(line.text, line.results_from) for line in lines()] == [("尾矿库闭库", 0)]


def test_filters_and_order_are_kept_by_name(browser, matters):
    browser().get("/search/", {"q": QUERY, "department": "licensing", "sort": "newest"})
    assert [line.narrowed_by for line in lines()] == ["department sort:newest"]


@pytest.mark.parametrize("params", [{"q": QUERY, "page": 2}, {"q": ""}, {"q": "", "department": "licensing"}, {}])
def test_what_asks_for_no_words_or_a_later_page_is_not_counted(browser, matters, params):
    browser().get("/search/", params)
    assert lines() == []


def test_a_repeat_in_the_same_session_is_counted_once(browser, matters):
    visitor = browser()
    for _time in range(3):
        visitor.get("/search/", {"q": QUERY})
        visitor.get("/api/search/", {"q": QUERY})
    assert len(lines()) == 1


def test_a_repeat_hours_later_is_counted_again(browser, matters):
    visitor = browser()
    with time_machine.travel("2026-11-25 09:00+08:00", tick=False) as clock:
        visitor.get("/search/", {"q": QUERY})
        clock.shift(timedelta(hours=3))
        visitor.get("/search/", {"q": QUERY})
    assert len({line.session for line in lines()}) == 1
    assert len(lines()) == 2


def test_two_browsers_are_two_sessions(browser, matters):
    for _visitor in range(2):
        browser().get("/search/", {"q": QUERY})
    assert len({line.session for line in lines()}) == 2


def test_the_next_day_is_another_session(browser, matters):
    visitor = browser()
    with time_machine.travel("2026-11-25 23:30+08:00", tick=False) as clock:
        visitor.get("/search/", {"q": QUERY})
        kept = visitor.cookies[COOKIE].value
        clock.shift(timedelta(hours=1))
        visitor.cookies[COOKIE] = kept  # a browser whose clock is wrong sends it still
        visitor.get("/search/", {"q": QUERY})
    assert len({line.session for line in lines()}) == 2


def test_the_cookie_ends_at_midnight_and_no_script_reads_it(browser, matters):
    visitor = browser()
    with time_machine.travel("2026-11-25 23:00+08:00", tick=False):
        visitor.get("/search/", {"q": QUERY})
    cookie = visitor.cookies[COOKIE]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (3600, True, "Lax")


def test_what_is_kept_is_not_the_cookie(browser, matters):
    visitor = browser()
    visitor.get("/search/", {"q": QUERY})
    assert lines()[0].session not in visitor.cookies[COOKIE].value


@pytest.mark.parametrize("header", ["DNT", "Sec-GPC"])
def test_who_asks_not_to_be_tracked_is_not_counted(browser, matters, header):
    visitor = browser(**{header: "1"})
    answer = visitor.get("/search/", {"q": QUERY})
    assert (lines(), COOKIE in visitor.cookies) == ([], False)
    assert "烟花爆竹办法0" in answer.text.replace("<mark>", "").replace("</mark>", "")


def test_personal_data_is_not_kept(browser, matters):
    browser().get("/search/", {"q": "张三 13909411234"})
    assert [(line.text, line.is_masked) for line in lines()] == [("张三 [phone]", True)]


@pytest.mark.django_db(transaction=True)
def test_a_search_answers_while_the_table_is_away(browser, matters):
    with connection.schema_editor() as editor:
        editor.delete_model(Asking)
    try:
        answer = browser().get("/search/", {"q": QUERY})
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(Asking)
    assert (answer.status_code, len(answer.context["results"].results)) == (200, 2)


# Forgetting


def asked(days_ago: int, **fields: object) -> Asking:
    fields = {"side": "public", "language": "zh-hans", "engine": "embedded", "results_from": 1, **fields}
    moment = this_hour() - timedelta(days=days_ago)
    return Asking.objects.create(text=f"{days_ago}", asked_at=moment, session="s", **fields)


def test_what_is_older_than_ninety_days_is_forgotten(matters):
    old, young = asked(91), asked(89)
    assert forget_outdated() == 1
    assert [line.pk for line in lines()] == [young.pk] != [old.pk]


def test_the_command_says_how_many_were_forgotten(matters):
    asked(91)
    told = StringIO()
    call_command("search", "forget", stdout=told)
    assert told.getvalue() == "1 searches forgotten.\n"


def test_the_worker_forgets_daily(matters):
    from search.management.commands.search import read_calendar

    asked(91)
    read_calendar()
    assert lines() == []


def test_the_hour_is_kept_without_its_minutes():
    with time_machine.travel("2026-11-25 09:41:13+08:00", tick=False):
        assert timezone.localtime(this_hour()).strftime("%H:%M:%S") == "09:00:00"
