"""However much is sent, an engine is asked a bounded question: counted in clauses, not in seconds."""

from contextlib import contextmanager

import pytest
from django.http import QueryDict
from hypothesis import example, given
from hypothesis import strategies as st

from search.curation.expansion import Thesaurus, expanded
from search.document import FACETS, SearchDocument
from search.engines import engine_from_url
from search.engines.base import Title
from search.engines.elasticsearch.asking import request_body, steps_of
from search.heard import Heard
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


EQUAL = [f"采石{chr(0x4E00 + n)}" for n in range(20)]
THESAURUS = Thesaurus.of([(word, EQUAL) for word in EQUAL])
SYNONYMS = [" ".join((EQUAL * 5)[:many]) for many in (1, 2, 3, 5, 8, 12, 20, 36, 64)] + [
    "采石一" * 60,
    "采石一" + "甲" * 200,
]
"""Words of the largest group, one and many, in one run and apart, and beside a long text."""


def query_of(text: str, value: str = "") -> SearchQuery:
    """The query of a request with this text, with its synonyms, and this value a thousand times in every filter."""
    filters = "&".join(f"{name}={percent(value)}{n}" for name in FACETS for n in range(1000) if value)
    return expanded(SearchQuery.parse(QueryDict(f"q={percent(text)}&{filters}")), THESAURUS)


def clauses(body: object) -> int:
    """The conditions of a request on single fields and tokens, as Elasticsearch counts them."""
    if isinstance(body, list):
        return sum(clauses(one) for one in body)
    if not isinstance(body, dict):
        return 0
    return sum(_clause(body[name]) if name in LEAVES else clauses(body[name]) for name in body)


def _clause(leaf: object) -> int:
    if isinstance(leaf, dict) and "minimum_should_match" in leaf:
        return max(len(leaf["fields"]), len(leaf["query"]))
    return len(leaf["fields"]) if isinstance(leaf, dict) and "fields" in leaf else 1


HEARD = Heard(
    tuple(Title("matter:1", "".join(chr(start + n) for n in range(255))) for start in (0x4E00, 0x5000, 0x6000))
)
"""As much as letters can stand for: the longest titles, as many as are looked for."""


def largest(text: str) -> int:
    query = query_of(text, "安")
    bodies = (request_body(query, TOKENS, step, HEARD if step == "pinyin" else None) for step in steps_of(query))
    return max(clauses(body["query"]) for body in bodies)


@few
@given(text=anything)
def test_a_request_to_elasticsearch_is_bounded(text):
    assert largest(text) <= CLAUSES


@pytest.mark.parametrize("text", ["an" * 150, "aqscxkz" * 40])
def test_a_request_for_what_letters_stand_for_is_bounded(text):
    assert "pinyin" in steps_of(query_of(text))
    assert largest(text) <= CLAUSES


@pytest.mark.parametrize("text", WORST + SYNONYMS, ids=range(len(WORST + SYNONYMS)))
def test_the_worst_request_to_elasticsearch_is_bounded(text):
    assert largest(text) <= CLAUSES


def test_a_short_query_is_asked_for_in_all_its_other_words():
    assert [len(query_of(text).variants) for text in SYNONYMS[:2]] == [19, 20]


@pytest.fixture
def embedded(tmp_path):
    engine = engine_from_url(f"embedded:///{tmp_path}/index")
    engine.write([SearchDocument("thing:1", 1, TOKENS, title="一" * 300, body="a1 一a " * 100)])
    return engine


@contextmanager
def statements(engine):
    made: list[str] = []
    engine.connection().set_trace_callback(made.append)
    yield made
    engine.connection().set_trace_callback(None)


@few
@given(text=st.sampled_from(WORST + SYNONYMS) | anything)
@example(text=WORST[0])
def test_the_embedded_engine_makes_a_bounded_number_of_statements(embedded, text):
    with statements(embedded) as made:
        embedded.search(query_of(text, "安"), TOKENS)
        embedded.suggest(text, TOKENS)
    assert len([one for one in made if not one.startswith("--")]) <= STATEMENTS  # those are FTS5's own


def test_of_thousands_of_parts_the_first_are_asked_for_and_the_reader_is_told():
    query = query_of("一a" * 100)
    assert (len(query.parts), query.truncated) == (64, True)
