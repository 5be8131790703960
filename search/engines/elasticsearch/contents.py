"""What is stored, read back whole, to be compared with what should be."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.document import SearchDocument
from search.engines.elasticsearch.mapping import MAPPINGS, SETTINGS, as_source

TOMBSTONE = "tombstone"
"""The fingerprint of every tombstone."""
OF_THE_WRITING = ("written_at",)
"""Fields that tell of the writing and not of the document."""


def fingerprint(document: SearchDocument) -> str:
    """The fingerprint of what would be stored of the document."""
    return _digest(as_source(document))


def stored(client: Elasticsearch, index: str, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Version and fingerprint of what is stored under each of these keys; readers lie beside the source."""
    answer = client.search(
        index=index,
        query={"ids": {"values": list(keys)}},
        size=len(keys),
        version=True,
        docvalue_fields=[{"field": "readers"}],
        allow_partial_search_results=False,
        track_total_hits=False,
    )
    found = {}
    for hit in answer["hits"]["hits"]:
        readers = sorted(hit.get("fields", {}).get("readers", []))
        source = {**hit["_source"], **({"readers": readers} if readers else {})}
        found[hit["_id"]] = hit["_version"], _digest(source)
    return found


def _digest(source: Mapping[str, Any]) -> str:
    if source["deleted"] and len(source) == len(("key", "deleted", *OF_THE_WRITING)):
        return TOMBSTONE
    kept = {name: value for name, value in source.items() if name not in OF_THE_WRITING}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def defect(client: Elasticsearch, alias: str) -> str:
    """What is wrong with the index as a whole, in words; empty where it is sound."""
    found = client.options(ignore_status=404).indices.get_alias(name=alias)
    if found.meta.status == 404:
        return "an index has the name of the alias" if client.indices.exists(index=alias) else "its index is gone"
    if len(found) != 1:
        return "more than one index is behind its alias"
    (name,) = found
    made = client.indices.get(index=name)[name]
    if not _holds(made["mappings"], {key: MAPPINGS[key] for key in ("properties", "dynamic", "_source")}):
        return "its fields are not those of this version"
    if set(made["mappings"]["properties"]) != set(MAPPINGS["properties"]):
        return "its fields are not those of this version"
    if not _holds(made["settings"]["index"].get("analysis", {}), SETTINGS["analysis"]):
        return "it cuts texts in another way than this version"
    return ""


def _holds(actual: Any, wanted: Any) -> bool:
    """Whether everything wanted is there; Elasticsearch adds to it, and returns numbers and truth values as text."""
    if isinstance(wanted, Mapping):
        return isinstance(actual, Mapping) and all(_holds(actual.get(key), value) for key, value in wanted.items())
    if isinstance(wanted, (list, tuple)):
        return isinstance(actual, list) and len(actual) == len(wanted) and all(map(_holds, actual, wanted))
    return str(actual).lower() == str(wanted).lower()
