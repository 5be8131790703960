"""What the service items add to a guide's materials: the form to fill in, who issues it, whether it may follow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from intranet.access.rule import can_read
from intranet.access.tokens import AnyUser
from intranet.disclosure.models import AttachedDocument, GuidePage
from intranet.disclosure.page_parts import Beside
from intranet.hall.guides.differences import versions_told_of
from intranet.hall.models import ItemMaterial
from search.normalisation import unspaced

TEMPLATE = "hall/beside_material.html"


@dataclass(frozen=True, slots=True)
class Told:
    """Of one material, by all items of the guide that ask for it."""

    forms: list[AttachedDocument]
    """To fill in, those that the reader may download."""
    sources: list[str]
    may_follow: bool
    """Whether every item accepts a case without it."""

    def __bool__(self) -> bool:
        return bool(self.forms or self.sources or self.may_follow)


def beside_materials(guide: GuidePage, user: AnyUser) -> Mapping[str, Beside]:
    """What stands beside the guide's materials, by their names, as the items in force today have it.

    A translation's materials are taken to stand in the order of its text of record where there are as many.
    """
    asked: dict[str, list[ItemMaterial]] = defaultdict(list)
    for version in versions_told_of([guide], timezone.localdate())[guide.pk]:
        for material in version.materials.all():
            asked[unspaced(material.name)].append(material)
    told = {name: _told(asked[key], user) for name, key in _names(guide) if key in asked}
    return {name: Beside(TEMPLATE, each) for name, each in told.items() if each}


def _names(guide: GuidePage) -> Iterable[tuple[str, str]]:
    """The names of the guide's materials, each with the key of the name in its text of record."""
    names = [row.name for row in guide.materials.all()]
    record = guide.translation_of.specific if guide.translation_of_id else guide
    of_record = [row.name for row in record.materials.all()]
    return zip(names, map(unspaced, of_record), strict=True) if len(names) == len(of_record) else ()


def _told(materials: list[ItemMaterial], user: AnyUser) -> Told:
    forms = dict.fromkeys(row.template for row in materials if row.template is not None)
    return Told(
        forms=[form for form in forms if can_read(user, form)],
        sources=list(dict.fromkeys(row.source for row in materials if row.source)),
        may_follow=all(row.is_deferrable for row in materials),
    )
