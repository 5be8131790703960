"""Leaving passages and files out of a version's content. Nothing here writes into the database."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField

from intranet.disclosure.hints import texts_by_place
from intranet.disclosure.models import MatterPage
from intranet.disclosure.models.matter import Language
from intranet.disclosure.particulars.numbers import NumberBlock
from intranet.disclosure.texts import is_text, rewritten, without_links_to_files
from intranet.publication.secrecy.passages import Passages

MARKS: Mapping[str, str] = {Language.ZH_HANS: "〔不予公开〕", Language.BO: "〔…〕", Language.EN: "[withheld]"}
"""What stands for a passage, by the language of the text; its length tells nothing of what was there."""

CORRECTIONS: Mapping[str, str] = {
    Language.ZH_HANS: "部分内容依法不予公开，已予隐去。",
    Language.BO: "部分内容依法不予公开，已予隐去。",
    Language.EN: "Passages that are not to be disclosed were left out.",
}
"""What readers of an earlier version are told, by the language of the text, where its author says nothing; the text of
record is Chinese."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a reviewer leaves out: passages word for word, documents and images by their primary keys."""

    passages: Sequence[str] = ()
    documents: frozenset[int] = frozenset()
    images: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.passages or self.documents or self.images)


@dataclass(frozen=True, slots=True)
class Redaction:
    """A version's content with passages left out."""

    content: dict[str, Any]
    times: Mapping[str, int]
    """How often each passage stood in it."""

    @property
    def not_found(self) -> list[str]:
        """The passages that stand nowhere in it, as they were given."""
        return [passage for passage, times in self.times.items() if not times]


def mark_of(language: str | None) -> str:
    """What stands for a passage in a text of this language."""
    return MARKS[language or Language.ZH_HANS]


def is_marked(version: MatterPage) -> bool:
    """Whether a mark stands in any of the texts of this version."""
    mark = mark_of(version.language)
    return any(mark in text for _place, texts in texts_by_place(version) for text in texts)


def redact(content: Mapping[str, Any], model: type[MatterPage], left_out: LeftOut) -> Redaction:
    """The content of a version of this type of matter without what is left out.

    Passages are left out of every text that somebody wrote (title, summary, body, rows and elements), whatever markup
    stands within them. An address with a passage in it becomes the matter's identifier; one that repeats a title with
    passages in it does unless readers know it already.
    """
    redacted = deepcopy(dict(content))
    passages = Passages(left_out.passages, mark_of(redacted.get("language")))
    title = redacted["title"]
    _rewrite(redacted, model, passages, left_out)
    for relation in get_all_child_relations(model):
        for row in redacted.get(relation.get_accessor_name()) or []:
            _rewrite(row, relation.related_model, passages, left_out)
    redacted["attachments"] = [
        row for row in redacted.get("attachments") or [] if row["document"] not in left_out.documents
    ]
    is_retold = redacted["title"] != title and not redacted.get("first_published_at")
    if is_retold or passages.stand_in(redacted["slug"]):
        redacted["slug"] = redacted["identifier"]
    return Redaction(redacted, passages.times)


def _rewrite(row: dict[str, Any], model: type[models.Model], passages: Passages, left_out: LeftOut) -> None:
    for field in _texts_of(model):
        value = row.get(field.name)
        if not isinstance(value, str) or not value:
            continue
        if isinstance(field, StreamField):
            stream = _without_files(json.loads(value), left_out)
            row[field.name] = json.dumps(_without(field.stream_block, stream, passages), ensure_ascii=False)
        else:
            row[field.name] = passages.without(value)


def _texts_of(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields in which somebody writes."""
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField) or (is_text(field) and (field.editable or field.name == "draft_title")):
            yield field


def _without_files(stream: list[Any], left_out: LeftOut) -> list[Any]:
    gone = {str(document) for document in left_out.documents}
    kept = []
    for block in stream:
        if block["type"] == "figure" and block["value"].get("image") in left_out.images:
            continue
        if block["type"] == "files":
            block["value"] = [item for item in block["value"] if _document_of(item) not in left_out.documents]
            if not block["value"]:
                continue
        if gone:
            block["value"] = rewritten(block["value"], lambda text: without_links_to_files(text, gone.__contains__))
        kept.append(block)
    return kept


def _document_of(item: Any) -> Any:
    return item.get("value") if isinstance(item, dict) else item


def _without(block: blocks.Block | None, value: Any, passages: Passages) -> Any:
    """A stored block's value without the passages; what is chosen is no text, and a number is left out whole."""
    match block, value:
        case blocks.StreamBlock(), list():
            own = block.child_blocks
            return [{**each, "value": _without(own.get(each["type"]), each["value"], passages)} for each in value]
        case blocks.ListBlock(), list():
            return [_without_in_item(block.child_block, item, passages) for item in value]
        case blocks.StructBlock(), dict():
            own = block.child_blocks
            return {name: _without(own.get(name), each, passages) for name, each in value.items()}
        case blocks.RichTextBlock(), str():
            return passages.without_in_html(value)
        case NumberBlock(), str():
            return passages.without_in_number(value)
        case blocks.ChoiceBlock(), _:
            return value
    return rewritten(value, passages.without)


def _without_in_item(block: blocks.Block, item: Any, passages: Passages) -> Any:
    if isinstance(item, dict) and item.get("type") == "item":
        return {**item, "value": _without(block, item["value"], passages)}
    return _without(block, item, passages)
