"""The reader's query as Elasticsearch's: what must match, in named steps, and what raises the score.

Everything is built from tokens; nothing that a reader types is an operator, a field or a boost.
"""

from collections.abc import Sequence
from typing import Any

from search.document import FACETS
from search.engines.base import CHECKED, Freed
from search.engines.elasticsearch.mapping import TITLE_ENDS
from search.engines.ranking import (
    ENDED,
    GUIDE,
    OTHER_LANGUAGE,
    PINNED,
    REPEALED,
    SYNONYM,
    TYPED_WORD,
    WORD_IN_TITLE,
)
from search.heard import Heard
from search.normalisation import exact_key
from search.query import Expansion, Part, SearchQuery, parts_of

MOST = "70%"
"""Share of a long part's pairs that must be there: 安全生产许可证有效期 finds 许可证的有效期 (7 of 9)."""
SOME = "40%"
"""Share in the last steps, when nothing has most."""
PAIRS = ["title.pair^6", "summary.pair^2", "body.pair", "attachments.pair", "extra.pair^4"]
"""A title says what a thing is in few words, keywords and numbers stand for the whole."""
CHARACTERS = ["title^6", "summary^2", "body", "attachments", "extra^4"]
EXACT_TITLE = 200
"""A thing whose title is the query goes before everything that mentions it, however often."""
KEYWORD, FIRST_KEYWORD = 12, 24
"""The query is a keyword, by which the author would have it found; the first one says most, and counts as both."""
OWN_NUMBER = 300
CITED_NUMBER = 60
TITLE_PHRASE = 4
"""The query stands in the title; BM25's length norm prefers the title that holds little else."""
TEXT_PHRASE = 2
"""The query's words stand side by side somewhere, as in the passage that was copied into the box."""
TITLE_RUN = 4
"""A whole run stands in the title: 2025年专项资金 is not answered by the fund of 2024."""
TITLE_END = 8
"""The title ends with the query. A Chinese title ends with what the thing is: 政务公开实施办法 is itself, its
《…》政策解读 is about it. Part of a title: MRR 0.977 → 1.000 (at 4 not yet)."""


def joined(part: Part) -> str:
    return "".join(part.tokens) if part.is_han else " ".join(part.tokens)


def steps_of(query: SearchQuery) -> list[str]:
    """The steps of the query, the strictest first; the first one of a question asks for no more than `SOME` already."""
    if not query.asks_for_text:
        return [""]
    return ["", *([] if query.is_question else ["most"]), *(["pinyin"] if query.readings else []), "any"]


def matching(query: SearchQuery, step: str) -> dict[str, Any]:
    """What a document must have in this step."""
    parts = query.parts
    if step == "any":
        clauses = [_part(part, SOME) for part in parts]
        found: dict[str, Any] = {"bool": {"should": clauses, "minimum_should_match": max(1, len(parts) // 2)}}
    else:
        strict = step == "" and not query.is_question
        found = {"bool": {"must": [_part(part, MOST if strict else SOME, strict=strict) for part in parts]}}
    if number := query.document_number:
        by_number = [{"term": {"own_number": number}}, {"term": {"cited_numbers": number}}]
        found = {"bool": {"should": [found, *by_number], "minimum_should_match": 1}}
    return found


def _part(part: Part, share: str, *, strict: bool = False) -> dict[str, Any]:
    text = joined(part)
    if len(part.tokens) == 1:
        return {"multi_match": {"query": text, "fields": CHARACTERS, "type": "best_fields"}}
    if part.is_phrase and (strict or len(part.tokens) < 3 or not part.is_han):
        fields = PAIRS if part.is_han else CHARACTERS
        return {"multi_match": {"query": text, "fields": fields, "type": "phrase"}}
    if not part.is_han:
        return {"multi_match": {"query": text, "fields": CHARACTERS, "type": "phrase"}}
    return {"combined_fields": {"query": text, "fields": PAIRS, "minimum_should_match": share}}


def raising(query: SearchQuery) -> list[dict[str, Any]]:
    """What raises the score of a match."""
    exact = (("exact_title", EXACT_TITLE), ("keywords", KEYWORD), ("first_keyword", FIRST_KEYWORD))
    clauses: list[dict[str, Any]] = [
        {"constant_score": {"filter": {"term": {field: exact_key(query.text)}}, "boost": boost}}
        for field, boost in exact
    ]
    if number := query.document_number:
        for field, boost in (("own_number", OWN_NUMBER), ("cited_numbers", CITED_NUMBER)):
            clauses.append({"constant_score": {"filter": {"term": {field: number}}, "boost": boost}})
    for part in query.parts:
        if len(part.tokens) > 1:
            fields = ("title.pair", "body.pair", "attachments.pair", "summary.pair") if part.is_han else CHARACTERS[:4]
            for field in fields:
                name = field.partition("^")[0]
                boost = TITLE_PHRASE if name.startswith("title") else TEXT_PHRASE
                clauses.append({"match_phrase": {name: {"query": joined(part), "boost": boost}}})
            ending = {"query": f"{joined(part)} {TITLE_ENDS}", "boost": TITLE_END}
            clauses.append({"match_phrase": {"title": ending}})
    for run in query.mixed_runs:
        clauses.append({"match_phrase": {"title": {"query": " ".join(run), "boost": TITLE_RUN}}})
    return clauses


def in_any_wording(query: SearchQuery, step: str) -> dict[str, Any]:
    """What a document must have in this step, in the words of the query or in those of a variant, which score apart."""
    others = [_constant(matching(variant, step), 0) for variant in query.variants]
    typed = matching(query, step)
    return {"bool": {"should": [typed, *others], "minimum_should_match": 1}} if others else typed


def telling_apart(expansion: Expansion, step: str) -> list[dict[str, Any]]:
    """What puts a match in the typed word before the same match in another, and both in order."""
    typed = [_stands_in(word, CHARACTERS) for word in expansion.typed]
    in_title = [_stands_in(word, ["title"]) for word in (*expansion.typed, *expansion.added)]
    variants = [
        {"bool": {"must": [matching(variant, step)], "should": raising(variant), "boost": SYNONYM}}
        for variant in expansion.variants
    ]
    return [
        _constant({"bool": {"should": typed}}, TYPED_WORD),
        _constant({"bool": {"should": in_title}}, WORD_IN_TITLE),
        {"dis_max": {"queries": variants}},
    ]


def _stands_in(word: str, fields: Sequence[str]) -> dict[str, Any]:
    """All of the word's parts as they are."""
    parts = [
        {"multi_match": {"query": joined(part), "fields": list(fields), "type": "phrase"}} for part in parts_of(word)
    ]
    return {"bool": {"must": parts}}


def _constant(clause: dict[str, Any], boost: float) -> dict[str, Any]:
    return {"constant_score": {"filter": clause, "boost": boost}}


def readable(tokens: frozenset[str]) -> list[dict[str, Any]]:
    """One condition for all that the reader carries, and that the thing has not expired."""
    return [
        {"terms": {"readers": sorted(tokens)}},
        {"bool": {"should": [{"range": {"expires_at": {"gt": "now"}}}, _missing("expires_at")]}},
    ]


def _missing(field: str) -> dict[str, Any]:
    return {"bool": {"must_not": [{"exists": {"field": field}}]}}


def _as_heard(query: SearchQuery, heard: Heard) -> dict[str, Any]:
    """What a document must have of what was heard in the query's letters, with what raises its score."""
    step = "" if heard.is_whole else "any"
    asked = [{"bool": {"must": [matching(each, step)], "should": raising(each)}} for each in heard.asked(query)]
    return {"dis_max": {"queries": asked}}


def request_body(query: SearchQuery, tokens: frozenset[str], step: str, heard: Heard | None = None) -> dict[str, Any]:
    """The whole request of one step: matches, facets, one page of hits with highlights.

    With what was `heard` in the query's letters, that is asked for, and the query is the one that marks it.
    """
    conditions: dict[str, Any] = {"filter": readable(tokens)}
    if query.hidden:
        conditions["must_not"] = [{"terms": {"key": sorted(query.hidden)}}]
    if query.asks_for_text:
        by_text = in_any_wording(query, step) if heard is None else _as_heard(query, heard)
        conditions["must"] = [by_text if not query.pinned else _or_pinned(query, by_text)]
        conditions["should"] = raising(query) if heard is None else []
        if query.expansion:
            conditions["should"] += telling_apart(query.expansion, step)
    if heard:
        query = heard.marked(query)
    other_language = {
        "bool": {"must": [{"exists": {"field": "language"}}], "must_not": [{"term": {"language": query.language}}]}
    }
    scored = {
        "function_score": {
            "query": {"bool": conditions},
            "functions": [
                {"filter": {"terms": {"validity": list(ENDED)}}, "weight": REPEALED},
                {"filter": other_language, "weight": OTHER_LANGUAGE},
                {"filter": {"term": {"type": "guide"}}, "weight": 1 if query.expansion else GUIDE},
            ],
            "score_mode": "multiply",
            "boost_mode": "multiply",
        }
    }
    body: dict[str, Any] = {
        "query": _first_the_pinned(query, scored) if query.asks_for_text else {"bool": conditions},
        "from": query.offset,
        "size": query.page_size,
        "track_total_hits": True,
        "_source": ["key", "shown_title", "shown_number", "attachment_ids"],
        "aggs": _facets(query),
        "sort": _sort(query),
    }
    if query.filters:
        body["post_filter"] = {"bool": {"filter": [_chosen(name, query) for name in query.filters]}}
    if query.asks_for_text:
        body["highlight"] = _highlight(query)
        if query.pinned or query.filters:
            body["aggs"][BY_TEXT] = {"filter": by_text if query.pinned else {"match_all": {}}}
    return body


BY_TEXT = "by_text"
"""How many match whatever filters leave of them, without being pinned: filters relax no step, and a pinned thing alone
keeps none from being relaxed."""


WITHOUT = "without "


def freed_body(query: SearchQuery, body: dict[str, Any]) -> dict[str, Any]:
    """The request, after one with this body that filters left nothing of, for what there is without them."""
    first = {"size": CHECKED, "_source": False, "docvalue_fields": ["key"], "sort": body["sort"]}
    counts = {
        WITHOUT + name: {
            "filter": {"bool": {"filter": [_chosen(other, freed) for other in freed.filters]}},
            "aggs": {"first": {"top_hits": first}},
        }
        for name, freed in query.freed.items()
    }
    return {"query": body["query"], "size": 0, "track_total_hits": False, "aggs": counts}


def freed_in(answer: dict[str, Any], query: SearchQuery) -> dict[str, Freed]:
    """What the answer to `freed_body` has."""
    found = {name: answer["aggregations"][WITHOUT + name] for name in query.freed}
    return {
        name: Freed(count["doc_count"], [hit["fields"]["key"][0] for hit in count["first"]["hits"]["hits"]])
        for name, count in found.items()
        if count["doc_count"]
    }


def _or_pinned(query: SearchQuery, by_text: dict[str, Any]) -> dict[str, Any]:
    pinned = _constant({"terms": {"key": list(query.pinned)}}, 0)
    return {"bool": {"should": [by_text, pinned], "minimum_should_match": 1}}


def _first_the_pinned(query: SearchQuery, scored: dict[str, Any]) -> dict[str, Any]:
    places = [
        _constant({"term": {"key": key}}, PINNED * (len(query.pinned) - place))
        for place, key in enumerate(query.pinned)
    ]
    return {"bool": {"must": [scored], "should": places}} if places else scored


def _chosen(name: str, query: SearchQuery) -> dict[str, Any]:
    return {"terms": {name: list(query.filters[name])}}


FACET_SIZE = 500
"""More values than any facet has (departments, years), so that counts are exact."""


def _facets(query: SearchQuery) -> dict[str, Any]:
    """Each facet under the other facets' filters."""
    facets = {}
    for name in FACETS:
        others = [_chosen(other, query) for other in query.filters if other != name]
        counted = {"terms": {"field": name, "size": FACET_SIZE}}
        facets[name] = {"filter": {"bool": {"filter": others}}, "aggs": {"values": counted}} if others else counted
    return facets


def _sort(query: SearchQuery) -> list[Any]:
    day = {"published_on": {"order": "asc" if query.sort == "oldest" else "desc", "missing": "_last"}}
    if query.sort == "relevance" and query.asks_for_text:
        return ["_score", day, {"key": "desc"}]
    return [day, {"key": "asc" if query.sort == "oldest" else "desc"}]


MAX_PAIRS = 24


def _highlight(query: SearchQuery) -> dict[str, Any]:
    return {
        "pre_tags": ["\ue000"],
        "post_tags": ["\ue001"],
        "type": "unified",
        "fragment_size": 90,
        "number_of_fragments": 2,
        "max_analyzed_offset": 2_000_000,
        "highlight_query": {"bool": {"should": _marked((*query.marked_parts, *query.marked_words))}},
        "require_field_match": False,
        "fields": {"title": {"number_of_fragments": 0}, "summary": {}, "body": {}, "attachments": {}, "extra": {}},
    }


def _marked(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """What to mark: whole parts, and the pairs of long ones."""
    clauses: list[dict[str, Any]] = []
    for part in parts:
        pieces = [joined(part)]
        if part.is_han and not part.is_phrase:
            pieces += ["".join(part.tokens[i : i + 2]) for i in range(len(part.tokens) - 1)][:MAX_PAIRS]
        clauses += [{"match_phrase": {field: piece}} for piece in pieces for field in ("title", "body", "attachments")]
    return clauses[:200]
