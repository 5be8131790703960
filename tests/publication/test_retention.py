"""After its category's term a matter is disclosed no more, and says so."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageLogEntry

from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.publication.retention import ending, last_day
from tests.factories import fresh, live_matter

DAY = timedelta(days=1)


@given(st.dates(date(2004, 1, 1), date(2100, 12, 31)), st.integers(1, 100))
def test_a_term_is_never_shorter_than_its_years_and_ends_with_one(day, years):
    end = last_day(day, years)
    assert ((end.month, end.day), end.year - day.year) == ((12, 31), years)


@pytest.fixture
def old(bureau):
    """A notice disclosed in 2014, of a category that keeps its matters for ten years."""
    CategoryTerms.objects.filter(category__code="N2").update(retention_years=10)
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff", title="值班通知")
    MatterPage.objects.filter(pk=matter.pk).update(published_on=date(2014, 3, 1))
    return fresh(matter)


def clock(day):
    with time_machine.travel(timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 12))):
        call_command("publish_scheduled")


def test_it_stays_until_the_end_of_the_last_year(old):
    clock(date(2024, 12, 31))
    assert fresh(old).live


def test_it_is_taken_down_on_the_first_day_after(old):
    clock(date(2025, 1, 1))
    now = fresh(old)
    assert (now.live, now.ending, now.withdrawn_by) == (False, "retention", None)


def test_it_is_never_deleted(old):
    clock(date(2040, 1, 1))
    assert MatterPage.objects.filter(pk=old.pk).exists()


def test_taking_it_down_again_changes_nothing(old):
    clock(date(2025, 1, 1))
    clock(date(2025, 1, 2))
    assert PageLogEntry.objects.filter(page=old.pk, action="gongkai.retention").count() == 1


def test_a_dry_run_takes_nothing_down_and_names_it(old):
    out = StringIO()
    with time_machine.travel("2025-01-01T12:00:00+08:00"):
        call_command("publish_scheduled", dryrun=True, stdout=out)
    assert (fresh(old).live, old.index_number in out.getvalue()) == (True, True)


def test_its_address_says_why_to_its_former_readers(bureau, client, old):
    clock(date(2025, 1, 1))
    client.force_login(bureau.cadre)
    response = client.get(old.url)
    assert (response.status_code, "term" in response.content.decode()) == (410, True)


def test_its_address_is_absent_for_others(client, old):
    clock(date(2025, 1, 1))
    assert client.get(old.url).status_code == 404


def test_a_matter_without_end_stays(old):
    CategoryTerms.objects.filter(category__code="N2").update(retention_years=0)
    clock(date(2040, 1, 1))
    assert fresh(old).live


def test_a_regulation_in_force_stays_beyond_its_term(bureau):
    CategoryTerms.objects.filter(category__code="E2").update(retention_years=10)
    regulation = live_matter(bureau.licensing, effective_from=date(2004, 1, 1))
    MatterPage.objects.filter(pk=regulation.pk).update(published_on=date(2004, 1, 1))
    clock(date(2026, 1, 1))
    assert fresh(regulation).live


def test_a_regulation_that_has_ended_goes_after_its_term(bureau):
    CategoryTerms.objects.filter(category__code="E2").update(retention_years=10)
    regulation = live_matter(bureau.licensing, effective_from=date(2004, 1, 1), effective_until=date(2010, 1, 1))
    MatterPage.objects.filter(pk=regulation.pk).update(published_on=date(2004, 1, 1))
    clock(date(2026, 1, 1))
    assert not fresh(regulation).live


@pytest.mark.parametrize(("day", "seen"), [("2024-10-31", False), ("2024-11-01", True), ("2024-12-31", True)])
def test_the_office_sees_sixty_days_before_what_will_go(old, day, seen):
    with time_machine.travel(f"{day}T12:00:00+08:00"):
        assert [one.matter.pk for one in ending()] == ([old.pk] if seen else [])


def test_the_offices_desk_names_it(bureau, client, old):
    CategoryTerms.objects.filter(category__code="N2").update(retention_years=30)
    with time_machine.travel("2044-12-20T12:00:00+08:00", tick=False):
        client.force_login(bureau.office)
        assert "值班通知" in client.get("/admin/").content.decode()
