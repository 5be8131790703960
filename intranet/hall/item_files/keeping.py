"""What a file does not have a column for stays as it is: an item's words, a version's limits and lists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from intranet.hall.item_files.columns import BY_NAME, OF_ITEM, OF_VERSION
from intranet.hall.item_files.parts import Part, part_of
from intranet.hall.item_files.reading import Entry
from intranet.hall.models import ItemVersion, ServiceItem

DAYS = frozenset({"valid_from", "valid_to"})
"""Of each version its own: another one's are never taken over."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What a version says, stored or of an earlier row."""

    valid_from: date
    values: dict[str, Any]
    materials: list[Part]
    stages: list[Part]


def with_what_is_kept(
    entries: Iterable[Entry], item: ServiceItem | None, versions: Iterable[ItemVersion], absent: frozenset[str]
) -> Iterator[Entry]:
    """The entries of one item, in the order of their days, with what they leave unsaid.

    That is what the version of the same day says, else the one before it; of what has neither, each column's default.
    """
    known = [_stored(version) for version in versions]
    for entry in entries:
        values = {
            column.name: (getattr(item, column.name) or "") if item else column.default
            for column in OF_ITEM
            if column.name in absent
        }
        whole = replace(entry, item=entry.item | values)
        if entry.version:
            whole = _version_whole(whole, _base_of(entry.valid_from, known), absent)
            known.append(_Known(whole.valid_from, whole.version, whole.materials, whole.stages))
        yield whole


def _version_whole(entry: Entry, base: _Known | None, absent: frozenset[str]) -> Entry:
    said = {name: BY_NAME[name].default for name in absent & {column.name for column in OF_VERSION}}
    if base is not None:
        is_same = base.valid_from == entry.valid_from
        said |= {name: base.values[name] for name in said if is_same or name not in DAYS}
    kept = base if base is not None else _Known(entry.valid_from, {}, [], [])
    return replace(
        entry,
        version=entry.version | said,
        materials=kept.materials if "materials" in absent else entry.materials,
        stages=kept.stages if "stages" in absent else entry.stages,
    )


def _base_of(day: date, known: list[_Known]) -> _Known | None:
    return max((one for one in known if one.valid_from <= day), key=lambda one: one.valid_from, default=None)


def _stored(version: ItemVersion) -> _Known:
    return _Known(
        version.valid_from,
        {column.name: getattr(version, column.name) for column in OF_VERSION},
        [part_of(row) for row in version.materials.all()],
        [part_of(row) for row in version.stages.all()],
    )
