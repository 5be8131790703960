"""The body of a matter as plain text and back: the form in which the exchange format carries it.

A blank line separates paragraphs; within one, a line break is a line break. What a paragraph begins with
decides what it is:

- `## ` a heading; in a regulation also 第一章, 第二节
- 第十二条 an article, in a regulation; `§ ` with the number alone on the first line an article in any type.
  Paragraphs that follow belong to the article until a new article or another block begins
- `> ` a callout, `>! ` an important one
- `| a | b |` a table, a line for each row; `| --- | --- |` below the first row makes it the header, `: ` on a line
  above the first row is its caption
- `=> step | who | how long` steps, a line for each
- `¶ ` a paragraph of its own where it would otherwise belong to the article before it
- `\\` text as it stands, whatever it begins with

`body_from_text` and `text_of` are each other's inverse: `body_from_text(text_of(body))` is the body again, as
far as plain text can say it (bold, links, images and merged cells are lost).
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from django.utils.html import strip_tags

Block = dict[str, Any]
"""A block as a StreamField stores it: its type and its value, without the key that saving gives it."""

NUMBER_LENGTH = 40
"""The longest number of an article, as the block has it."""

CAPTION = ": "
NUMERAL = r"第[〇零一二三四五六七八九十百千两0-9０-９]+"
# 第三条规定的… and 第三条、第四条… begin a reference and not an article.
_REFERENCE = r"第规所的至到、和及或与中款项目，,》"
ARTICLE = re.compile(rf"({NUMERAL}条(?:之[一二三四五六七八九十]+)?)(?:[ \t\u3000]+|(?=\n)|$|(?![{_REFERENCE}]))")
CHAPTER = re.compile(rf"{NUMERAL}[编章节](?:[ \t\u3000]+|$|(?![{_REFERENCE}]))[^\n。；：]{{0,60}}$")
HEADING = re.compile(r"#{1,6}[ \t\u3000]+(?=\S)")
SEPARATOR = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_BLANK_LINES = re.compile(r"\n\s*\n")
_CELL_END = re.compile(r"(?<!\\)((?:\\\\)*)\|")
_ESCAPE = re.compile(r"\\(.)")
_ENDS_PARAGRAPH = re.compile(r"</(?:p|h[1-6]|ul|ol|blockquote)>|<(?:ul|ol)[^>]*>")
_ENDS_LINE = re.compile(r"</li>|<br\s*/?>|<hr\s*/?>")


def body_from_text(text: str, *, articles: bool) -> list[Block]:
    """The blocks of a plain text; `articles` where 第…条 and 第…章 begin articles and headings."""
    blocks: list[Block] = []
    article: Block | None = None
    for paragraph in paragraphs_of(text):
        block = _special_block(paragraph, articles=articles)
        if block is None:
            apart = paragraph.startswith("¶ ")
            plain = paragraph.removeprefix("¶ " if apart else "\\").strip()
            if not plain:
                continue
            if article is not None and not apart:
                article["value"]["text"] += _html([plain])
                continue
            block = {"type": "paragraph", "value": _html([plain])}
        blocks.append(block)
        article = block if block["type"] == "article" else None
    return blocks


def text_of(body: Iterable[Block], *, articles: bool) -> str:
    """The plain text of stored blocks; `articles` as in `body_from_text`."""
    paragraphs: list[str] = []
    in_article = False
    for block in body:
        written = _written(block["type"], block["value"], articles=articles, in_article=in_article)
        paragraphs += written
        if written:
            in_article = block["type"] == "article"
    return "\n\n".join(paragraphs)


def paragraphs_of(text: str) -> list[str]:
    """The text's paragraphs without the space around them, empty ones left out."""
    parts = (part.strip() for part in _BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n")))
    return ["\n".join(line.strip() for line in part.split("\n")) for part in parts if part]


def _special_block(paragraph: str, *, articles: bool) -> Block | None:
    """The block that the paragraph's beginning asks for; None where it is text."""
    lines = paragraph.split("\n")
    if len(lines) == 1 and (found := HEADING.match(paragraph)):
        return {"type": "heading", "value": paragraph[found.end() :].strip()}
    if paragraph.startswith("§ ") and len(lines[0]) <= NUMBER_LENGTH:
        return _article(" ".join(lines[0].removeprefix("§ ").split()), "\n".join(lines[1:]))
    if articles and CHAPTER.match(paragraph):
        return {"type": "heading", "value": paragraph}
    if articles and (found := ARTICLE.match(paragraph)) and len(found[1]) <= NUMBER_LENGTH:
        return _article(found[1], paragraph[found.end() :].strip())
    if all(line.startswith(">") for line in lines) and lines[0].startswith(("> ", ">! ")):
        return _callout(lines)
    has_caption = lines[0].startswith(CAPTION)
    rows = lines[1:] if has_caption else lines
    if rows and all(len(line) > 1 and line.startswith("|") and line.endswith("|") for line in rows):
        return _table(rows, " ".join(lines[0].removeprefix(CAPTION).split()) if has_caption else "")
    if all(line.startswith("=> ") for line in lines):
        return _steps(lines)
    return None


def _article(number: str, text: str) -> Block:
    return {"type": "article", "value": {"number": number, "text": _html([text]) if text else ""}}


def _callout(lines: list[str]) -> Block:
    kind = "warning" if lines[0].startswith(">!") else "info"
    text = "\n".join(line.removeprefix(">").strip() for line in [lines[0].removeprefix(">!"), *lines[1:]])
    return {"type": "callout", "value": {"kind": kind, "text": _html(paragraphs_of(text))}}


def _table(lines: list[str], caption: str) -> Block:
    header = len(lines) > 1 and SEPARATOR.fullmatch(lines[1]) is not None
    if header:
        del lines[1]
    rows = [_cells(line) for line in lines]
    width = max(map(len, rows))
    return {
        "type": "table",
        "value": {
            "data": [row + [""] * (width - len(row)) for row in rows],
            "first_row_is_table_header": header,
            "first_col_is_header": False,
            "table_header_choice": "row" if header else "neither",
            "table_caption": caption,
        },
    }


def _cells(line: str) -> list[str]:
    parts = _CELL_END.sub("\\1\x00", line).split("\x00")[1:]
    if len(parts) > 1 and not parts[-1].strip():
        del parts[-1]
    return [_ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], part.strip()) for part in parts]


def _steps(lines: list[str]) -> Block:
    items = []
    for line in lines:
        name, who, *time = (*_cells(f"| {line.removeprefix('=> ')} |"), "")
        value = {"name": name, "who": who, "time": " | ".join(filter(None, time))}
        items.append({"type": "item", "value": value})
    return {"type": "steps", "value": items}


def _html(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text, quote=False)}</p>".replace("\n", "<br/>") for text in paragraphs)


def _written(block_type: str, value: Any, *, articles: bool, in_article: bool) -> list[str]:
    """The paragraphs that stand for a block."""
    match block_type:
        case "heading":
            heading = re.sub(r"\s*\n\s*", " ", str(value)).strip()
            return [] if not heading else [heading if articles and CHAPTER.match(heading) else f"## {heading}"]
        case "paragraph":
            return [
                _plain(text, articles=articles, prefix="¶ " if in_article else "")
                for text in paragraphs_of_html(str(value))
            ]
        case "article":
            return _written_article(value, articles=articles)
        case "callout":
            mark = ">! " if value.get("kind") == "warning" else "> "
            text = "\n\n".join(paragraphs_of_html(value["text"]))
            lines = [f"> {line}" if line else ">" for line in text.split("\n")]
            return ["\n".join([lines[0].replace("> ", mark, 1), *lines[1:]])] if text else []
        case "table":
            return _written_table(value)
        case "steps":
            steps = [_item_value(item) for item in value]
            lines = [" | ".join(_cell(step.get(part)) for part in ("name", "who", "time")) for step in steps]
            return ["\n".join(f"=> {line}" for line in lines)] if lines else []
        case "figure":
            return [_plain(text, articles=articles, prefix="") for text in paragraphs_of(value.get("caption") or "")]
    return []


def _written_article(value: Any, *, articles: bool) -> list[str]:
    number = " ".join(str(value["number"]).split())
    first, *others = paragraphs_of_html(value["text"]) or [""]
    if not number:
        return [f"¶ {text}" for text in (first, *others) if text]
    if articles and (found := ARTICLE.fullmatch(number)) and found[1] == number:
        opening = f"{number} {first}".strip()
    else:
        opening = f"§ {number}\n{first}".strip()
    return [opening, *(_plain(text, articles=articles, prefix="") for text in others)]


def _written_table(value: Any) -> list[str]:
    rows = [[_cell(cell) for cell in row] for row in value.get("data") or []]
    if not rows or not rows[0]:
        return []
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if value.get("first_row_is_table_header"):
        lines.insert(1, f"|{' --- |' * len(rows[0])}")
    elif len(lines) > 1 and SEPARATOR.fullmatch(lines[1]):
        lines[1] = lines[1].replace("-", "\\-", 1)
    if caption := " ".join((value.get("table_caption") or "").split()):
        lines.insert(0, f"{CAPTION}{caption}")
    return ["\n".join(lines)]


def _cell(value: Any) -> str:
    text = str("" if value is None else value).strip()
    return re.sub(r"([\\|])", r"\\\1", text).replace("\n", "\\n")


def _plain(text: str, *, articles: bool, prefix: str) -> str:
    """The text as a paragraph that is read as text again."""
    if prefix:
        return prefix + text
    needs_escape = text.startswith(("\\", "¶ ")) or _special_block(text, articles=articles) is not None
    return f"\\{text}" if needs_escape else text


def paragraphs_of_html(html: str) -> list[str]:
    """The paragraphs of rich text, an item of a list a line."""
    marked = _ENDS_LINE.sub("\n", _ENDS_PARAGRAPH.sub("\n\n", html.replace("\n", " ")))
    return paragraphs_of(unescape(strip_tags(marked)))


def _item_value(item: Any) -> dict[str, Any]:
    return item["value"] if isinstance(item, dict) and "value" in item else item
