"""What departments and categories are called, kept in memory: every page of results names some and counts by all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from intranet.disclosure.models import Category
from intranet.organisation.models import Department
from intranet.organisation.naming import in_the_readers_language
from search.kept import Kept


@dataclass(frozen=True, slots=True)
class PlaceName:
    """Code and names of a department or category."""

    code: str
    zh: str
    bo: str
    en: str
    side: str = ""

    def __str__(self) -> str:
        return in_the_readers_language(zh=self.zh, bo=self.bo, en=self.en)


@dataclass(frozen=True, slots=True)
class PlaceNames:
    """The names of all departments and of all categories, by primary key."""

    departments: Mapping[int, PlaceName]
    categories: Mapping[int, PlaceName]


def _read() -> PlaceNames:
    return PlaceNames(_names(Department), _names(Category, "side"))


def _names(model: Any, *more: str) -> Mapping[int, PlaceName]:
    rows = model.objects.order_by().values_list("pk", "code", "name_zh", "name_bo", "name_en", *more)
    return {pk: PlaceName(*fields) for pk, *fields in rows}


_kept = Kept(_read)


def place_names(*, departments: Collection[int] = (), categories: Collection[int] = ()) -> PlaceNames:
    """The names, at least of these. Where one is newer than what was kept, all are read now."""
    found = _kept.current()
    if found.departments.keys() >= set(departments) and found.categories.keys() >= set(categories):
        return found
    return _read()
