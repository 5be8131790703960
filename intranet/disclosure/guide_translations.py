"""What the text of record of a translated guide lists, where a translation lists less, or more."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from intranet.disclosure.models import GuideMaterial, GuidePage


@dataclass(frozen=True, slots=True)
class OfRecord:
    """The materials of a text of record."""

    language: str
    materials: list[GuideMaterial]


def of_records(guides: Iterable[GuidePage]) -> Mapping[int | None, list[GuideMaterial]]:
    """The materials of the texts of record of those guides that are translations, in their order, by record's key."""
    records = {guide.translation_of_id for guide in guides} - {None}
    found: dict[int | None, list[GuideMaterial]] = defaultdict(list)
    if records:
        for material in GuideMaterial.objects.filter(page__in=records):
            found[material.page_id].append(material)
    return found


def listed_otherwise(guides: Collection[GuidePage], tokens: frozenset[str]) -> dict[int, OfRecord]:
    """The materials of record of each translation that lists another number of them, by the translation's key.

    Who follows the translation alone would be sent home for what it leaves out. Of records that who carries these
    tokens may read; load the guides with their materials.
    """
    materials = of_records(guides)
    other = {
        guide.pk: guide.translation_of_id
        for guide in guides
        if guide.translation_of_id and len(materials[guide.translation_of_id]) != len(guide.materials.all())
    }
    if not other:
        return {}
    readable = dict(
        GuidePage.objects.readable_with(tokens).filter(pk__in=set(other.values())).values_list("pk", "language")
    )
    return {pk: OfRecord(readable[record], materials[record]) for pk, record in other.items() if record in readable}
