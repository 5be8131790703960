"""Settings and fields of the index, and how documents become what it stores.

Texts are written in half width and simplified script already (`search.normalisation.simplify`); the rest is
stock analysis. Han text is indexed twice: by character, for single characters and highlights, and by pairs of
characters, for order and recall.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from search.document import FACETS, SearchDocument, facet_values
from search.normalisation import document_number_key, document_number_keys, exact_key, simplify, tokens
from search.number_starts import starts
from search.pinyin import sounds

ENGLISH = {"type": "stemmer", "language": "english"}
FILTERS = ["cjk_width", "lowercase", "asciifolding"]
MAX_ANALYSED = 3_000_000
"""Characters of a text that a highlighter may read: a statute has up to 100,000, its attachments more."""

SETTINGS: dict[str, Any] = {
    "analysis": {
        "filter": {"english_stem": ENGLISH},
        "analyzer": {
            "by_character": {"type": "custom", "tokenizer": "standard", "filter": [*FILTERS, "english_stem"]},
            "by_pair": {
                "type": "custom",
                "tokenizer": "standard",
                "filter": [*FILTERS, "cjk_bigram", "english_stem"],
            },
        },
    },
    "highlight": {"max_analyzed_offset": MAX_ANALYSED},
}

_TEXT = {
    "type": "text",
    "analyzer": "by_character",
    "index_options": "offsets",
    "fields": {"pair": {"type": "text", "analyzer": "by_pair"}},
}
TITLE_ENDS = "titleends"
"""A word after the last of every title, by which a phrase asks for a title's end; what is shown is `shown_title`."""
TITLE_BEGINS = "titlebegins"
"""The same before the first syllable of a title."""
READING_FIELDS = ("title_syllables", "title_initials", "keyword_syllables", "keyword_initials")
TEXT_FIELDS = ("title", "summary", "body", "attachments", "extra")

MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"excludes": ["readers"]},
    "properties": {
        **dict.fromkeys(TEXT_FIELDS, _TEXT),
        "exact_title": {"type": "keyword", "ignore_above": 2000},
        "title_length": {"type": "integer"},
        # Analysed by what every index has built in, so that an index of an older version can be given them.
        **{name: {"type": "text", "analyzer": "standard"} for name in READING_FIELDS},
        "spoken": {"type": "keyword", "index": False, "doc_values": False, "ignore_above": 2000},
        "number_starts": {"type": "keyword"},
        "keywords": {"type": "keyword"},
        "first_keyword": {"type": "keyword"},
        "own_number": {"type": "keyword"},
        "cited_numbers": {"type": "keyword"},
        "shown_title": {"type": "keyword", "index": False, "doc_values": False, "ignore_above": 2000},
        "shown_number": {"type": "keyword", "index": False, "doc_values": False, "ignore_above": 500},
        "attachment_ids": {"type": "keyword", "index": False, "doc_values": False},
        "readers": {"type": "keyword"},
        **{name: {"type": "keyword"} for name in FACETS},
        "published_on": {"type": "date"},
        "expires_at": {"type": "date"},
        "key": {"type": "keyword"},
        "deleted": {"type": "boolean"},
        "written_at": {"type": "date"},
    },
}


SEAM = "\u200b"
_SEAMS = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")


def analysed(text: str) -> str:
    """The text as Elasticsearch analyses it: simplified, and with a seam where a number and letters meet.

    Its tokenizer takes GB12345 and 21དེ for one word each; `search.normalisation` cuts them, and so does the query.
    """
    return _SEAMS.sub(SEAM, simplify(text))


def as_source(document: SearchDocument) -> dict[str, Any]:
    """The document as it is stored; a tombstone is a key without readers or text."""
    source: dict[str, Any] = {
        "key": document.key,
        "deleted": document.deleted or not document.readers,
        "written_at": datetime.now(UTC).isoformat(),
    }
    if source["deleted"]:
        return source
    keywords = [exact_key(keyword) for keyword in document.keywords]
    source |= {
        "title": f"{analysed(document.title)} {TITLE_ENDS}",
        "summary": analysed(document.summary),
        "body": analysed(document.body),
        "attachments": [analysed(f"{a.title} {a.file_name}\n{a.text}") for a in document.attachments],
        "attachment_ids": [a.id for a in document.attachments],
        "extra": [
            analysed(text)
            for text in (
                *document.keywords,
                document.document_number,
                document.index_number,
                document.department_name,
            )
            if text
        ],
        "exact_title": exact_key(document.title),
        "title_length": len(tokens(document.title)),
        **_by_sound("title", [document.title]),
        **_by_sound("keyword", document.keywords),
        "spoken": list(document.spoken),
        "keywords": keywords,
        "first_keyword": keywords[0] if keywords else None,
        "number_starts": list(starts(document.document_number)),
        "own_number": document_number_key(document.document_number) or None,
        "cited_numbers": document_number_keys(document.title),
        "shown_title": document.title,
        "shown_number": document.document_number or None,
        "readers": sorted(document.readers),
        "published_on": document.published_on.isoformat() if document.published_on else None,
        "expires_at": document.expires_at.isoformat() if document.expires_at else None,
        **facet_values(document),
    }
    return {name: value for name, value in source.items() if value not in (None, "", [])}


def _by_sound(name: str, texts: Iterable[str]) -> dict[str, list[str]]:
    """The syllables and the initials of the texts; between two of them Elasticsearch leaves a gap."""
    heard = [found for text in texts if (found := sounds(text))]
    return {
        f"{name}_syllables": [" ".join((TITLE_BEGINS, *(sound.syllable for sound in found))) for found in heard],
        f"{name}_initials": [" ".join((TITLE_BEGINS, *(sound.initial for sound in found))) for found in heard],
    }
