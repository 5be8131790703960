"""What the service items add to a guide's materials: the form to fill in, who issues it, whether it may follow."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils import timezone

from intranet.access.tokens import AnyUser, tokens_of
from intranet.disclosure.guide_translations import of_records
from intranet.disclosure.models import AttachedDocument, GuidePage
from intranet.disclosure.page_parts import Beside
from intranet.hall.guides.differences import versions_told_of
from intranet.hall.models import ItemMaterial, ItemVersion
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
    """What stands beside the guide's materials on its page, by their names."""
    told = told_of_materials([guide], tokens_of(user))[guide.pk]
    return {name: Beside(TEMPLATE, each) for name, each in told.items()}


def told_of_materials(guides: Collection[GuidePage], tokens: frozenset[str]) -> dict[int, dict[str, Told]]:
    """What the items in force today add to the materials of each guide, by its primary key and the material's name,
    for who carries these tokens. Load the guides with their materials; in a fixed number of queries.

    A translation's materials are taken to stand in the order of its text of record where there are as many.
    """
    versions, of_record = versions_told_of(guides, timezone.localdate()), of_records(guides)
    forms = {row.template_id for row in _asked(chain.from_iterable(versions.values()))}
    files = AttachedDocument.objects.filter(pk__in=forms - {None}).readable_with(tokens)
    readable = set(files.values_list("pk", flat=True))
    found = {}
    for guide in guides:
        asked: dict[str, list[ItemMaterial]] = defaultdict(list)
        for material in _asked(versions[guide.pk]):
            asked[unspaced(material.name)].append(material)
        names = _names(guide, [row.name for row in of_record[guide.translation_of_id]])
        told = {name: _told(asked[key], readable) for name, key in names if key in asked}
        found[guide.pk] = {name: each for name, each in told.items() if each}
    return found


def _asked(versions: Iterable[ItemVersion]) -> Iterable[ItemMaterial]:
    return chain.from_iterable(version.materials.all() for version in versions)


def _names(guide: GuidePage, of_record: list[str]) -> Iterable[tuple[str, str]]:
    """The names of the guide's materials, each with the key of the name in its text of record."""
    names = [row.name for row in guide.materials.all()]
    of_record = of_record if guide.translation_of_id else names
    return zip(names, map(unspaced, of_record), strict=True) if len(names) == len(of_record) else ()


def _told(materials: list[ItemMaterial], readable: Container[int]) -> Told:
    forms = dict.fromkeys(row.template for row in materials if row.template is not None)
    return Told(
        forms=[form for form in forms if form.pk in readable],
        sources=list(dict.fromkeys(row.source for row in materials if row.source)),
        may_follow=all(row.is_deferrable for row in materials),
    )
