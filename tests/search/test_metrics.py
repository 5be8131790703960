"""`/metrics`: who may read it, and that its figures are true."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from intranet.disclosure.models import ExtractedText
from search.models import IndexTask
from search.outbox import enqueue, enqueue_overtaken
from search.worker import drain
from tests.factories import live_matter

FAR = {"REMOTE_ADDR": "203.0.113.9"}
TOKEN = "a-token-for-tests"


def figures(client, **headers) -> dict[str, float]:
    """Every figure by its name with labels."""
    answer = client.get("/metrics", **headers)
    assert answer.status_code == 200
    return {name: float(value) for name, value in re.findall(r"^(\w+(?:\{[^}]*\})?) (\S+)$", answer.text, re.MULTILINE)}


# Who may read it


def test_a_program_of_this_machine_reads_it(db, client):
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize("address", ["203.0.113.9", "10.0.0.3", "::ffff:10.0.0.3", "", "unix:"])
def test_it_is_absent_for_other_machines(db, client, address):
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"])
def test_it_is_absent_for_who_comes_through_a_proxy_of_this_machine(db, client, header):
    assert client.get("/metrics", headers={header: "203.0.113.9"}).status_code == 404


def test_it_is_open_to_who_shows_the_token(db, client, settings):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, **FAR).status_code == 200


@pytest.mark.parametrize("shown", ["Bearer another", "Bearer ", f"Basic {TOKEN}", TOKEN, "Bearer 令牌", ""])
def test_it_is_absent_for_who_shows_something_else(db, client, settings, shown):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": shown}, **FAR).status_code == 404


@pytest.mark.parametrize("shown", ["Bearer ", "Bearer", ""])
def test_no_token_in_the_settings_is_none_that_can_be_shown(db, client, settings, shown):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": shown}, **FAR).status_code == 404


# What it says


def test_a_change_that_waits_is_told_with_its_age(bureau, client):
    enqueue("matter:1")
    with time_machine.travel(timezone.now() + timedelta(seconds=90), tick=False):
        found = figures(client)
    assert (found["gongkai_index_pending"], found["gongkai_index_failed"]) == (1, 0)
    assert found["gongkai_index_lag_seconds"] == pytest.approx(90, abs=5)


def test_nothing_that_waits_is_told_as_none(bureau, client):
    live_matter(bureau.licensing)
    drain()
    found = figures(client)
    assert [found[f"gongkai_index_{name}"] for name in ("lag_seconds", "pending", "failed")] == [0, 0, 0]


def test_failed_changes_are_counted(bureau, client):
    enqueue("matter:1", "matter:2")
    IndexTask.objects.filter(key="matter:1").update(error="refused", attempts=3)
    assert figures(client)["gongkai_index_failed"] == 1


def test_an_engine_is_told_with_what_it_holds(bureau, client):
    live_matter(bureau.licensing)
    drain()
    found = figures(client)
    assert (found['gongkai_engine_up{engine="embedded"}'], found['gongkai_engine_documents{engine="embedded"}']) == (
        1,
        1,
    )


def test_an_engine_that_is_down_is_told_without_what_it_holds(bureau, client, settings):
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = "http://127.0.0.1:9/nowhere", ""
    found = figures(client)
    assert found['gongkai_engine_up{engine="elasticsearch"}'] == 0
    assert not [name for name in found if name.startswith("gongkai_engine_documents")]


@pytest.mark.parametrize(("text", "outcome"), [("烟花爆竹", "found"), ("没有这样的词语", "nothing")])
def test_searches_are_counted_by_engine_and_outcome(bureau, client, text, outcome):
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    drain()
    name = f'gongkai_search_seconds_count{{engine="embedded",outcome="{outcome}"}}'
    before = figures(client).get(name, 0)
    client.get("/api/search/", {"q": text})
    assert figures(client)[name] == before + 1


def test_a_reading_of_the_calendar_is_told(bureau, client):
    enqueue_overtaken()
    read = figures(client)["gongkai_calendar_read_timestamp_seconds"]
    assert read == pytest.approx(timezone.now().timestamp(), abs=60)


def test_files_without_their_text_are_counted_by_reason(bureau, client):
    for number in range(2):
        ExtractedText.objects.create(content_hash=str(number), status="unreadable", reason="damaged")
    assert figures(client)['gongkai_files_unread{reason="damaged"}'] == 2
