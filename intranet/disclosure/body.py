"""The body of a matter: few blocks, each with one purpose, and its text for search and export."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from intranet.disclosure.pasted_blocks import PastedInto

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


class ArticleBlock(blocks.StructBlock):
    """An article of a regulation; its number is its address on the page."""

    number = blocks.CharBlock(label=_("article number"), help_text=_("As printed: 第十二条"), max_length=40)
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("article")
        icon = "list-ol"
        template = "disclosure/blocks/article.html"


class StepBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("step"))
    who = blocks.CharBlock(label=_("who"), required=False)
    time = blocks.CharBlock(label=_("how long"), required=False)

    class Meta:
        label = _("step")


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("kind"), choices=[("info", _("Note")), ("warning", _("Important"))], default="info"
    )
    text = blocks.RichTextBlock(label=_("text"), features=RICH_TEXT_FEATURES)

    class Meta:
        label = _("callout")
        icon = "info-circle"
        template = "disclosure/blocks/callout.html"


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        label = _("image")
        icon = "image"
        template = "disclosure/blocks/figure.html"


class BodyBlock(PastedInto):
    """The blocks of which a matter's body is made."""

    heading = blocks.CharBlock(label=_("heading"), icon="title", template="disclosure/blocks/heading.html")
    paragraph = blocks.RichTextBlock(
        label=_("text"), features=RICH_TEXT_FEATURES, template="disclosure/blocks/paragraph.html"
    )
    article = ArticleBlock()
    table = TableBlock(label=_("table"), template="disclosure/blocks/table.html")
    steps = blocks.ListBlock(StepBlock(), label=_("steps"), icon="order", template="disclosure/blocks/steps.html")
    callout = CalloutBlock()
    figure = FigureBlock()
    files = blocks.ListBlock(
        DocumentChooserBlock(),
        label=_("attachment list"),
        icon="doc-full",
        template="disclosure/blocks/files.html",
    )

    class Meta:
        block_counts: dict = {}


@dataclass(frozen=True, slots=True)
class BodyPart:
    """A run of the body's text under the nearest heading or article; `anchor` is its address on the page."""

    anchor: str
    heading: str
    text: str


def plain_text(html: str) -> str:
    """Rich text as plain text, a line for each paragraph or item.

    Rich text is stored well-formed, so a pattern finds its tags; a parser would take twenty times as long.
    """
    return unescape(_TAG.sub("", _BLOCK_END.sub("\n", html))).strip()


def article_anchor(number: str) -> str:
    """The fragment by which an article is linked, from its number as printed."""
    return "article-" + re.sub(r"\s+", "", number)


def heading_anchor(position: int) -> str:
    """The fragment of the heading that stands at this position in the body."""
    return f"part-{position}"


def _block_text(block_type: str, value: object) -> str:
    match block_type, value:
        case "paragraph", _:
            return plain_text(str(getattr(value, "source", value)))
        case "callout" | "article", dict():
            return plain_text(str(getattr(value["text"], "source", value["text"])))
        case "table", dict():
            rows = ["\t".join(str(cell or "") for cell in row) for row in value.get("data") or []]
            return "\n".join(filter(None, [str(value.get("table_caption") or ""), *rows]))
        case "steps", _:
            return "\n".join(" ".join(filter(None, (s["name"], s["who"], s["time"]))) for s in value)  # type: ignore[attr-defined]
        case "figure", dict():
            return str(value.get("caption") or "")
        case "files", _:
            return "\n".join(str(document.title) for document in value if document)  # type: ignore[attr-defined]
    return str(value)


WRITTEN_OUT = frozenset({"heading", "article", "paragraph", "callout", "figure"})
"""Blocks whose stored form has their text as it is: a statute of 500 articles is read without making 500 blocks."""


WITH_ADDRESS = frozenset({"heading", "article"})
"""Blocks that begin a part with an address."""


def _values(body: "blocks.StreamValue") -> Iterator[tuple[str, Any]]:
    """Type and value of each block, the stored value where that will do."""
    for position, stored in enumerate(body.raw_data):
        written_out = stored["type"] in WRITTEN_OUT
        yield stored["type"], stored["value"] if written_out else body[position].value


WITH_RICH_TEXT = {"paragraph": None, "callout": "text", "article": "text"}
"""Blocks with rich text, by the name of the field that has it; None where the block is nothing else."""


def rich_texts(body: "blocks.StreamValue") -> Iterator[str]:
    """The rich text of the body as it is stored, with its links."""
    for stored in body.raw_data:
        if stored["type"] in WITH_RICH_TEXT:
            field, value = WITH_RICH_TEXT[stored["type"]], stored["value"]
            text = value[field] if field else value
            yield str(getattr(text, "source", text))


def fetch_files(bodies: "Iterable[blocks.StreamValue]") -> None:
    """Fetch the files that the bodies name, of all bodies at once."""
    places = [
        (body, position, stored)
        for body in bodies
        for position, stored in enumerate(body.raw_data)
        if stored["type"] == "files"
    ]
    if places:
        block = places[0][0].stream_block.child_blocks["files"]
        values = block.bulk_to_python([stored["value"] for _body, _position, stored in places])
        for (body, position, stored), value in zip(places, values, strict=True):
            body[position] = ("files", value, stored.get("id"))


def has_addresses(body: "blocks.StreamValue") -> bool:
    """Whether any part of the body has an address."""
    return any(stored["type"] in WITH_ADDRESS for stored in body.raw_data)


def body_parts(body: "blocks.StreamValue") -> Iterator[BodyPart]:
    """The body's text in parts that have an address: an article, or what follows a heading."""
    anchor, heading, lines = "", "", []
    for position, (block_type, value) in enumerate(_values(body)):
        if block_type in WITH_ADDRESS:
            if lines or heading:
                yield BodyPart(anchor, heading, "\n".join(lines))
            lines = []
            if block_type == "heading":
                anchor, heading = heading_anchor(position), str(value)
            else:
                heading = str(value["number"])
                anchor = article_anchor(heading)
                lines.append(_block_text("article", value))
        else:
            lines.append(_block_text(block_type, value))
    if lines or heading:
        yield BodyPart(anchor, heading, "\n".join(lines))


def body_text(body: "blocks.StreamValue") -> str:
    """The whole body as plain text, a blank line between blocks; the form that export writes."""
    paragraphs: list[str] = []
    for block_type, value in _values(body):
        text = _block_text(block_type, value)
        if block_type == "article":
            text = f"{value['number']} {text}"
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)
