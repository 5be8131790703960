"""In what a guide says otherwise than its service items, by which the window works and the limits are counted."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from intranet.disclosure.field_labels import label_of
from intranet.disclosure.models import GuidePage
from intranet.hall.models import ItemVersion
from intranet.listed import listed
from search.normalisation import unspaced

LIMITS = {"legal_limit_days": "legal_days", "promised_limit_days": "promised_days"}
"""A guide's fields, with the item's that say the same."""
MATERIALS = "materials"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place, and what each of the two says there; of materials, those that the other does not have."""

    place: str
    in_guide: str
    in_item: str

    @property
    def label(self) -> str:
        """The place as the guide's form calls it."""
        return label_of(GuidePage, self.place)


def versions_told_of(guides: Iterable[GuidePage], day: date) -> dict[int, list[ItemVersion]]:
    """The versions in force on the day of the items that each guide tells of, by the guide's primary key.

    A translation tells of the items of its text of record.
    """
    record_of = {guide.pk: guide.translation_of_id or guide.pk for guide in guides}
    rows = ItemVersion.objects.in_force(day).filter(item__guide__in=set(record_of.values()))
    by_record: dict[int, list[ItemVersion]] = defaultdict(list)
    for version in rows.select_related("item").prefetch_related("materials__template").order_by("item__code"):
        by_record[version.item.guide_id].append(version)
    return {guide: by_record[record] for guide, record in record_of.items()}


def differences(guide: GuidePage, versions: Iterable[ItemVersion]) -> dict[Difference, list[ItemVersion]]:
    """Each difference, with the versions that differ so."""
    found: dict[Difference, list[ItemVersion]] = defaultdict(list)
    for version in versions:
        for difference in _differences(guide, version):
            found[difference].append(version)
    return found


def _differences(guide: GuidePage, version: ItemVersion) -> Iterator[Difference]:
    for place, same in LIMITS.items():
        said, kept = getattr(guide, place), getattr(version, same)
        if said != kept:
            yield Difference(place, NOTHING if said is None else str(said), str(kept))
    if guide.translation_of_id:
        return  # names of another language
    # Script, width, case and spaces make no other paper of it.
    said_by_key = {unspaced(row.name): row.name for row in guide.materials.all()}
    kept_by_key = {unspaced(row.name): row.name for row in version.materials.all()}
    if said_by_key.keys() != kept_by_key.keys():
        yield Difference(MATERIALS, _only(said_by_key, kept_by_key), _only(kept_by_key, said_by_key))


def _only(names: dict[str, str], others: dict[str, str]) -> str:
    return listed(name for key, name in names.items() if key not in others) or NOTHING
