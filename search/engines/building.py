"""Building an index beside the one in service: what every engine's rebuild is made of."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Protocol

from search.document import SearchDocument

BATCH = 200


class Building(Protocol):
    """An index that is being built; what others write meanwhile goes into it too. It outlives its process."""

    reached: str
    """The last key up to which all was added; empty at the beginning. Whoever goes on begins after it."""

    def add(self, documents: Sequence[SearchDocument], *, reached: str) -> int:
        """Write the documents and note how far this is; return how many can be found.

        Raises `EngineUnavailable`, also for a document that the engine refuses.
        """
        ...

    def put_in_service(self) -> None:
        """Let it take the place of the index in service, in one step. Raises `EngineUnavailable`."""
        ...

    def discard(self) -> None:
        """Remove it; the index in service stays."""
        ...


def build_whole(building: Building, documents: Iterable[SearchDocument]) -> int:
    """Build from these documents alone and put it in service; removed where that fails."""
    written, left = 0, iter(documents)
    try:
        while batch := list(islice(left, BATCH)):
            written += building.add(batch, reached="")
        building.put_in_service()
    except BaseException:
        building.discard()
        raise
    return written


def recipe_of(*modules: ModuleType) -> str:
    """What tells whether a half-built index was made as these modules would make it now: their very text."""
    digest = hashlib.sha256()
    for module in modules:
        digest.update(Path(module.__file__ or "").read_bytes())
    return digest.hexdigest()
