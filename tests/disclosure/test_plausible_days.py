"""Days that nobody can mean: refused where they are typed, and nothing stops at one that is stored."""

from datetime import date

import pytest
from wagtail.models import Revision

from intranet.disclosure.models import MatterPage, NoticePage
from intranet.organisation.working_days import WorkingCalendar
from tests.disclosure.test_editing import add_url, notice_form
from tests.factories import draft_matter


@pytest.mark.parametrize("field", ["formed_on", "review_by", "go_live_at", "expire_at"])
@pytest.mark.parametrize("year", ["0001", "1899", "2200", "9999"])
def test_a_day_that_nobody_can_mean_is_refused_with_words(bureau, client, field, year):
    client.force_login(bureau.liaison)
    day = f"{year}-12-31 10:00" if field.endswith("_at") else f"{year}-12-31"
    answer = client.post(add_url(bureau, "notice"), notice_form(**{field: day}))
    assert answer.status_code == 200
    assert "is meant" in answer.text
    assert not NoticePage.objects.exists()


@pytest.mark.parametrize("day", ["1900-01-01", "2199-12-31"])
def test_every_day_of_these_centuries_is_taken(bureau, client, day):
    client.force_login(bureau.liaison)
    client.post(add_url(bureau, "notice"), notice_form(formed_on=day))
    assert NoticePage.objects.get().get_latest_revision_as_object().formed_on.isoformat() == day


def test_the_desk_opens_with_a_draft_of_the_last_of_all_days(bureau, client):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    written = draft.latest_revision.content | {"formed_on": date.max.isoformat()}
    Revision.objects.filter(pk=draft.latest_revision_id).update(content=written)
    MatterPage.objects.filter(pk=draft.pk).update(formed_on=date.max)
    client.force_login(bureau.liaison)
    assert client.get("/admin/").status_code == 200


@pytest.mark.django_db
def test_no_term_runs_beyond_the_last_of_all_days():
    assert WorkingCalendar().working_days_after(date.max, 20).on == date.max
