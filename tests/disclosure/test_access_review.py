"""The office's access review: what it lists, what it does not tell, and ending several shares at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intranet.access.models import Share
from intranet.audit.models import AuditEntry
from intranet.disclosure.access_review import about_to_end, of_people_who_left, wider_than_usual, without_end
from tests.factories import live_matter, name_reader

pytestmark = pytest.mark.django_db
REVIEW, ENDING = "/admin/matters/access-review/", "/admin/matters/access-review/end/"


@pytest.fixture
def matter(bureau):
    return live_matter(
        bureau.licensing, category="N2", type_code="notice", visibility="leaders", title="领导小组会议纪要"
    )


@pytest.fixture
def desk(client, bureau):
    client.force_login(bureau.office)
    return client


def internal(bureau, visibility):
    return live_matter(bureau.licensing, category="N2", type_code="notice", visibility=visibility)


def test_it_is_the_offices(client, bureau):
    assert client.get(REVIEW).status_code == 302
    client.force_login(bureau.head)
    assert client.get(REVIEW).status_code == 302


@pytest.mark.parametrize(("days", "listed"), [(0, True), (14, True), (15, False), (None, False)])
def test_a_share_that_ends_within_two_weeks_is_about_to_end(bureau, matter, days, listed):
    name_reader(matter, bureau.cadre2, until=days if days is None else timezone.localdate() + timedelta(days=days))
    assert about_to_end().exists() == listed


def test_a_share_of_somebody_whose_post_ended_is_listed(bureau, matter):
    name_reader(matter, bureau.cadre2)
    assert not of_people_who_left().exists()
    bureau.cadre2.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert of_people_who_left().exists()


def test_a_share_of_a_closed_account_is_listed(bureau, matter):
    name_reader(matter, bureau.cadre2)
    bureau.cadre2.is_active = False
    bureau.cadre2.save()
    assert of_people_who_left().exists()


def test_a_share_without_an_end_is_listed(bureau, matter):
    name_reader(matter, bureau.cadre, until=timezone.localdate())
    endless = name_reader(matter, bureau.cadre2)
    assert list(without_end()) == [endless]


def test_a_matter_is_wider_than_usual_where_more_than_half_of_its_category_are_narrower(bureau):
    for _count in range(3):
        internal(bureau, "department")
    wide = [internal(bureau, "staff"), internal(bureau, "staff")]
    assert {(found.matter.pk, found.narrower, found.among) for found in wider_than_usual()[0]} == {
        (matter.pk, 3, 5) for matter in wide
    }


def test_of_many_wide_matters_the_first_are_read_and_all_are_counted(bureau):
    for visibility in ("department",) * 3 + ("staff",) * 2:
        internal(bureau, visibility)
    found, number = wider_than_usual(1)
    assert (len(found), number) == (1, 2)


def test_in_a_category_with_few_matters_nothing_is_usual(bureau):
    for visibility in ("department", "department", "department", "staff"):
        internal(bureau, visibility)
    assert wider_than_usual() == ([], 0)


def test_half_of_them_is_not_most(bureau):
    for visibility in ("department",) * 3 + ("staff",) * 3:
        internal(bureau, visibility)
    assert wider_than_usual() == ([], 0)


def test_a_matter_that_the_office_may_not_read_has_a_number_and_no_reason(desk, bureau, matter):
    name_reader(matter, bureau.cadre2)
    text = desk.get(REVIEW).content.decode()
    assert (f"№ {matter.pk}" in text, matter.title in text, "列席会议" in text) == (True, False, False)


def test_the_table_to_take_away_tells_no_more_than_the_screen(desk, bureau, matter):
    name_reader(matter, bureau.cadre2)
    text = b"".join(desk.get(REVIEW, {"export": "csv"})).decode()
    assert (f"№ {matter.pk}" in text, matter.title in text, "列席会议" in text) == (True, False, False)


def test_taking_it_away_is_recorded(desk):
    desk.get(REVIEW, {"export": "csv"})
    assert AuditEntry.objects.filter(action="access_review.export").count() == 1


def test_several_shares_are_ended_once_that_is_confirmed(desk, bureau, matter):
    shares = [name_reader(matter, reader).pk for reader in (bureau.cadre, bureau.cadre2)]
    desk.post(ENDING, {"share": shares})
    assert Share.objects.in_force().count() == 2
    desk.post(ENDING, {"share": shares, "confirmed": "1"})
    assert [share.ended_by for share in Share.objects.over()] == [bureau.office, bureau.office]


def test_a_head_ends_no_shares_there(client, bureau, matter):
    share = name_reader(matter, bureau.cadre2)
    client.force_login(bureau.head)
    client.post(ENDING, {"share": share.pk, "confirmed": "1"})
    assert Share.objects.in_force().exists()


def test_choosing_none_leads_back(desk):
    assert desk.post(ENDING).url == reverse("disclosure:access_review")
