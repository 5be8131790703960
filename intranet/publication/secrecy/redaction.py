"""Leaving passages and files out of a version's content. Nothing here reads or writes the database."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from intranet.disclosure.models import MatterPage
from intranet.disclosure.models.matter import Language

MARKS: Mapping[str, str] = {Language.ZH_HANS: "〔不予公开〕", Language.BO: "〔…〕", Language.EN: "[withheld]"}
"""What stands for a passage, by the language of the text; its length tells nothing of what was there."""
STRUCTURE = frozenset({"type", "id"})
"""Keys of a stored block that are no text."""


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
        is_text = type(field).get_internal_type(field) in ("CharField", "TextField") and not field.choices
        if isinstance(field, StreamField) or (is_text and (field.editable or field.name == "draft_title")):
            yield field


def _blocks(blocks: list[Any], without: Callable[[str], str], left_out: LeftOut) -> list[Any]:
    kept = []
    for block in blocks:
        if block["type"] == "figure" and block["value"].get("image") in left_out.images:
            continue
        if block["type"] == "files":
            block["value"] = [item for item in block["value"] if _document_of(item) not in left_out.documents]
            if not block["value"]:
                continue
        kept.append({**block, "value": _value(block["value"], without, left_out.documents)})
    return kept


def _document_of(item: Any) -> Any:
    return item.get("value") if isinstance(item, dict) else item


def _value(value: Any, without: Callable[[str], str], documents: Collection[int]) -> Any:
    match value:
        case str():
            return without(_without_links(value, documents))
        case list():
            return [_value(each, without, documents) for each in value]
        case dict():
            return {key: each if key in STRUCTURE else _value(each, without, documents) for key, each in value.items()}
    return value


def _without_links(html: str, documents: Collection[int]) -> str:
    """Rich text whose links to these documents are plain words."""
    if not documents or 'linktype="document"' not in html:
        return html
    gone = {str(document) for document in documents}
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", linktype="document"):
        if link.get("id") in gone:
            link.unwrap()
    return str(soup)
