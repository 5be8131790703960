"""However much is sent, an engine is asked a bounded question: counted in clauses, not in seconds."""

from contextlib import contextmanager

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from search.document import FACETS, SearchDocument
from search.engines import engine_from_url
from search.engines.elasticsearch.asking import STEPS, request_body
from search.query import SearchQuery
from tests.search.safety.conftest import few
from tests.search.safety.texts import anything, percent

CLAUSES = 1000
"""Elasticsearch takes at least 1,024 in a query, however small the node."""
STATEMENTS = 2500
"""Two for each pair of characters of the longest text, in each of three steps, and what orders them."""
LEAVES = ("multi_match", "combined_fields", "match_phrase", "match", "term", "terms", "prefix", "range", "exists")
TOKENS = frozenset({"public"})
WORST = [
    "一 " * 5000, "一a" * 5000, "a1 " * 5000, "一a1 " * 3000, '"一a"' * 3000, "一" * 10_000, "a" * 10_000, '"' * 10_000,
    "ཀ་" * 5000, "".join(chr(0x4E00 + n) for n in range(5000)), " ".join(f"{n}年" for n in range(3000)),
]  # fmt: skip


def query_of(text: str, value: str = "") -> SearchQuery:
    """The query of a request with this text, and with this value a thousand times in every filter."""
    filters = "&".join(f"{name}={percent(value)}{n}" for name in FACETS for n in range(1000) if value)
    return SearchQuery.parse(QueryDict(f"q={percent(text)}&{filters}"))


def clauses(body: object) -> int:
    """The conditions of a request on single fields, as Elasticsearch counts them."""
    if isinstance(body, list):
        return sum(clauses(one) for one in body)
    if not isinstance(body, dict):
        return 0
    return sum(
        len(inner.get("fields", "1"))
        if isinstance(inner, dict) and name in LEAVES
        else 1
        if name in LEAVES
        else clauses(inner)
        for name, inner in body.items()
    )


@few
@given(text=anything, value=st.sampled_from(["", "安全"]))
def test_a_request_to_elasticsearch_is_bounded(text, value):
    query = query_of(text, value)
    assert [
        clauses(request_body(query, TOKENS, step))
        for step in STEPS
        if clauses(request_body(query, TOKENS, step)) > CLAUSES
    ] == []


@pytest.mark.parametrize("text", WORST, ids=range(len(WORST)))
def test_the_worst_request_to_elasticsearch_is_bounded(text):
    assert max(clauses(request_body(query_of(text, "安"), TOKENS, step)["query"]) for step in STEPS) <= CLAUSES


@pytest.fixture
def embedded(tmp_path):
    engine = engine_from_url(f"embedded:///{tmp_path}/index")
    engine.write([SearchDocument("thing:1", 1, TOKENS, title="一" * 300, body="a1 一a " * 100)])
    return engine


@contextmanager
def statements(engine):
    made: list[str] = []
    engine._current().set_trace_callback(made.append)
    yield made
    engine._current().set_trace_callback(None)


@few
@given(text=st.sampled_from(WORST) | anything)
@example(text=WORST[0])
def test_the_embedded_engine_makes_a_bounded_number_of_statements(embedded, text):
    with statements(embedded) as made:
        embedded.search(query_of(text, "安"), TOKENS)
        embedded.suggest(text, TOKENS)
    assert len([one for one in made if not one.startswith("--")]) <= STATEMENTS  # those are FTS5's own


def test_of_thousands_of_parts_the_first_are_asked_for_and_the_reader_is_told():
    query = query_of("一a" * 100)
    assert (len(query.parts), query.truncated) == (64, True)
