"""The demo's service items: families of what is done with what, each with the version that holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from intranet.disclosure.models import AttachedDocument, GuideMaterial, GuidePage
from intranet.hall.models import ItemMaterial, ItemVersion, ServiceItem
from intranet.organisation.models import Department

SINCE = date(2004, 7, 1)
"""When the Administrative Licensing Law came into force."""


@dataclass(frozen=True, slots=True)
class Offered:
    """An item with its version, how often people ask for it, and whether they are persons."""

    item: ServiceItem
    version: ItemVersion
    materials: list[ItemMaterial]
    weight: int
    by_persons: bool


@transaction.atomic
def load_items(content: dict[str, Any]) -> list[Offered]:
    """Make the items that are not there yet; returns all of them, in the order of their codes."""
    departments = {one.code: one for one in Department.objects.all()}
    guides = {page.identifier: page for page in GuidePage.objects.filter(translation_of=None)}
    offered = []
    for family in content["families"]:
        for code, name, guide in _members(family):
            item, is_new = ServiceItem.objects.get_or_create(
                code=code,
                defaults={
                    "kind": family["kind"],
                    "name_zh": name,
                    "department": departments[family["department"]],
                    "guide": guides.get(guide),
                },
            )
            version = _version(item, family) if is_new else item.versions.order_by("valid_from").first()
            if version is not None:
                weight, by_persons = family.get("weight", 1), family.get("persons", False)
                offered.append(Offered(item, version, list(version.materials.all()), weight, by_persons))
    return offered


def _members(family: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Code, name and guide of each of the family's items."""
    pairs = [
        (thing, act, family.get("guides", {}).get(thing, {}).get(act, guide))
        for thing in family["objects"]
        for act, guide in family["acts"].items()
    ]
    for number, (thing, act, guide) in enumerate(pairs, 1):
        yield f"{family['code']}-{number:03d}", family["name"].format(object=thing, act=act), guide


def _version(item: ServiceItem, family: dict[str, Any]) -> ItemVersion:
    """What the item's guide says, where it has one: the public is told what is counted."""
    guide = item.guide
    legal, promised = (guide.legal_limit_days, guide.promised_limit_days) if guide else family["days"]
    version = ItemVersion.objects.create(
        item=item,
        valid_from=SINCE,
        legal_basis=family["basis"],
        who_may_apply=family["who"],
        clock=family.get("clock", ItemVersion.Clock.ACCEPTANCE),
        legal_days=legal,
        promised_days=promised,
        result=family["result"],
        delivery="窗口领取或者邮寄送达",
    )
    asked = [{"name": name} for name in family["materials"]] if guide is None else list(_materials_of(guide))
    ItemMaterial.objects.bulk_create(
        ItemMaterial(version=version, sort_order=place, **said) for place, said in enumerate(asked)
    )
    return version


def _materials_of(guide: GuidePage) -> Iterator[dict[str, Any]]:
    files = {row.document.title.rpartition(".")[0]: row.document for row in guide.attachments.all()}
    return (_as_in(row, files) for row in guide.materials.all())


def _as_in(row: GuideMaterial, files: dict[str, AttachedDocument]) -> dict[str, Any]:
    """The material as the guide's words have it, with the guide's own file as the form to fill in."""
    number = re.match(r"[1-9]\d*", row.copies)
    is_copy, is_original = "复印件" in row.form, "原件" in row.form
    kind = ItemMaterial.Form.COPY if is_copy and not is_original else ItemMaterial.Form.ORIGINAL
    return {
        "name": row.name,
        "form": ItemMaterial.Form.BOTH if is_copy and is_original else kind,
        "copies": int(number[0]) if number else 1,
        "template": files.get(row.name),
        "is_deferrable": "可以补交" in row.form,
    }
