"""Service items in the admin: kept by the office and the hall, frozen where cases were received under them."""

from datetime import date

import pytest
from django.urls import reverse

from intranet.hall.models import ItemVersion, ServiceItem
from tests.hall.cases import today

NEW_ITEM = {"code": "AQ-009", "kind": "licence", "name_zh": "矿山安全许可", "name_bo": "", "name_en": "", "guide": ""}


def version_form(version, **changes):
    form = {
        "item": version.item_id, "valid_from": version.valid_from.isoformat(), "valid_to": "",
        "legal_basis": version.legal_basis, "who_may_apply": version.who_may_apply, "clock": version.clock,
        "legal_days": version.legal_days, "promised_days": version.promised_days, "notice_days": version.notice_days,
        "extension_days": version.extension_days, "delivery_days": version.delivery_days, "result": "", "delivery": "",
        "stages-TOTAL_FORMS": 0, "stages-INITIAL_FORMS": 0, "stages-MIN_NUM_FORMS": 0, "stages-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    materials = list(version.materials.all())
    form |= {"materials-TOTAL_FORMS": len(materials), "materials-INITIAL_FORMS": len(materials)}
    form |= {"materials-MIN_NUM_FORMS": 0, "materials-MAX_NUM_FORMS": 1000}
    for place, each in enumerate(materials):
        row = {"id": each.pk, "name": each.name, "form": each.form, "copies": each.copies, "source": "", "ORDER": place}
        row |= {"is_required": "on", "template": ""} | ({"is_deferrable": "on"} if each.is_deferrable else {})
        form |= {f"materials-{place}-{name}": value for name, value in row.items()}
    return form | changes


def edit(client, version, **changes):
    address = reverse(ItemVersion.snippet_viewset.get_url_name("edit"), args=[version.pk])
    return client.post(address, version_form(version, **changes))


def person_called(hall, name):
    return hall.clerk if name == "clerk" else getattr(hall.bureau, name)


@pytest.mark.parametrize("name", ["office", "clerk"])
def test_the_office_and_the_hall_enter_items(hall, client, name):
    client.force_login(person_called(hall, name))
    address = reverse(ServiceItem.snippet_viewset.get_url_name("add"))
    client.post(address, NEW_ITEM | {"department": hall.bureau.licensing.pk})
    assert ServiceItem.objects.filter(code="AQ-009").exists()


@pytest.mark.parametrize("name", ["cadre", "liaison", "head", "leader"])
def test_nobody_else_enters_items(hall, client, name):
    client.force_login(person_called(hall, name))
    address = reverse(ServiceItem.snippet_viewset.get_url_name("add"))
    client.post(address, NEW_ITEM | {"department": hall.bureau.licensing.pk})
    assert not ServiceItem.objects.filter(code="AQ-009").exists()


@pytest.mark.parametrize("model", [ServiceItem, ItemVersion])
def test_the_lists_open(hall, client, model):
    client.force_login(hall.bureau.office)
    listed = client.get(reverse(model.snippet_viewset.get_url_name("list")))
    assert hall.item.name_zh in listed.content.decode()


def test_an_item_is_found_by_a_part_of_its_name(hall, client):
    client.force_login(hall.clerk)
    address = reverse(ServiceItem.snippet_viewset.get_url_name("list_results"))
    found, other = (client.get(address, {"q": words}).content.decode() for words in ("生产许可", "婚姻登记"))
    assert (hall.item.code in found, hall.item.code in other) == (True, False)


def test_a_version_that_nothing_came_under_is_changed(hall, client):
    client.force_login(hall.bureau.office)
    edit(client, hall.version, promised_days=10)
    hall.version.refresh_from_db()
    assert hall.version.promised_days == 10


def test_a_version_that_a_case_came_under_stays_as_it_is(hall, client):
    hall.received()
    client.force_login(hall.bureau.office)
    answer = edit(client, hall.version, promised_days=10)
    hall.version.refresh_from_db()
    assert (hall.version.promised_days, "it stays as it is" in answer.content.decode()) == (15, True)


def test_its_materials_stay_too(hall, client):
    hall.received()
    client.force_login(hall.bureau.office)
    edit(client, hall.version, **{"materials-0-name": "另一材料"})
    assert not hall.version.materials.filter(name="另一材料").exists()


def test_a_version_that_a_case_came_under_is_ended(hall, client):
    hall.received()
    client.force_login(hall.bureau.office)
    edit(client, hall.version, valid_to=today().isoformat())
    hall.version.refresh_from_db()
    assert hall.version.valid_to == today()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"promised_days": 21}, "never longer than the legal one"),
        ({"valid_to": "2019-01-01"}, "ends before it begins"),
        ({"notice_days": 6}, "less than or equal to 5"),
        ({"extension_days": 11}, "less than or equal to 10"),
    ],
)
def test_a_version_promises_no_less_than_the_law(hall, client, changes, said):
    client.force_login(hall.bureau.office)
    assert said in edit(client, hall.version, **changes).content.decode()


def test_materials_of_one_name_are_refused(hall, client):
    client.force_login(hall.bureau.office)
    names = {f"materials-{place}-name": "申请书" for place, _each in enumerate(hall.version.materials.all())}
    answer = edit(client, hall.version, **names)
    assert "“申请书” stands twice." in answer.text
    assert hall.version.materials.filter(name="申请书").count() <= 1


def stages(*days):
    form = {"stages-TOTAL_FORMS": len(days)}
    for place, (legal, promised) in enumerate(days):
        row = {"name": f"第{place}步", "who": "", "legal_days": legal, "promised_days": promised, "ORDER": place}
        form |= {f"stages-{place}-{name}": value for name, value in row.items()}
    return form


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([(10, 8), (11, 7)], "By law the stages take 21 working days together, the item 20."),
        ([(10, 8), (10, 8)], "As promised the stages take 16 working days together, the item 15."),
    ],
)
def test_stages_take_no_longer_than_their_item(hall, client, days, said):
    client.force_login(hall.bureau.office)
    answer = edit(client, hall.version, **stages(*days))
    assert (said in answer.content.decode(), hall.version.stages.exists()) == (True, False)


def test_stages_share_the_items_limits(hall, client):
    client.force_login(hall.bureau.office)
    edit(client, hall.version, **stages((10, 8), (10, 7)))
    assert hall.version.stages.count() == 2


def test_a_stage_that_is_taken_out_does_not_count(hall, client):
    client.force_login(hall.bureau.office)
    edit(client, hall.version, **stages((10, 8), (10, 7), (10, 7)), **{"stages-2-DELETE": "on"})
    assert hall.version.stages.count() == 2


def test_two_versions_are_not_in_force_on_one_day(hall):
    from django.core.exceptions import ValidationError

    other = ItemVersion(
        item=hall.item,
        valid_from=date(2026, 1, 1),
        legal_days=20,
        promised_days=10,
        legal_basis="法",
        who_may_apply="人",
    )
    with pytest.raises(ValidationError, match="Another version is in force"):
        other.full_clean()
