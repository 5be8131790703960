"""Leaving passages and files out of a version's content. Nothing here reads or writes the database."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from intranet.disclosure.models import MatterPage
from intranet.disclosure.models.matter import Language
from intranet.disclosure.texts import is_text, rewritten, without_links_to_files

MARKS: Mapping[str, str] = {Language.ZH_HANS: "〔不予公开〕", Language.BO: "〔…〕", Language.EN: "[withheld]"}
"""What stands for a passage, by the language of the text; its length tells nothing of what was there."""


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


def redact(content: Mapping[str, Any], model: type[MatterPage], left_out: LeftOut) -> Redaction:
    """The content of a version of this type of matter without what is left out.

    Passages are left out of every text that somebody wrote: title, summary, body, rows and elements, longest passage
    first. An address that repeats a title with passages in it becomes the matter's identifier, unless readers know it
    already.
    """
    redacted = deepcopy(dict(content))
    times = dict.fromkeys(left_out.passages, 0)
    mark = MARKS[redacted.get("language") or Language.ZH_HANS]

    def without(text: str) -> str:
        for passage in sorted(left_out.passages, key=len, reverse=True):
            for form in {passage, escape(passage, quote=False), escape(passage)}:
                times[passage] += text.count(form)
                text = text.replace(form, mark)
        return text

    title = redacted["title"]
    _rewrite(redacted, model, without, left_out)
    for relation in get_all_child_relations(model):
        for row in redacted.get(relation.get_accessor_name()) or []:
            _rewrite(row, relation.related_model, without, left_out)
    redacted["attachments"] = [
        row for row in redacted.get("attachments") or [] if row["document"] not in left_out.documents
    ]
    if redacted["title"] != title and not redacted.get("first_published_at"):
        redacted["slug"] = redacted["identifier"]
    return Redaction(redacted, times)


def _rewrite(row: dict[str, Any], model: type[models.Model], without: Callable[[str], str], left_out: LeftOut) -> None:
    for field in _texts_of(model):
        value = row.get(field.name)
        if not isinstance(value, str) or not value:
            continue
        if isinstance(field, StreamField):
            blocks = _blocks(json.loads(value), without, left_out)
            row[field.name] = json.dumps(blocks, ensure_ascii=False)
        else:
            row[field.name] = without(value)


def _texts_of(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields in which somebody writes."""
    for field in model._meta.concrete_fields:
        if isinstance(field, StreamField) or (is_text(field) and (field.editable or field.name == "draft_title")):
            yield field


def _blocks(blocks: list[Any], without: Callable[[str], str], left_out: LeftOut) -> list[Any]:
    gone = {str(document) for document in left_out.documents}

    def rewrite(text: str) -> str:
        return without(without_links_to_files(text, gone.__contains__) if gone else text)

    kept = []
    for block in blocks:
        if block["type"] == "figure" and block["value"].get("image") in left_out.images:
            continue
        if block["type"] == "files":
            block["value"] = [item for item in block["value"] if _document_of(item) not in left_out.documents]
            if not block["value"]:
                continue
        kept.append({**block, "value": rewritten(block["value"], rewrite)})
    return kept


def _document_of(item: Any) -> Any:
    return item.get("value") if isinstance(item, dict) else item
