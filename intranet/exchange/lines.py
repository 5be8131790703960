"""The lines of the exchange format: how they are read from a file, and what makes one refused.

One JSON object a line, in UTF-8. Nothing here touches the database; what a line means for this portal is
checked in `intranet.exchange.importing`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from intranet.access.audience import Audience
from intranet.disclosure.models import MATTER_TYPES, Language, Side
from intranet.disclosure.particulars.written import FormRefused, stored_from

MEBIBYTE = 1024 * 1024
LONGEST_LINE = 32 * MEBIBYTE
"""A body of the largest size, every character escaped, with room for the rest."""
LARGEST_BODY = 5_000_000
"""Of a body's text in UTF-8, in bytes."""
MOST_PARAGRAPHS = 20_000
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,80}")
DEPARTMENT_CODE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BOM = b"\xef\xbb\xbf"

MATTERS_PER_SIDE = 10
REQUIRED = (
    "id",
    "audience",
    "visibility",
    "matter",
    "type",
    "department",
    "title",
    "summary",
    "body",
    "document_number",
    "formed_on",
    "language",
)
OPTIONAL = ("published_on", "attachments", "particulars")
FIELDS = (*REQUIRED, *OPTIONAL)


class LineRefused(ValueError):
    """The line cannot go in; `reasons` say why, in words for who made the file."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = list(reasons)
        super().__init__(" ".join(reasons))


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A well-formed line. `matter` is the number in the catalogue's side; `size` is that of its text, in bytes.

    `particulars` is the form of its category as it is stored, empty where there is none.
    """

    id: str
    audience: str
    visibility: str
    matter: int
    type: str
    department: str
    title: str
    summary: str
    body: str
    document_number: str
    formed_on: date | None
    published_on: date | None
    language: str
    attachments: tuple[str, ...]
    particulars: str
    size: int

    @property
    def category_code(self) -> str:
        """External 2 is E2, internal 3 is N3."""
        return f"{'E' if self.audience == Side.EXTERNAL else 'N'}{self.matter}"


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | LineRefused]]:
    """The stream's lines with their numbers from 1, without line ends, blank ones left out.

    Never holds more than one line in memory; a line longer than any allowed one is passed over and comes as a
    refusal. A byte order mark at the beginning is no part of the first line.
    """
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MEBIBYTE)) and not rest.endswith(b"\n"):
                pass
            yield number, LineRefused(_("The line is longer than %(size)s MB.") % {"size": LONGEST_LINE // MEBIBYTE})
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if line := line.strip():
            yield number, line


def parse_line(line: bytes, *, draft: bool = False) -> MatterLine:
    """The line's content. Raises `LineRefused` with every reason against it.

    `draft` allows what a draft may still lack: the audience and the day of formation.
    """
    content = _json_object(line)
    reasons = [_("“%(field)s” is missing.") % {"field": name} for name in REQUIRED if name not in content]
    unknown = [name for name in content if name not in FIELDS]
    reasons += [_("%(field)s is not a field of the format.") % {"field": _shown(name)} for name in unknown]
    reader = _Reader(content, reasons)
    line_read = MatterLine(
        id=reader.pattern("id", IDENTIFIER, _("Latin letters, digits, hyphen and underscore, at most 80")),
        audience=reader.choice("audience", Side.values),
        visibility=reader.choice("visibility", [*Audience.values, *([""] if draft else [])]),
        matter=reader.number("matter", 1, MATTERS_PER_SIDE),
        type=reader.choice("type", list(MATTER_TYPES)),
        department=reader.pattern("department", DEPARTMENT_CODE, _("a department's code, like “regulations-training”")),
        title=reader.line("title", 255, empty=False),
        summary=reader.text("summary").strip(),
        body=reader.body("body"),
        document_number=reader.line("document_number", 100),
        formed_on=reader.day("formed_on", optional=draft),
        published_on=reader.day("published_on", optional=True),
        language=reader.choice("language", Language.values),
        attachments=reader.names("attachments"),
        particulars="",
        size=len(line),
    )
    line_read = replace(line_read, particulars=reader.particulars("particulars", line_read, draft=draft))
    if reasons:
        raise LineRefused(*reasons)
    return line_read


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LineRefused(_("The line is not UTF-8 (byte %(place)s).") % {"place": error.start + 1}) from error
    try:
        content = json.loads(text, object_pairs_hook=_without_repetition, parse_constant=_no_constant)
    except LineRefused:
        raise
    except RecursionError as error:
        raise LineRefused(_("The JSON is nested too deeply.")) from error
    except ValueError as error:
        raise LineRefused(_("The line is not JSON: %(error)s.") % {"error": error}) from error
    if not isinstance(content, dict):
        raise LineRefused(_("The line is not a JSON object."))
    return content


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _value in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise LineRefused(_("%(field)s is there twice.") % {"field": _shown(repeated)})
    return content


def _no_constant(name: str) -> None:
    raise LineRefused(_("%(value)s is not a value of JSON.") % {"value": name})


class _Reader:
    """Reads fields of one line and collects the reasons against them; what is refused reads as empty."""

    def __init__(self, content: dict[str, Any], reasons: list[str]) -> None:
        self.content = content
        self.reasons = reasons

    def _refuse(self, field: str, why: str) -> None:
        self.reasons.append(_("“%(field)s”: %(why)s.") % {"field": field, "why": why})

    def text(self, field: str) -> str:
        value = self.content.get(field, "")
        if not isinstance(value, str):
            self._refuse(field, _("must be text, not %(value)s") % {"value": _shown(value)})
            return ""
        if found := _FORBIDDEN.search(value):
            self._refuse(
                field,
                _("character %(place)s is U+%(code)s, which no text may hold")
                % {"place": found.start() + 1, "code": f"{ord(found[0]):04X}"},
            )
            return ""
        return value

    def line(self, field: str, longest: int, *, empty: bool = True) -> str:
        before = len(self.reasons)
        value = self.text(field).strip()
        if "\n" in value or "\r" in value:
            self._refuse(field, _("must be one line"))
        elif len(value) > longest:
            self._refuse(
                field,
                _("has %(length)s characters, at most %(longest)s are allowed")
                % {"length": len(value), "longest": longest},
            )
        elif not value and not empty and field in self.content and len(self.reasons) == before:
            self._refuse(field, _("must not be empty"))
        return value

    def body(self, field: str) -> str:
        value = self.text(field)
        if len(value) > LARGEST_BODY or len(value.encode()) > LARGEST_BODY:
            self._refuse(
                field, _("is larger than %(size)s MB; attach it as a file") % {"size": LARGEST_BODY // 1_000_000}
            )
            return ""
        if value.count("\n") > MOST_PARAGRAPHS:
            self._refuse(field, _("has more than %(most)s lines; attach it as a file") % {"most": MOST_PARAGRAPHS})
            return ""
        return value

    def pattern(self, field: str, allowed: re.Pattern[str], meaning: str) -> str:
        before = len(self.reasons)
        value = self.text(field)
        if field in self.content and len(self.reasons) == before and not allowed.fullmatch(value):
            self._refuse(field, _("%(value)s is not %(meaning)s") % {"value": _shown(value), "meaning": meaning})
        return value

    def choice(self, field: str, allowed: list[str]) -> str:
        value = self.content.get(field, "")
        if field in self.content and (not isinstance(value, str) or value not in allowed):
            self._refuse(
                field,
                _("%(value)s is none of %(allowed)s")
                % {"value": _shown(value), "allowed": ", ".join(filter(None, allowed))},
            )
        return value if isinstance(value, str) else ""

    def number(self, field: str, least: int, most: int) -> int:
        value = self.content.get(field, 0)
        if type(value) is not int or not least <= value <= most:
            if field in self.content:
                self._refuse(
                    field,
                    _("%(value)s is not a whole number from %(least)s to %(most)s")
                    % {"value": _shown(value), "least": least, "most": most},
                )
            return 0
        return value

    def day(self, field: str, *, optional: bool) -> date | None:
        value = self.content.get(field)
        if value is None and (optional or field not in self.content):
            return None
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self._refuse(field, _("there is no day %(value)s") % {"value": value})
                return None
        self._refuse(field, _("%(value)s is not a day like 2007-03-15") % {"value": _shown(value)})
        return None

    def names(self, field: str) -> tuple[str, ...]:
        value = self.content.get(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(name, str) and name for name in value):
            self._refuse(field, _("must be a list of file names"))
            return ()
        if any(_FORBIDDEN.search(name) or "\n" in name for name in value):
            self._refuse(field, _("a file name holds a character that none may hold"))
        if len(set(value)) < len(value):
            self._refuse(field, _("a file is there twice"))
        return tuple(value)

    def particulars(self, field: str, line: MatterLine, *, draft: bool) -> str:
        value = self.content.get(field)
        if value is None:
            return ""
        if found := _FORBIDDEN.search(json.dumps(value, ensure_ascii=False)):
            self._refuse(field, _("holds U+%(code)s, which no text may hold") % {"code": f"{ord(found[0]):04X}"})
            return ""
        try:
            return stored_from(value, category=line.category_code, type_code=line.type, draft=draft)
        except FormRefused as refusal:
            for reason in refusal.reasons:
                self._refuse(field, reason.rstrip("."))
            return ""


def _shown(value: Any) -> str:
    """A value as it may stand in a message: short, and printable whatever it is."""
    if isinstance(value, list | dict):
        return _("a list") if isinstance(value, list) else _("an object")
    text = f"“{value}”" if isinstance(value, str) else json.dumps(value)
    text = text.encode("utf-8", "replace").decode()
    text = _FORBIDDEN.sub("�", text)
    return text if len(text) <= 60 else f"{text[:60]}…"
