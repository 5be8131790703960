"""Tables as files: cells in rows, out of CSV and XLSX and into them.

Only those who keep the items send one; a workbook is opened after its container was weighed.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from intranet.disclosure.particulars.files import table_file
from intranet.hall.item_files.cells import tidy
from intranet.hall.item_files.columns import column_called
from search.extraction.container import open_container
from search.extraction.encoding import SAMPLE_BYTES, encoding_of
from search.extraction.outcome import Limits
from search.extraction.readers.workbook import as_shown
from search.extraction.transcript import UnreadableError

MOST_BYTES = 2 * 2**20
MOST_ROWS = 2000
MOST_COLUMNS = 60
LIMITS = Limits(file_bytes=MOST_BYTES, members=200, unpacked_bytes=40 * 2**20)
MERGED = "\0merged"
"""Stands in a cell that a merged one covers, or that is one."""
UNCOMPUTED = "\0uncomputed"
"""Stands in a cell with a formula of which the file has no value."""
MOST_MERGED_CELLS = 20_000
DAMAGED_CHARACTER = "\ufffd"
_CHARTS = "xl/chartsheets/"
_GUARDED = re.compile(r"'(?:[@+\-=%]|\\\|)")
"""What `table_file` has put before a text that a spreadsheet would compute."""

Rows = list[list[str]]


def rows_of_file(name: str, content: bytes) -> Rows:
    """The rows of the file's first sheet, of which the first is that of the headings.

    Raises `ValidationError` where it is no such file, in words that say what to do.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError(_("The file is too large: a list of items has at most 2 MB."))
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        rows = _of_workbook(content)
    elif suffix == ".csv":
        rows = _of_csv(content)
    else:
        raise ValidationError(_("Send a file that ends in .xlsx or .csv."))
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise ValidationError(_("The file has more than %(most)d rows; send it in parts.") % {"most": MOST_ROWS})
    return rows


def _of_workbook(content: bytes) -> Rows:
    """The rows of the first sheet, read as a stream: what else the workbook has is only looked through for damage."""
    try:
        with open_container(io.BytesIO(content), limits=LIMITS) as container:
            has_charts = any(name.startswith(_CHARTS) for name in container.namelist())
    except UnreadableError as error:
        raise ValidationError(
            _("The workbook cannot be read; save it once more as .xlsx without a password.")
        ) from error
    chart = ValidationError(
        _("The first sheet of the workbook is a chart, or a chart in it cannot be read: take the charts out.")
    )
    damaged = ValidationError(
        _(
            "A part of the workbook is cut off or damaged. Open it in a spreadsheet program, see whether all rows are "
            "there, and save it once more as .xlsx."
        )
    )
    try:
        _look_through(content)
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = workbook[workbook.sheetnames[0]]
        if not isinstance(sheet, ReadOnlyWorksheet):
            raise chart
        merged, uncomputed = _merged_and_uncomputed(content, sheet._worksheet_path)
        rows = _rows_of(sheet)
        _mark(rows, merged, uncomputed)
    except ValidationError:
        raise
    except Exception as error:  # a damaged part makes openpyxl stumble on anything, and lets everything through
        raise (chart if has_charts and isinstance(error, AttributeError) else damaged) from error
    return rows


def _rows_of(sheet: ReadOnlyWorksheet) -> Rows:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    rows: Rows = []
    for row in sheet.iter_rows(values_only=True):
        cells = [tidy(as_shown(value)) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        rows.append(cells)
        if len(rows) > MOST_ROWS + 1000 or len(cells) > MOST_COLUMNS:
            raise ValidationError(_("The sheet is too large; take out what is no list of items."))
    return rows


def _mark(rows: Rows, merged: Iterable[str], uncomputed: Iterable[str]) -> None:
    """Put their marks into the cells of the references, where the rows have such cells or lack them at their end."""
    for references, mark in ((uncomputed, UNCOMPUTED), (merged, MERGED)):
        for reference in references:
            left, top, right, bottom = range_boundaries(reference)
            for cells in rows[top - 1 : bottom]:
                cells += [""] * (min(right, MOST_COLUMNS) - len(cells))
                cells[left - 1 : right] = [mark] * len(cells[left - 1 : right])


def _look_through(content: bytes) -> None:
    """Raises `ExpatError` where any part is damaged, whichever sheet it belongs to."""
    with ZipFile(io.BytesIO(content)) as container:
        for name in container.namelist():
            if name.endswith(".xml"):
                with container.open(name) as part:
                    expat.ParserCreate().ParseFile(part)


def _merged_and_uncomputed(content: bytes, path: str) -> tuple[list[str], list[str]]:
    """The references of the sheet's merged cells, and of those whose formula has no value."""
    merged, covered, uncomputed = [], 0, []
    with ZipFile(io.BytesIO(content)) as container, container.open(path) as part:
        for element in _elements(part, "{*}mergeCell", "{*}c"):
            reference = element.get("ref") or element.get("r") or ""
            if etree.QName(element).localname == "mergeCell":
                merged.append(reference)
                covered += _cells_of(reference)
            elif reference and element.find("{*}f") is not None and _has_no_value(element):
                uncomputed.append(reference)
            if covered > MOST_MERGED_CELLS:
                words = _("Whole rows or columns of the workbook are merged into one cell: unmerge them.")
                raise ValidationError(words)
    return merged, uncomputed


def _has_no_value(cell: etree._Element) -> bool:
    """Whether the cell's formula was never computed; an empty text is a value."""
    value = cell.find("{*}v")
    return value is None or (cell.get("t") != "str" and not (value.text or "").strip())


def _elements(part: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """The elements of the part as they end; what was seen is let go of."""
    for _event, element in etree.iterparse(part, tag=tags, resolve_entities=False):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cells_of(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return 0
    return (right - left + 1) * (bottom - top + 1) if None not in (left, top, right, bottom) else MOST_MERGED_CELLS + 1


def _of_csv(content: bytes) -> Rows:
    text = _text_of(content)
    delimiter = max(",;\t", key=lambda sign: _columns_known(text, sign))
    return [[tidy(_unguarded(cell)) for cell in row] for row in _read(text, delimiter)]


def _text_of(content: bytes) -> str:
    """The text, of which no character is damaged: what is written down is nobody's name with a hole in it."""
    encoding = encoding_of(_telling(content))
    if encoding is None:
        raise ValidationError(_("The file is no CSV: its characters cannot be read."))
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    if (place := text.find(DAMAGED_CHARACTER)) >= 0:
        words = _(
            "Characters in line %(line)d are damaged, or of another encoding than the rest. Save the list once more as "
            "“CSV UTF-8”, and see whether that line is as it should be."
        )
        raise ValidationError(words % {"line": text.count("\n", 0, place) + 1})
    return text


def _telling(content: bytes) -> bytes:
    """A part of the file that tells its encoding: a long beginning of plain letters is the same in most."""
    beginning = content[:SAMPLE_BYTES]
    if not beginning.isascii() or len(content) <= SAMPLE_BYTES:
        return beginning
    begins = next((place for place, byte in enumerate(content) if byte > 0x7F), 0)
    return content[begins : begins + SAMPLE_BYTES]


def _read(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 0
    try:
        for row in reader:
            yield row
            begun = reader.line_num
    except csv.Error as error:
        words = _(
            "The file is no CSV from line %(line)d on: a quotation mark there is not closed or stands inside a cell, "
            "or a cell is longer than %(most)d characters. Open it in a spreadsheet program and save it once more."
        )
        raise ValidationError(words % {"line": begun + 1, "most": csv.field_size_limit()}) from error


def _columns_known(text: str, delimiter: str) -> int:
    """How many headings of the list there are if this sign stands between cells."""
    try:
        first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return 0
    return sum(column_called(heading) is not None for heading in first[:MOST_COLUMNS])


def _unguarded(cell: str) -> str:
    """The cell without what keeps a spreadsheet from computing it."""
    return cell[1:].replace("\\|", "|") if _GUARDED.match(cell) else cell


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    return table_file(list(row) for row in rows)


def as_workbook(sheets: dict[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook with these sheets; every cell is text, and nothing in it is computed."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        _fill(workbook.create_sheet(title[:31]), rows)
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def _fill(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type, cell.number_format = "s", "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for place, heading in enumerate(rows[0] if rows else (), start=1):
        letter = openpyxl.utils.get_column_letter(place)
        sheet.column_dimensions[letter].width = max(14, min(40, 2 * len(heading)))
    sheet.freeze_panes = "B2"
