"""Which guide do I need: from kind and activity to the guides that this visitor may read."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intranet.hall.models import Activity, ActivityItem, EnterpriseKind, ServiceItem
from tests.factories import live_matter
from tests.hall.cases import item_of, today

EMPTY = "No guide for this has been disclosed yet."


@pytest.fixture
def mine(hall):
    return EnterpriseKind.objects.create(name_zh="矿山企业", name_en="A mine")


@pytest.fixture
def activity(hall, mine):
    """To begin mining, for which the hall's item and another one are asked."""
    made = Activity.objects.create(kind=mine, name_zh="开矿", name_en="Begin mining")
    items = [hall.item, item_of(hall.bureau.licensing, code="AQ-002")]
    ActivityItem.objects.bulk_create(ActivityItem(activity=made, item=item) for item in items)
    return made


def guided(hall, code="AQ-001", **attributes):
    guide = live_matter(
        hall.bureau.licensing, **({"category": "E4", "type_code": "guide", "title": "开矿许可指南"} | attributes)
    )
    ServiceItem.objects.filter(code=code).update(guide=guide)
    return guide


def page_of(client, activity):
    return client.get(reverse("hall:finder_guides", args=[activity.kind_id, activity.pk])).text


def test_the_hall_leads_by_links_from_kind_to_activity_to_guide(hall, client, activity):
    guide = guided(hall)
    home = client.get(reverse("hall:home")).text
    first = client.get(reverse("hall:finder")).text
    second = client.get(reverse("hall:finder_activities", args=[activity.kind_id])).text
    assert reverse("hall:finder") in home
    assert reverse("hall:finder_activities", args=[activity.kind_id]) in first
    assert reverse("hall:finder_guides", args=[activity.kind_id, activity.pk]) in second
    assert guide.url in page_of(client, activity)


def test_an_item_without_a_guide_is_not_shown(hall, client, activity):
    guided(hall)
    assert [code in page_of(client, activity) for code in ("AQ-001", "AQ-002")] == [True, False]


def test_an_item_that_is_no_longer_offered_is_not_shown(hall, client, activity):
    guided(hall)
    hall.item.versions.update(valid_to=today() - timedelta(days=1))
    assert EMPTY in page_of(client, activity)


def test_a_guide_that_the_visitor_may_not_read_is_not_shown(hall, client, activity):
    guided(hall, category="N2", visibility="staff")
    assert EMPTY in page_of(client, activity)
    client.force_login(hall.bureau.cadre)
    assert "开矿许可指南" in page_of(client, activity)


def test_a_guide_of_several_items_is_shown_once(hall, client, activity):
    guide = guided(hall)
    ServiceItem.objects.filter(code="AQ-002").update(guide=guide)
    page = page_of(client, activity)
    assert (page.count(f'href="{guide.url}"'), "AQ-002" in page) == (1, True)


def test_without_kinds_it_says_so(client, db):
    assert "The hall has entered nothing here yet." in client.get(reverse("hall:finder")).text


def test_an_activity_of_another_kind_is_not_found(client, activity):
    other = EnterpriseKind.objects.create(name_zh="个人")
    assert client.get(reverse("hall:finder_guides", args=[other.pk, activity.pk])).status_code == 404


@pytest.mark.parametrize(("name", "may"), [("office", True), ("clerk", True), ("head", False)])
def test_the_office_and_the_hall_keep_it(hall, client, activity, name, may):
    client.force_login(hall.clerk if name == "clerk" else getattr(hall.bureau, name))
    address = reverse(Activity.snippet_viewset.get_url_name("edit"), args=[activity.pk])
    rows = {f"chosen_items-{part}_FORMS": number for part, number in (("TOTAL", 1), ("INITIAL", 0))}
    rows |= {"chosen_items-MIN_NUM_FORMS": 0, "chosen_items-MAX_NUM_FORMS": 1000}
    form = {"kind": activity.kind_id, "name_zh": "开采", "name_bo": "", "name_en": "", "position": 1}
    other = item_of(hall.bureau.licensing, code="AQ-003")
    client.post(address, form | rows | {"chosen_items-0-item": other.pk, "chosen_items-0-ORDER": 1})
    assert (Activity.objects.get().name_zh == "开采", other in activity.items.all()) == (may, may)


@pytest.mark.parametrize("number", [99999999999999999999, 10**30])
def test_a_number_that_nothing_has_is_not_found(client, activity, number):
    asked = [[number, activity.pk], [activity.kind_id, number], [activity.kind_id + 1, activity.pk]]
    assert {client.get(reverse("hall:finder_guides", args=args)).status_code for args in asked} == {404}
    assert client.get(reverse("hall:finder_activities", args=[number])).status_code == 404


def test_a_kind_goes_only_after_its_activities(hall, client, activity):
    client.force_login(hall.bureau.office)
    address = reverse(EnterpriseKind.snippet_viewset.get_url_name("delete"), args=[activity.kind_id])
    asked = client.get(address)
    client.post(address)
    assert Activity.objects.filter(pk=activity.pk).exists()
    activity.delete()
    client.post(address)
    assert (asked.status_code, EnterpriseKind.objects.count()) == (200, 0)
