"""Findable things in memory, for tests of what carries them to the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from search.adapters import Attached
from search.document import SearchDocument, Section


class Things:
    """An adapter of things that everybody may find; `body` is the text of each."""

    prefix = "thing"
    body = ""

    def keys(self) -> Iterator[str]:
        return iter(())

    def overtaken(self) -> Iterator[str]:
        return iter(())

    def sections(self, keys: Iterable[str]) -> dict[str, Sequence[Section]]:
        return {}

    def attached(self, ids: Mapping[str, str]) -> dict[str, Attached]:
        return {}

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        return {}

    def page_keys(self, pks: Iterable[int]) -> dict[int, str]:
        return {}

    def documents(self, versions: Mapping[str, int]) -> Iterator[SearchDocument]:
        for key, version in versions.items():
            yield SearchDocument(key, version, frozenset({"public"}), title=key, body=self.body)
