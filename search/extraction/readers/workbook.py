"""Spreadsheets (XLSX, XLSM, XLTX), by openpyxl: the values last shown, row by row."""

import warnings
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import BinaryIO

import openpyxl

from search.extraction.container import open_container
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the sheets that are shown; a hidden one would give hits that its reader cannot see."""
    open_container(stream, limits=limits).close()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and drawings that are not text
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                write_sheet(transcript, sheet.title, sheet.iter_rows(values_only=True))


def write_sheet(transcript: Transcript, title: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a sheet's title and its rows, cells divided by tabs; a sheet without any value is left out."""
    has_title = False
    for row in rows:
        cells = [shown for value in row if (shown := as_shown(value))]
        if cells and not has_title:
            transcript.write(f"{title}\n")
            has_title = True
        if cells:
            transcript.write("\t".join(cells) + "\n")


def as_shown(value: object) -> str:
    """A cell's value in words: a date in ISO form, a whole number without point, nothing where empty."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case _:
            return str(value).strip()
