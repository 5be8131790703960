"""Building a new index behind an alias of its own, and moving the alias in service to it."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from search import normalisation, number_starts, pinyin
from search.document import SearchDocument
from search.engines.base import EngineUnavailable
from search.engines.building import recipe_of
from search.engines.elasticsearch import mapping

if TYPE_CHECKING:
    from search.engines.elasticsearch.engine import ElasticsearchEngine

RECIPE = recipe_of(mapping, normalisation, number_starts, pinyin)


class ElasticsearchBuilding:
    """The index that a rebuild makes; `reached` lies in its `_meta`, noted after the documents were acknowledged."""

    def __init__(self, engine: "ElasticsearchEngine", *, afresh: bool) -> None:
        self.engine = engine
        with engine.guard():
            left = None if afresh else self._left()
            if left is None:
                _remove_left(engine)
                self.index, self.reached = engine.new_index(engine.building), ""
                self._note("")
            else:
                self.index, self.reached = left

    def _left(self) -> tuple[str, str] | None:
        """The index that a rebuild before this one has left and how far it came, if it was made as now."""
        for index in self.engine.behind(self.engine.building):
            meta = self.engine.client.indices.get_mapping(index=index)[index]["mappings"].get("_meta", {})
            if meta.get("recipe") == RECIPE and index not in self.engine.behind(self.engine.index):
                return index, meta["reached"]
        return None

    def _note(self, reached: str) -> None:
        self.engine.client.indices.put_mapping(index=self.index, meta={"recipe": RECIPE, "reached": reached})
        self.reached = reached

    def add(self, documents: Sequence[SearchDocument], *, reached: str) -> int:
        with self.engine.guard():
            refused = self.engine.bulk(self.engine.building, documents)
            if refused:
                raise EngineUnavailable(f"Elasticsearch: {refused[0].key} was not written: {refused[0].reason}")
            if reached:
                self._note(reached)
        return sum(not document.deleted for document in documents)

    def put_in_service(self) -> None:
        """The new index goes into service and the old ones go, in one step."""
        with self.engine.guard():
            if self.index not in self.engine.behind(self.engine.building):
                raise EngineUnavailable(f"Elasticsearch: the new index {self.index} is gone")
            self.engine.client.indices.refresh(index=self.index)
            old = [name for name in self.engine.behind(self.engine.index) if name != self.index]
            actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
            actions += [
                {"add": {"index": self.index, "alias": self.engine.index}},
                {"remove": {"index": self.index, "alias": self.engine.building}},
            ]
            self.engine.client.indices.update_aliases(actions=actions)

    def discard(self) -> None:
        with self.engine.guard():
            _remove_left(self.engine)


def discard_left(engine: "ElasticsearchEngine") -> bool:
    """Remove what a rebuild that was killed has left; whether there was anything."""
    with engine.guard():
        return _remove_left(engine)


def _remove_left(engine: "ElasticsearchEngine") -> bool:
    """Remove every index that this engine made and that is not in service; no other portal's on the same cluster."""
    ours = re.compile(rf"{re.escape(engine.index)}-[0-9]{{14}}-[0-9a-f]{{6}}")
    made = engine.client.indices.get(index=f"{engine.index}-*", features="aliases")
    left = [name for name, found in made.items() if ours.fullmatch(name) and engine.index not in found["aliases"]]
    for name in left:
        engine.client.indices.delete(index=name, ignore_unavailable=True)
    return bool(left)
