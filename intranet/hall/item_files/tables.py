"""Tables as files: cells in rows, out of CSV and XLSX and into them.

Only those who keep the items send one; a workbook is opened after its container was weighed.
"""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import PurePath

import openpyxl
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
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
_GUARDED = re.compile(r"'([@+\-=|%])")
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
    unreadable = ValidationError(_("The workbook cannot be read; save it once more as .xlsx without a password."))
    try:
        open_container(io.BytesIO(content), limits=LIMITS).close()
        sheet = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False).worksheets[0]
    except (UnreadableError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise unreadable from error
    if sheet.max_row > MOST_ROWS + 1000 or sheet.max_column > MOST_COLUMNS:
        raise ValidationError(_("The sheet is too large; take out what is no list of items."))
    rows = [[tidy(as_shown(value)) for value in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        for row, column in merged.cells:
            rows[row - 1][column - 1] = MERGED
    return rows


def _of_csv(content: bytes) -> Rows:
    encoding = encoding_of(content[:SAMPLE_BYTES])
    if encoding is None:
        raise ValidationError(_("The file is no CSV: its characters cannot be read."))
    text = content.decode(encoding, "replace").removeprefix("\ufeff")
    delimiter = max(",;\t", key=lambda sign: _columns_known(text, sign))
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValidationError(
            _("The file is no CSV that a spreadsheet would write: %(error)s.") % {"error": error}
        ) from error
    return [[tidy(_unguarded(cell)) for cell in row] for row in found]


def _columns_known(text: str, delimiter: str) -> int:
    """How many headings of the list there are if this sign stands between cells."""
    first = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
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
