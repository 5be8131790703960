"""Spreadsheets of Excel 5 to 2003 (XLS), by xlrd."""

import os
from collections.abc import Iterator
from typing import BinaryIO

import xlrd  # type: ignore[import-untyped]
from xlrd.biffh import XL_CELL_BLANK, XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_EMPTY, XL_CELL_ERROR  # type: ignore[import-untyped]

from search.extraction.outcome import Limits, Reason
from search.extraction.readers.workbook import write_sheet
from search.extraction.transcript import Transcript, UnreadableError

_VISIBLE = 0


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the sheets that are shown. Raises `UnreadableError` for a protected workbook."""
    with open(os.devnull, "w") as nowhere:
        try:
            book = xlrd.open_workbook(file_contents=stream.read(), logfile=nowhere, on_demand=True)
        except xlrd.XLRDError as error:
            protected = "encrypted" in str(error)
            raise UnreadableError(Reason.PROTECTED if protected else Reason.DAMAGED) from error
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            if sheet.visibility == _VISIBLE:
                write_sheet(transcript, sheet.name, _rows(book, sheet))
            book.unload_sheet(index)


def _rows(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Iterator[list[object]]:
    for number in range(sheet.nrows):
        yield [_value(book, cell) for cell in sheet.row(number)]


def _value(book: xlrd.Book, cell: xlrd.sheet.Cell) -> object:
    if cell.ctype in {XL_CELL_EMPTY, XL_CELL_BLANK, XL_CELL_ERROR}:
        return None
    if cell.ctype == XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, book.datemode)
        except (xlrd.xldate.XLDateError, OverflowError):
            return cell.value
    return cell.value
