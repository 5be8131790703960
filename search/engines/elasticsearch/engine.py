"""The engine: an alias in service, versions kept by Elasticsearch, rebuilds without a gap."""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.utils.html import escape
from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from search.document import FACETS, SearchDocument
from search.engines.base import (
    LONGEST_TYPED,
    EngineRefused,
    EngineResults,
    EngineUnavailable,
    Hit,
    Title,
    WriteFailure,
)
from search.engines.building import Building, build_whole
from search.engines.elasticsearch import contents, suggesting
from search.engines.elasticsearch.asking import BY_TEXT, freed_body, freed_in, request_body, steps_of
from search.engines.elasticsearch.building import ElasticsearchBuilding, discard_left
from search.engines.elasticsearch.condition import concerns, give_replicas
from search.engines.elasticsearch.connection import connect, within
from search.engines.elasticsearch.mapping import MAPPINGS, SEAM, SETTINGS, as_source
from search.heard import hear, meant
from search.highlighting import marked, patterns
from search.query import SearchQuery

BATCH = 500
BATCH_CHARACTERS = 4_000_000
FIRST = "00000000000000-000000"
"""What the name of the first index ends with; those that rebuilds make end with their moment."""
CONFLICT = 409
GONE = "index_not_found_exception"
OVERLOADED = (429, 502, 503, 504)
"""Of a single document: the node has no memory, no place in its queue, no master or no copy to write to just now."""
WAIT_FOR_SHARDS = "10s"
"""How long a node holds a write that no shard takes; then it waits in the outbox instead."""
CHECK_SECONDS = 3


class IndexGone(EngineUnavailable):
    """Elasticsearch answers, and has no index behind the alias."""


class ElasticsearchEngine:
    """Elasticsearch behind two aliases: the index in service, and one that is being built."""

    name = "elasticsearch"

    def __init__(
        self,
        hosts: list[str],
        index: str,
        *,
        ca_certs: str = "",
        api_key: str = "",
        shards: int = 1,
        replicas: int = 0,
        seconds: float = 3,
    ) -> None:
        """`seconds` bounds all requests of one search together; `shards` is for indices to come."""
        self.index = index
        self.building = f"{index}-building"
        self.shards, self.replicas, self.seconds = shards, replicas, seconds
        self.client = connect(hosts, ca_certs=ca_certs, api_key=api_key)
        self._ready = self._has_fields = False

    @contextmanager
    def guard(self) -> Iterator[None]:
        try:
            yield
        except EngineUnavailable:
            raise
        except NotFoundError as error:
            raise (self._gone() if error.message == GONE else EngineUnavailable(f"Elasticsearch: {error}")) from error
        except BadRequestError as error:
            raise EngineRefused(f"Elasticsearch: {str(error)[:300]}") from error
        except (TransportError, ApiError) as error:
            raise EngineUnavailable(f"Elasticsearch: {str(error)[:300]}") from error

    def _gone(self) -> IndexGone:
        return IndexGone(f"Elasticsearch: the index {self.index} is gone; run “search rebuild”")

    def new_index(self, alias: str, name: str = "") -> str:
        """A new index, behind its alias from its first moment."""
        name = name or f"{self.index}-{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:6]}"
        settings = {**SETTINGS, "number_of_shards": self.shards, "number_of_replicas": self.replicas}
        self.client.indices.create(index=name, settings=settings, mappings=MAPPINGS, aliases={alias: {}})
        return name

    def _ensure_index(self) -> None:
        """The first use makes the index, whose name is fixed: of two processes that both make it, one does."""
        if self._ready:
            return
        if not within(self.seconds, self.client)().indices.exists_alias(name=self.index):
            if self.client.indices.exists(index=self.index):
                raise EngineUnavailable(f"Elasticsearch: {self.index} is an index, no alias; run “search rebuild”")
            try:
                self.new_index(self.index, f"{self.index}-{FIRST}")
            except BadRequestError as error:
                if error.message != "resource_already_exists_exception":
                    raise
        self._ready = True

    def _ensure_fields(self) -> None:
        """An index of an older version gets the fields that have come since; they are filled as things are written."""
        if self._has_fields:
            return
        known = self.client.indices.get_mapping(index=self.index)
        for index, mapping in known.items():
            missing = MAPPINGS["properties"].keys() - mapping["mappings"].get("properties", {}).keys()
            if missing:
                self.client.indices.put_mapping(
                    index=index, properties={name: MAPPINGS["properties"][name] for name in missing}
                )
        self._has_fields = True

    def behind(self, alias: str) -> list[str]:
        """The indices behind the alias; one that has the very name, where there is such a one in its place."""
        try:
            return sorted(self.client.indices.get(index=alias, features="aliases"))
        except NotFoundError:
            return []

    # Writing

    def write(self, documents: Sequence[SearchDocument]) -> list[WriteFailure]:
        with self.guard():
            self._ensure_index()
            self._ensure_fields()
            before = self.behind(self.index)
            failures = self.bulk(self.index, documents)
            if self.behind(self.building):
                with suppress(IndexGone):  # in service by now, or given up
                    failures += self.bulk(self.building, documents)
            if self.behind(self.index) != before:
                # A rebuild ended meanwhile: what went to the old index must be in the new one too.
                failures += self.bulk(self.index, documents)
        return failures

    def bulk(self, alias: str, documents: Sequence[SearchDocument]) -> list[WriteFailure]:
        """Write in batches. By an alias only: Elasticsearch would make an index of a name, with fields it guesses."""
        failures: list[WriteFailure] = []
        for batch in _batches(documents):
            operations: list[Any] = []
            for document in batch:
                action = {"_id": document.key, "version": document.version, "version_type": "external"}
                operations += [{"index": action}, as_source(document)]
            answer = self.client.bulk(
                index=alias,
                operations=operations,
                timeout=WAIT_FOR_SHARDS,
                require_alias=True,
                filter_path="errors,items.*._id,items.*.status,items.*.error",
            )
            if answer.get("errors"):
                failures += self._failures(answer["items"])
        return failures

    def _failures(self, items: list[dict[str, Any]]) -> list[WriteFailure]:
        failures = []
        for item in items:
            result = next(iter(item.values()))
            if "error" not in result or result["status"] == CONFLICT:
                continue
            if result["error"]["type"] == GONE:
                raise self._gone()
            if result["status"] in OVERLOADED:
                raise EngineUnavailable(f"Elasticsearch: {result['error']['type']}: {result['error']['reason'][:200]}")
            failures.append(WriteFailure(result["_id"], f"{result['error']['type']}: {result['error']['reason']}"))
        return failures

    def begin_building(self, *, afresh: bool) -> Building:
        return ElasticsearchBuilding(self, afresh=afresh)

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        return build_whole(self.begin_building(afresh=True), documents)

    def discard_building(self) -> bool:
        return discard_left(self)

    def purge_tombstones(self, *, before: datetime) -> int:
        old = {"bool": {"filter": [{"term": {"deleted": True}}, {"range": {"written_at": {"lt": before.isoformat()}}}]}}
        purged = 0
        with self.guard():
            self._ensure_index()
            while True:
                found = self._found(self.client, query=old, size=BATCH, source=False, seq_no_primary_term=True)
                hits = found["hits"]["hits"]
                if not hits:
                    return purged
                # Only what still is the tombstone that was found: the thing may have come back meanwhile.
                operations = [
                    {
                        "delete": {
                            "_id": hit["_id"],
                            "if_seq_no": hit["_seq_no"],
                            "if_primary_term": hit["_primary_term"],
                        }
                    }
                    for hit in hits
                ]
                self.client.bulk(index=self.index, operations=operations, refresh=True)
                purged += len(hits)

    def refresh(self) -> None:
        with self.guard():
            self._ensure_index()
            self.client.indices.refresh(index=self.index)

    # Reading

    def search(self, query: SearchQuery, tokens: frozenset[str]) -> EngineResults:
        if query.text and not query.asks_for_text:
            return EngineResults([], 0, {name: {} for name in FACETS})
        answer: dict[str, Any] = {}
        body: dict[str, Any] = {}
        relaxed, heard = "", None
        with self.guard():
            self._ensure_index()
            client = within(self.seconds, self.client)
            ask = self._asking(client)
            sounding = partial(suggesting.sounding, ask, tokens=tokens)
            for relaxed in steps_of(query):
                heard = hear(query, sounding) if relaxed == "pinyin" else None
                if relaxed == "pinyin" and not heard:
                    continue
                body = request_body(query, tokens, relaxed, heard)
                answer = ask(**_arguments(body))
                if _matched(answer):
                    break
            total = answer["hits"]["total"]["value"]
            shown = heard.marked(query) if heard else query
            asked = patterns(shown.marked_parts, shown.marked_words)
            hits = [self._hit(client, found, asked) for found in answer["hits"]["hits"]]
            if heard:
                suggestion: Title | None = heard.texts[0]
            else:
                likely = partial(suggesting.likely, ask, query.text, tokens)
                suggestion = meant(query, hits, sounding, likely, is_found=bool(total) and not relaxed)
            left_out = query.filters and not total
            freed = freed_in(ask(**_arguments(freed_body(query, body))), query) if left_out else {}
        relaxed = relaxed if total and _matched(answer) else ""
        return EngineResults(hits, total, _counts(answer), relaxed, suggestion, freed)

    def _asking(self, client: Callable[[], Elasticsearch]) -> suggesting.Ask:
        """Searches of the index in service, within the time that the client has."""
        return lambda **asked: self._found(client(), **asked)

    def _found(self, client: Elasticsearch, **asked: Any) -> dict[str, Any]:
        """The answer of every shard: a part of them would look like the whole."""
        return client.search(index=self.index, allow_partial_search_results=False, **asked).body

    def _hit(self, client: Callable[[], Elasticsearch], found: dict[str, Any], asked: list[re.Pattern[str]]) -> Hit:
        source, marks = found["_source"], found.get("highlight", {})
        highlights: dict[str, list[str]] = {}
        if html := marked(source.get("shown_title", ""), asked):
            highlights["title"] = [html]
        if (number := source.get("shown_number")) and (html := marked(number, asked)):
            highlights["document_number"] = [html]
        for field in ("summary", "body"):
            if field in marks:
                highlights[field] = [_as_html(fragment) for fragment in marks[field]]
        attachment = None
        if "attachments" in marks and "body" not in highlights and "summary" not in highlights:
            highlights["attachments"] = [_as_html(fragment) for fragment in marks["attachments"]]
            attachment = self._attachment(
                client, found["_id"], marks["attachments"][0], source.get("attachment_ids", [])
            )
        return Hit(source["key"], found["_score"] or 0.0, highlights, attachment)

    def _attachment(self, client: Callable[[], Elasticsearch], key: str, fragment: str, ids: list[str]) -> str | None:
        """Which of the attachments the fragment stands in."""
        if len(ids) < 2:
            return ids[0] if ids else None
        plain = fragment.replace("\ue000", "").replace("\ue001", "")
        stored = client().get(index=self.index, id=key, source_includes=["attachments"])["_source"]["attachments"]
        return next((ids[place] for place, text in enumerate(stored) if plain in text), ids[0])

    def suggest(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        with self.guard():
            self._ensure_index()
            client = within(self.seconds, self.client)
            return suggesting.titles(self._asking(client), prefix[:LONGEST_TYPED], tokens, limit)

    def suggest_numbers(self, prefix: str, tokens: frozenset[str], *, limit: int = 8) -> list[Title]:
        with self.guard():
            self._ensure_index()
            client = within(self.seconds, self.client)
            return suggesting.numbers(self._asking(client), prefix[:LONGEST_TYPED], tokens, limit)

    def versions(self) -> Iterator[tuple[str, int, bool]]:
        after: list[Any] | None = None
        while True:
            with self.guard():
                self._ensure_index()
                if after is None:
                    self.client.indices.refresh(index=self.index)
                answer = self._found(
                    self.client,
                    query={"match_all": {}},
                    size=1000,
                    sort=[{"key": "asc"}],
                    search_after=after,
                    version=True,
                    source={"includes": ["key", "deleted"]},
                    track_total_hits=False,
                )
            hits = answer["hits"]["hits"]
            if not hits:
                return
            for hit in hits:
                yield hit["_source"]["key"], hit["_version"], hit["_source"]["deleted"]
            after = hits[-1]["sort"]

    def contents(self, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
        with self.guard():
            return contents.stored(self.client, self.index, keys)

    def fingerprint(self, document: SearchDocument) -> str:
        return contents.fingerprint(document)

    def defect(self) -> str:
        with self.guard():
            return contents.defect(self.client, self.index)

    def count(self) -> int:
        with self.guard():
            self._ensure_index()
            return self.client.count(index=self.index, query={"term": {"deleted": False}})["count"]

    def check(self) -> None:
        with self.guard():
            self._ensure_index()
            client = within(CHECK_SECONDS, self.client)
            self._found(client(), size=0, terminate_after=1)

    def bring_in_line(self) -> None:
        with self.guard():
            self._ensure_index()
            give_replicas(self.client, self.index, self.replicas)

    def concerns(self) -> list[str]:
        with self.guard():
            self._ensure_index()
            client = within(CHECK_SECONDS, self.client)()
            return concerns(client, self.index, shards=self.shards, replicas=self.replicas)


def _arguments(body: dict[str, Any]) -> dict[str, Any]:
    return {{"from": "from_", "_source": "source"}.get(name, name): value for name, value in body.items()}


def _batches(documents: Sequence[SearchDocument]) -> Iterator[list[SearchDocument]]:
    """Batches that are bounded in number and in text, so that no request is too large for the node."""
    batch: list[SearchDocument] = []
    size = 0
    for document in documents:
        length = len(document.body) + sum(len(attachment.text) for attachment in document.attachments)
        if batch and (len(batch) >= BATCH or size + length > BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(document)
        size += length
    if batch:
        yield batch


def _counts(answer: dict[str, Any]) -> dict[str, dict[str, int]]:
    counts = {}
    for name in FACETS:
        found = answer["aggregations"][name]
        buckets = found.get("values", found)["buckets"]
        counts[name] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    return counts


def _matched(answer: dict[str, Any]) -> bool:
    """Whether the text matched, be it that the chosen filters leave nothing of it; relaxing would mislead then."""
    if BY_TEXT in answer["aggregations"]:
        return bool(answer["aggregations"][BY_TEXT]["doc_count"])
    if answer["hits"]["total"]["value"]:
        return True
    return any(found.get("doc_count") or found.get("buckets") for found in answer.get("aggregations", {}).values())


def _as_html(fragment: str) -> str:
    fragment = fragment.replace(SEAM, "").replace("\ue001\ue000", "")  # marked by the character, read as one
    return escape(fragment.replace("\n", " ")).replace("\ue000", "<mark>").replace("\ue001", "</mark>")
