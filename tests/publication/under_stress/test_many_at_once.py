"""Many matters approved at once: each is checked and told by itself, and what breaks off loses nothing.

Each costs the same, so that sixty tell as much as five hundred; `MANY=500` approves as many as one choice may hold.
"""

import os
import re
from collections import defaultdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from intranet.disclosure.models import MatterPage
from intranet.publication import deciding_many
from intranet.publication.approval import current_step, return_to_author
from intranet.publication.awaiting import awaiting
from intranet.publication.deciding_many import approve_many
from intranet.publication.models import MatterTaskState, Release
from tests.factories import fresh
from tests.publication.under_stress.many import copies_at_head

MANY = int(os.environ.get("MANY", "60"))
DECIDE_MANY = reverse("publication:decide_many")


@pytest.fixture
def head(bureau, client):
    client.force_login(bureau.head)
    return client


@pytest.fixture
def some(at_head):
    return copies_at_head(at_head(title="样本"), 12)


def keys(matters):
    return [current_step(matter).pk for matter in matters]


def live(matters):
    return MatterPage.objects.live().filter(pk__in=[matter.pk for matter in matters]).count()


def text(response):
    return response.content.decode()


def narrow_category_of(matter):
    """What was approved by everybody before cannot go live any more."""
    matter.category.terms.update(widest_audience="staff")


def go_on(client, response):
    """Post what the page of progress posts by itself."""
    form = text(response).partition("data-goes-on")[2].partition("</form>")[0]
    fields = defaultdict(list)
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form):
        fields[name].append(value)
    return client.post(DECIDE_MANY, fields)


@pytest.fixture
def one_a_request(monkeypatch):
    monkeypatch.setattr(deciding_many, "monotonic", iter(range(0, 10**6, 100)).__next__)


def test_all_are_approved_each_by_itself(bureau, at_head):
    copies_at_head(at_head(title="样本"), MANY - 1)
    steps = awaiting(bureau.head)
    outcomes = approve_many(steps, by=bureau.head, seconds=float("inf"))
    assert (len(outcomes), [outcome.reasons for outcome in outcomes if outcome.reasons]) == (MANY, [])
    matters = MatterPage.objects.live()
    assert (matters.count(), matters.values("index_number").distinct().count()) == (MANY, MANY)
    assert Release.objects.filter(used_at=None).count() == 0
    assert awaiting(bureau.head) == []


def test_all_that_awaits_can_be_chosen_from_one_list(head, some):
    page = text(head.get(DECIDE_MANY, {"all": "1"}))
    assert page.count('name="state"') == 13


def test_the_desk_leads_to_that_list_where_it_shows_a_part(head, at_head, monkeypatch):
    at_head()
    at_head()
    monkeypatch.setattr("intranet.publication.desk.panels.SHOWN", 1)
    assert f"{DECIDE_MANY}?all=1" in text(head.get("/admin/"))


def test_a_request_decides_what_its_time_allows_and_asks_for_the_rest(head, some, one_a_request):
    page = head.post(DECIDE_MANY, {"state": keys(some), "comment": "同意"})
    assert ("1 of 12 are decided" in text(page), text(page).count('name="state"'), live(some)) == (True, 11, 1)


def test_going_on_decides_all_and_tells_of_each(head, some, one_a_request):
    page = head.post(DECIDE_MANY, {"state": keys(some), "comment": "同意"})
    while "data-goes-on" in text(page):
        page = go_on(head, page)
    told = text(page)
    assert ("12 matters were approved" in told, told.count("gk-finding__weight"), live(some)) == (True, 12, 12)
    comments = MatterTaskState.objects.filter(status=TaskState.STATUS_APPROVED, comment="同意")
    assert comments.count() == 12


def test_what_was_refused_on_the_way_is_told_at_the_end_with_its_reason(head, at_head, some, one_a_request):
    other = at_head(title="另一类", category="E7", type_code="notice")
    narrow_category_of(other)
    page = head.post(DECIDE_MANY, {"state": [*keys([other]), *keys(some)]})
    while "data-goes-on" in text(page):
        page = go_on(head, page)
    assert (text(page).count("wider than category E7 allows"), live([other, *some])) == (1, 12)


def test_some_that_cannot_go_live_keep_none_of_the_others(bureau, head, at_head, some):
    other = at_head(title="另一类", category="E7", type_code="notice")
    others = copies_at_head(other, 3)
    narrow_category_of(other)
    page = text(head.post(DECIDE_MANY, {"state": [*keys(others), *keys(some)]}))
    assert (live(some), live(others), page.count("wider than category E7 allows")) == (12, 0, 3)
    assert ("12 matters were approved" in page, "3 were not, and await" in page) == (True, True)


def test_what_could_not_go_live_is_in_no_half_state(bureau, at_head):
    other = at_head(category="E7", type_code="notice")
    narrow_category_of(other)
    before = current_step(fresh(other))
    approve_many(awaiting(bureau.head), by=bureau.head)
    before.refresh_from_db()
    assert (before.status, before.finished_by) == (TaskState.STATUS_IN_PROGRESS, None)
    assert not Release.objects.filter(matter_id=other.pk).exists()
    assert PageLogEntry.objects.filter(page=other.pk, action="wagtail.workflow.approve").count() == 1


def test_a_fault_in_one_stops_none_of_the_others_and_is_told(bureau, head, some, monkeypatch, caplog):
    broken = some[4]
    publish = MatterPage.publish

    def sometimes(self, *args, **kwargs):
        if self.pk == broken.pk:
            raise RuntimeError("disk full")
        return publish(self, *args, **kwargs)

    monkeypatch.setattr(MatterPage, "publish", sometimes)
    page = text(head.post(DECIDE_MANY, {"state": keys(some)}))
    assert (live(some), "a fault of the portal" in page, "disk full" in caplog.text) == (11, True, True)
    assert broken.pk in [step.matter.pk for step in awaiting(bureau.head)]


def test_what_a_request_that_died_had_approved_is_told_when_it_is_asked_again(bureau, head, some):
    chosen = keys(some)
    approve_many(awaiting(bureau.head)[:6], by=bureau.head)
    page = text(head.post(DECIDE_MANY, {"state": chosen}))
    assert (live(some), page.count("gk-finding__weight"), "awaits your decision no more" in page) == (12, 12, False)


def test_what_somebody_else_decided_meanwhile_is_told_and_left(bureau, head, some, one_a_request):
    page = head.post(DECIDE_MANY, {"state": keys(some)})
    waiting = next(step for step in awaiting(bureau.head) if step.matter.pk in {matter.pk for matter in some})
    return_to_author(fresh(waiting.matter), by=bureau.head, comment="请改")
    while "data-goes-on" in text(page):
        page = go_on(head, page)
    assert live(some) == 11


def test_what_another_page_carries_is_not_believed(bureau, head, some):
    page = text(head.post(DECIDE_MANY, {"state": keys(some[:1]), "told": "[[1,[['假的',[]]]]]:x:y"}))
    assert "假的" not in page


def cost(bureau, steps):
    with CaptureQueriesContext(connection) as captured:
        outcomes = approve_many(steps, by=bureau.head, seconds=float("inf"))
    assert not any(outcome.reasons for outcome in outcomes)
    return len(captured)


def test_the_price_of_each_is_the_same_however_many_there_are(bureau, some):
    steps = awaiting(bureau.head)
    approve_many(steps[:1], by=bureau.head)
    four, eight = cost(bureau, steps[1:5]), cost(bureau, steps[5:13])
    assert eight <= 2 * four
