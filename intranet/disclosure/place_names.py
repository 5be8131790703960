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


class PlaceNames:
    """The names of all departments, or of all categories."""

    def __init__(self, model: Any, *more: str) -> None:
        self._model, self._fields = model, ("code", "name_zh", "name_bo", "name_en", *more)
        self._kept = Kept(self._read)

    def of(self, pks: Collection[int]) -> Mapping[int, PlaceName]:
        """The names, at least of these, by primary key. Where one is newer than what was kept, all are read now."""
        found = self._kept.current()
        return found if found.keys() >= set(pks) else self._read()

    def by_code(self) -> dict[str, PlaceName]:
        return {name.code: name for name in self._kept.current().values()}

    def _read(self) -> Mapping[int, PlaceName]:
        rows = self._model.objects.order_by().values_list("pk", *self._fields)
        return {pk: PlaceName(*fields) for pk, *fields in rows}


department_names = PlaceNames(Department)
category_names = PlaceNames(Category, "side")
