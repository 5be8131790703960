"""Days by which a live matter is to be looked at again, and the word that it is still right."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.disclosure.intervals import next_look
from intranet.publication.looking_again import LookRefused, own_looks, still_right
from intranet.publication.reminders.waiting import waiting_by_person
from tests.factories import draft_matter, fresh, live_matter

DAY = timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def due(bureau, today):
    return live_matter(bureau.licensing, review_by=today, author=bureau.liaison)


@pytest.mark.parametrize(("days", "listed"), [(-30, True), (0, True), (14, True), (15, False)])
def test_it_is_on_the_desk_from_two_weeks_before_its_day(bureau, today, days, listed):
    live_matter(bureau.licensing, review_by=today + days * DAY)
    assert bool(own_looks(bureau.liaison)) is listed


def test_it_is_on_nobody_elses_desk(bureau, due):
    assert own_looks(bureau.cadre2) == []


def test_the_liaison_officer_is_reminded_on_its_day(bureau, due):
    assert [look.matter.pk for look in waiting_by_person()[bureau.liaison.pk].looks] == [due.pk]


def test_nobody_is_reminded_before_its_day(bureau, today):
    live_matter(bureau.licensing, review_by=today + DAY)
    assert bureau.liaison.pk not in waiting_by_person()


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_that_it_is_still_right_is_recorded_without_a_new_version(bureau, due, today, who):
    before = due.latest_revision_id
    still_right(due, by=getattr(bureau, who), again_on=today + 90 * DAY)
    now = fresh(due)
    assert (now.latest_revision_id, now.review_by, now.has_unpublished_changes) == (before, today + 90 * DAY, False)


def test_it_is_logged_with_the_next_day(bureau, due, today):
    still_right(due, by=bureau.liaison, again_on=today + DAY, remark="已核对")
    entry = PageLogEntry.objects.get(page=due.pk, action="gongkai.still_right")
    assert (entry.data["reason"], entry.data["again_on"]) == ("已核对", (today + DAY).isoformat())


@pytest.mark.parametrize("who", ["cadre", "cadre2", "office", "leader"])
def test_who_may_not_say_so(bureau, due, today, who):
    with pytest.raises(LookRefused, match="Only liaison officers"):
        still_right(due, by=getattr(bureau, who), again_on=today + DAY)


@pytest.mark.parametrize("days", [0, -1])
def test_the_next_day_lies_ahead(bureau, due, today, days):
    with pytest.raises(LookRefused, match="lies ahead"):
        still_right(due, by=bureau.liaison, again_on=today + days * DAY)


def test_a_draft_is_not_said_to_be_right(bureau, today):
    with pytest.raises(LookRefused, match="not live"):
        still_right(draft_matter(bureau.licensing), by=bureau.liaison, again_on=today + DAY)


def test_the_liaison_officer_says_so_on_the_screen(bureau, client, due, today):
    client.force_login(bureau.liaison)
    address = reverse("publication:still_right", args=[due.pk])
    assert address in client.get("/admin/").content.decode()
    client.post(address, {"again_on": (today + DAY).isoformat(), "remark": ""})
    assert fresh(due).review_by == today + DAY


def test_a_day_that_is_past_is_named_on_the_screen(bureau, client, due, today):
    client.force_login(bureau.liaison)
    response = client.post(reverse("publication:still_right", args=[due.pk]), {"again_on": today.isoformat()})
    assert "again_on" in response.context["form"].errors


def test_the_editor_proposes_the_interval_of_the_category(bureau, client):
    draft = draft_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff", author=bureau.liaison)
    client.force_login(bureau.liaison)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]
    assert form["review_by"].value() == next_look(draft.category.terms_on().update_interval)


def test_the_editor_proposes_nothing_where_the_interval_has_no_length(bureau, client):
    draft = draft_matter(bureau.licensing, category="E2", author=bureau.liaison)
    client.force_login(bureau.liaison)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).context["form"]
    assert form["review_by"].value() is None


def test_the_editor_offers_the_day_of_the_last_look(bureau, client, due, today):
    still_right(due, by=bureau.liaison, again_on=today + 90 * DAY)
    client.force_login(bureau.liaison)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[due.pk])).context["form"]
    assert form["review_by"].value() == today + 90 * DAY
