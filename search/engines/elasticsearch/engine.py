"""The engine: an alias in service, versions kept by Elasticsearch, rebuilds without a gap."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.utils.html import escape
from elastic_transport import TransportError
from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError

from search.document import FACETS, SearchDocument
from search.engines.base import EngineRefused, EngineResults, EngineUnavailable, Hit, Title, WriteFailure
from search.engines.elasticsearch.asking import STEPS, STEPS_OF_A_QUESTION, readable, request_body
from search.engines.elasticsearch.condition import concerns, give_replicas
from search.engines.elasticsearch.connection import connect, within
from search.engines.elasticsearch.mapping import MAPPINGS, SEAM, SETTINGS, as_source
from search.highlighting import marked, patterns
from search.nearness import each_once, nearest
from search.normalisation import tokens as tokens_of_text
from search.query import SearchQuery

BATCH = 500
BATCH_CHARACTERS = 4_000_000
CONFLICT = 409
GONE = "index_not_found_exception"
OVERLOADED = (429, 502, 503, 504)
"""Of a single document: the node has no memory, no place in its queue, no master or no copy to write to just now."""
WAIT_FOR_SHARDS = "10s"
"""How long a node holds a write that no shard takes; then it waits in the outbox instead."""
CHECK_SECONDS = 3


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
        self._ready = False

    @contextmanager
    def _guard(self) -> Iterator[None]:
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

    def _gone(self) -> EngineUnavailable:
        return EngineUnavailable(f"Elasticsearch: the index {self.index} is gone; run “search rebuild”")

    def _new_index(self) -> str:
        name = f"{self.index}-{datetime.now(UTC):%Y%m%d%H%M%S}-{uuid.uuid4().hex[:6]}"
        settings = {**SETTINGS, "number_of_shards": self.shards, "number_of_replicas": self.replicas}
        self.client.indices.create(index=name, settings=settings, mappings=MAPPINGS)
        return name

    def _ensure_index(self) -> None:
        """The first use makes the index; two processes that both make one agree by the alias."""
        if self._ready:
            return
        if not within(self.seconds, self.client)().indices.exists_alias(name=self.index):
            name = self._new_index()
            self.client.indices.update_aliases(actions=[{"add": {"index": name, "alias": self.index}}])
            behind = sorted(self.client.indices.get_alias(name=self.index))
            if len(behind) > 1 and name != behind[0]:
                self.client.indices.delete(index=name)
        self._ready = True

    def _behind(self, alias: str) -> list[str]:
        try:
            return sorted(self.client.indices.get_alias(name=alias))
        except NotFoundError:
            return []

    # Writing

    def write(self, documents: Sequence[SearchDocument]) -> list[WriteFailure]:
        with self._guard():
            self._ensure_index()
            before = self._behind(self.index)
            failures = self._bulk(self.index, documents, by_alias=True)
            for index in self._behind(self.building):
                failures += self._bulk(index, documents)
            if self._behind(self.index) != before:
                # A rebuild ended meanwhile: what went to the old index must be in the new one too.
                failures += self._bulk(self.index, documents, by_alias=True)
        return failures

    def _bulk(self, index: str, documents: Sequence[SearchDocument], *, by_alias: bool = False) -> list[WriteFailure]:
        """Write in batches. `by_alias`: Elasticsearch must not make an index of that name, with fields it guesses."""
        failures: list[WriteFailure] = []
        for batch in _batches(documents):
            operations: list[Any] = []
            for document in batch:
                action = {"_id": document.key, "version": document.version, "version_type": "external"}
                operations += [{"index": action}, as_source(document)]
            answer = self.client.bulk(
                index=index,
                operations=operations,
                timeout=WAIT_FOR_SHARDS,
                require_alias=by_alias,
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

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        with self._guard():
            self._ensure_index()
            new = self._new_index()
        try:
            with self._guard():
                self.client.indices.update_aliases(actions=[{"add": {"index": new, "alias": self.building}}])
            written, batch = 0, []
            for document in documents:
                batch.append(document)
                if len(batch) >= BATCH:
                    written += self._build(new, batch)
                    batch = []
            written += self._build(new, batch)
            with self._guard():
                self.client.indices.refresh(index=new)
                self._swap(new)
        except BaseException:
            with self._guard():
                self.client.indices.delete(index=new, ignore_unavailable=True)
            raise
        return written

    def _build(self, index: str, batch: list[SearchDocument]) -> int:
        with self._guard():
            failures = self._bulk(index, batch) if batch else []
        if failures:
            raise EngineUnavailable(f"Elasticsearch: {failures[0].key} was not written: {failures[0].reason}")
        return sum(not document.deleted for document in batch)

    def _swap(self, new: str) -> None:
        """The new index goes into service and the old ones go, in one step."""
        old = [name for name in self._behind(self.index) if name != new]
        actions: list[dict[str, Any]] = [{"remove_index": {"index": name}} for name in old]
        actions += [
            {"add": {"index": new, "alias": self.index}},
            {"remove": {"index": new, "alias": self.building}},
        ]
        self.client.indices.update_aliases(actions=actions)

    def purge_tombstones(self, *, before: datetime) -> int:
        old = {"bool": {"filter": [{"term": {"deleted": True}}, {"range": {"written_at": {"lt": before.isoformat()}}}]}}
        purged = 0
        with self._guard():
            self._ensure_index()
            while True:
                found = self._found(self.client, query=old, size=BATCH, source=False, version=True)
                hits = found["hits"]["hits"]
                if not hits:
                    return purged
                operations = [{"delete": {"_id": hit["_id"]}} for hit in hits]
                self.client.bulk(index=self.index, operations=operations, refresh=True)
                purged += len(hits)

    def refresh(self) -> None:
        with self._guard():
            self._ensure_index()
            self.client.indices.refresh(index=self.index)

    # Reading

    def search(self, query: SearchQuery, tokens: frozenset[str]) -> EngineResults:
        if query.text and not query.asks_for_text:
            return EngineResults([], 0, {name: {} for name in FACETS})
        answer: dict[str, Any] = {}
        relaxed = ""
        with self._guard():
            client = within(self.seconds, self.client)
            self._ensure_index()
            steps = STEPS_OF_A_QUESTION if query.is_question else STEPS
            for relaxed in steps if query.asks_for_text else steps[:1]:
                answer = self._found(client(), **_arguments(request_body(query, tokens, relaxed)))
                if answer["hits"]["total"]["value"] or _matched_without_filters(answer):
                    break
            total = answer["hits"]["total"]["value"]
            suggestion = self._suggestion(client, query, tokens) if relaxed or not total else None
            hits = [self._hit(client, found, query) for found in answer["hits"]["hits"]]
        return EngineResults(hits, total, _counts(answer), relaxed if total else "", suggestion)

    def _found(self, client: Elasticsearch, **asked: Any) -> dict[str, Any]:
        """The answer of every shard: a part of them would look like the whole."""
        return client.search(index=self.index, allow_partial_search_results=False, **asked).body

    def _hit(self, client: Callable[[], Elasticsearch], found: dict[str, Any], query: SearchQuery) -> Hit:
        source, marks = found["_source"], found.get("highlight", {})
        found_patterns = patterns(query.parts)
        highlights: dict[str, list[str]] = {}
        if html := marked(source.get("shown_title", ""), found_patterns):
            highlights["title"] = [html]
        if (number := source.get("shown_number")) and (html := marked(number, found_patterns)):
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
        cut = tokens_of_text(prefix[:100])
        if not cut:
            return []
        text = " ".join(cut)
        asked = {
            "bool": {
                "filter": readable(tokens),
                "should": [
                    {"prefix": {"exact_title": {"value": text, "boost": 5}}},
                    {"match_phrase_prefix": {"title": {"query": prefix[:100], "max_expansions": 50}}},
                ],
                "minimum_should_match": 1,
            }
        }
        with self._guard():
            client = within(self.seconds, self.client)
            self._ensure_index()
            answer = self._found(client(), query=asked, size=limit * 3, source={"includes": ["key", "shown_title"]})
        return each_once(_titles(answer))[:limit]

    def _suggestion(
        self, client: Callable[[], Elasticsearch], query: SearchQuery, tokens: frozenset[str]
    ) -> Title | None:
        """The readable title nearest to what was typed, where the whole query is a slip away from it."""
        if not query.asks_for_text or len(query.text) > 60:
            return None
        asked = {
            "bool": {
                "filter": readable(tokens),
                "must": [{"match": {"title": {"query": query.text, "minimum_should_match": "50%"}}}],
            }
        }
        answer = self._found(client(), query=asked, size=20, source={"includes": ["key", "shown_title"]})
        return nearest(query.text, _titles(answer))

    def versions(self) -> Iterator[tuple[str, int, bool]]:
        after: list[Any] | None = None
        while True:
            with self._guard():
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

    def count(self) -> int:
        with self._guard():
            self._ensure_index()
            return self.client.count(index=self.index, query={"term": {"deleted": False}})["count"]

    def check(self) -> None:
        with self._guard():
            client = within(CHECK_SECONDS, self.client)
            self._ensure_index()
            self._found(client(), size=0, terminate_after=1)

    def bring_in_line(self) -> None:
        with self._guard():
            self._ensure_index()
            give_replicas(self.client, self.index, self.replicas)

    def concerns(self) -> list[str]:
        with self._guard():
            self._ensure_index()
            client = within(CHECK_SECONDS, self.client)()
            return concerns(client, self.index, shards=self.shards, replicas=self.replicas)


def _titles(answer: Any) -> list[Title]:
    return [Title(hit["_source"]["key"], hit["_source"]["shown_title"]) for hit in answer["hits"]["hits"]]


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


def _matched_without_filters(answer: dict[str, Any]) -> bool:
    """Whether the text matched and only the chosen filters leave nothing; relaxing would mislead then."""
    return any(found.get("doc_count") or found.get("buckets") for found in answer.get("aggregations", {}).values())


def _as_html(fragment: str) -> str:
    fragment = fragment.replace(SEAM, "").replace("\ue001\ue000", "")  # marked by the character, read as one
    return escape(fragment.replace("\n", " ")).replace("\ue000", "<mark>").replace("\ue001", "</mark>")
