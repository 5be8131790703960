"""Tables as files for a spreadsheet."""

import io
from collections.abc import Iterable

from defusedcsv import csv


def table_file(lines: Iterable[list[str]]) -> bytes:
    """The lines as CSV in UTF-8, with the mark by which a spreadsheet knows it, and no cell that it would compute."""
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")
