"""Building a new file beside the one in service, and moving the pointer to it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from search import normalisation, number_starts, pinyin
from search.document import SearchDocument
from search.engines.base import EngineUnavailable
from search.engines.building import recipe_of
from search.engines.embedded import schema

if TYPE_CHECKING:
    from search.engines.embedded.engine import EmbeddedEngine

POINTER = "current"
BUILDING = "building"
RECIPE = recipe_of(schema, normalisation, number_starts, pinyin)


class EmbeddedBuilding:
    """The file that a rebuild makes; `reached` lies in it, written with the documents in one transaction."""

    def __init__(self, engine: "EmbeddedEngine", *, afresh: bool) -> None:
        self.engine = engine
        with engine.guard():
            if engine.file(POINTER) is None:
                engine.current()
            left = None if afresh else self._left()
            self.path, self.reached = left or (engine.new_file(), "")
            if left is None:
                connection = schema.connect(self.path)
                connection.execute("INSERT INTO build (recipe, reached) VALUES (?, '')", (RECIPE,))
                connection.close()
                engine.point(BUILDING, self.path)
            remove_strays(engine)

    def _left(self) -> tuple[Path, str] | None:
        """The file that a rebuild before this one has left and how far it came, if it was made as now."""
        path = self.engine.file(BUILDING)
        if path is None or path == self.engine.file(POINTER):
            return None
        try:
            connection = self.engine.connection(BUILDING)
            found = connection.execute("SELECT recipe, reached FROM build").fetchone() if connection else None
        except sqlite3.DatabaseError:
            return None
        return (path, found[1]) if found and found[0] == RECIPE else None

    def add(self, documents: Sequence[SearchDocument], *, reached: str) -> int:
        with self.engine.guard():
            connection = self.engine.connection(BUILDING)
            if connection is None or self.engine.file(BUILDING) != self.path:
                raise EngineUnavailable(f"embedded index in {self.engine.folder}: the new index is gone")
            refused = self.engine.write_to(connection, documents, reached=reached)
        if refused:
            raise EngineUnavailable(f"embedded index: {refused[0].key} was not written: {refused[0].reason}")
        self.reached = reached
        return sum(not document.deleted for document in documents)

    def put_in_service(self) -> None:
        with self.engine.guard():
            if self.engine.file(BUILDING) != self.path:
                raise EngineUnavailable(f"embedded index in {self.engine.folder}: the new index is gone")
            self.engine.point(POINTER, self.path)
            self.engine.point(BUILDING, None)
            remove_strays(self.engine)

    def discard(self) -> None:
        with self.engine.guard():
            if self.engine.file(BUILDING) == self.path != self.engine.file(POINTER):
                self.engine.point(BUILDING, None)
            remove_strays(self.engine)


def discard_left(engine: "EmbeddedEngine") -> bool:
    """Remove what a rebuild that was killed has left; whether there was anything."""
    with engine.guard():
        if engine.file(BUILDING) is not None:
            engine.point(BUILDING, None)
        return remove_strays(engine)


def remove_strays(engine: "EmbeddedEngine") -> bool:
    """Remove the files that no pointer names; whether there were any."""
    named = {engine.file(POINTER), engine.file(BUILDING)}
    strays = [path for path in engine.folder.glob("index-*.sqlite3") if path not in named]
    for path in strays:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
    return bool(strays)
