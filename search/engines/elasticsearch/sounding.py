"""Things by the sound of their title and keywords: in pinyin, by initials."""

from collections.abc import Sequence
from typing import Any

from search.engines.elasticsearch.mapping import TITLE_BEGINS
from search.pinyin import Reading

EXPANSIONS = 200
"""More syllables than begin with any letter."""
AT_THE_BEGINNING = 2


def sounds_so(found: Sequence[Reading], *, titles_alone: bool = False) -> dict[str, Any]:
    """What a document must have that may sound like this; where it begins so, that is worth more."""
    return {"dis_max": {"queries": [_sounding(reading, titles_alone=titles_alone) for reading in found]}}


def _sounding(reading: Reading, *, titles_alone: bool) -> dict[str, Any]:
    fields = [f"title_{reading.kind}", *([] if titles_alone else [f"keyword_{reading.kind}"])]
    alternatives = [_phrase(fields, reading.phrase, is_open=reading.is_open)]
    if reading.may_part:
        *words, last = reading.words
        apart = [*(_phrase(fields, word) for word in words), _phrase(fields, last, is_open=reading.is_open)]
        alternatives.append({"bool": {"filter": apart}})
    beginning = _phrase(fields, (TITLE_BEGINS, *reading.phrase), is_open=reading.is_open, boost=AT_THE_BEGINNING)
    return {"bool": {"must": [{"dis_max": {"queries": alternatives}}], "should": [beginning]}}


def _phrase(fields: list[str], tokens: Sequence[str], *, is_open: bool = False, boost: float = 1) -> dict[str, Any]:
    asked: dict[str, Any] = {"query": " ".join(tokens), "fields": fields, "boost": boost, "type": "phrase"}
    return {"multi_match": asked | ({"type": "phrase_prefix", "max_expansions": EXPANSIONS} if is_open else {})}
