"""Tables as files: cells in rows, out of CSV and XLSX and into them.

Only those who keep the items send one; a workbook is opened after its container was weighed.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from zipfile import ZipFile

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from lxml import etree  # type: ignore[import-untyped]
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import range_boundaries
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
MOST_MERGED_CELLS = 20_000
"""openpyxl makes an object of each, long before it is known whether any of them is looked at."""
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
    sheet = _first_sheet(content)
    if sheet.max_row > MOST_ROWS + 1000 or sheet.max_column > MOST_COLUMNS:
        raise ValidationError(_("The sheet is too large; take out what is no list of items."))
    rows = [[tidy(as_shown(value)) for value in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        for row, column in merged.cells:
            rows[row - 1][column - 1] = MERGED
    return rows


def _first_sheet(content: bytes) -> Worksheet:
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
        if _merged_cells(content) > MOST_MERGED_CELLS:
            raise ValidationError(_("Whole rows or columns of the workbook are merged into one cell: unmerge them."))
        workbook = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        sheet = workbook[workbook.sheetnames[0]]
    except ValidationError:
        raise
    except Exception as error:  # a damaged part makes openpyxl stumble on anything, and lets everything through
        raise (chart if has_charts and isinstance(error, AttributeError) else damaged) from error
    if not isinstance(sheet, Worksheet):
        raise chart
    return sheet


def _merged_cells(content: bytes) -> int:
    """How many cells the merged ones of all sheets cover."""
    covered = 0
    with ZipFile(io.BytesIO(content)) as container:
        for name in container.namelist():
            if name.endswith(".xml"):
                with container.open(name) as sheet:
                    parts = etree.iterparse(sheet, tag="{*}mergeCell", resolve_entities=False)
                    covered += sum(_cells_of(part.get("ref", "")) for _event, part in parts)
    return covered


def _cells_of(reference: str) -> int:
    try:
        left, top, right, bottom = range_boundaries(reference)
    except ValueError:
        return 0
    return (right - left + 1) * (bottom - top + 1) if None not in (left, top, right, bottom) else MOST_MERGED_CELLS + 1


def _of_csv(content: bytes) -> Rows:
    encoding = encoding_of(content[:SAMPLE_BYTES])
    if encoding is None:
        raise ValidationError(_("The file is no CSV: its characters cannot be read."))
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    delimiter = max(",;\t", key=lambda sign: _columns_known(text, sign))
    return [[tidy(_unguarded(cell)) for cell in row] for row in _read(text, delimiter)]


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
