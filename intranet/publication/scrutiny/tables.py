"""Tables that cannot be told to those who do not see them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight

Rows = list[list[str]]
SHOWN = 20
"""Characters of a table's first words that name it where it has no caption."""


def tables(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each thing that a table lacks, by the table's place in the body and its caption or first words.

    Source: GB/T 37668-2019 and WCAG 2.2, 1.3.1: a screen reader names a cell by its headers and a table by its caption.
    """
    for number, block in enumerate(draft.body.blocks_by_name("table"), start=1):
        value = block.value or {}
        caption = (value.get("table_caption") or "").strip()
        rows = [[str(cell or "").strip() for cell in row] for row in value.get("data") or []]
        named = caption or next((cell for row in rows for cell in row if cell), "")
        for words in _lacks(value, rows, caption):
            yield Finding(Weight.WARNING, words, "tables", quoted=_place(number, named[:SHOWN]))


def _place(number: int, named: str) -> str:
    if named:
        return _("table %(number)d: %(words)s") % {"number": number, "words": named}
    return _("table %(number)d") % {"number": number}


def _lacks(value: dict[str, Any], rows: Rows, caption: str) -> Iterator[str]:
    if not any(cell for row in rows for cell in row):
        yield _("The table is empty: fill it in or take it out.")
        return
    if len(rows) == 1 and len(rows[0]) == 1:
        yield _("The table has a single cell: write it as text, or as a callout.")
        return
    if not caption:
        yield _("The table has no caption: say in a few words what it lists.")
    covered = _covered(value)
    headers = _headers(value, rows)
    if not headers:
        yield _(
            "Nothing says which cells of the table are headers: choose the row or the column that names the others."
        )
    elif any(not rows[y][x] for y, x in headers if (y, x) not in covered):
        yield _("A header of the table is empty: name every row and column that has words.")
    if _has_empty_line(rows, covered):
        yield _("The table has an empty row or column, which is read out like any other: take it out.")


def _headers(value: dict[str, Any], rows: Rows) -> list[tuple[int, int]]:
    """The places of the headers, by row and column; of both kinds together without the corner, which names nothing."""
    choice = value.get("table_header_choice")
    of_row = choice in ("row", "both") or value.get("first_row_is_table_header")
    of_column = choice in ("column", "col", "both") or value.get("first_col_is_header")
    across = [(0, x) for x in range(len(rows[0]))] if of_row else []
    down = [(y, 0) for y, row in enumerate(rows) if row] if of_column else []
    return [place for place in (*across, *down) if not (of_row and of_column and place == (0, 0))]


def _covered(value: dict[str, Any]) -> set[tuple[int, int]]:
    """The places that a merged cell covers beyond its first."""
    return {
        (y, x)
        for merged in value.get("mergeCells") or []
        for y in range(merged["row"], merged["row"] + merged["rowspan"])
        for x in range(merged["col"], merged["col"] + merged["colspan"])
        if (y, x) != (merged["row"], merged["col"])
    }


def _has_empty_line(rows: Rows, covered: set[tuple[int, int]]) -> bool:
    """Whether a row or a column has no words, and no part of a merged cell."""
    width = max(map(len, rows))
    lines = [[(y, x) for x in range(len(row))] for y, row in enumerate(rows)]
    lines += [[(y, x) for y in range(len(rows)) if x < len(rows[y])] for x in range(width)]
    return any(all(not rows[y][x] and (y, x) not in covered for y, x in line) for line in lines)
