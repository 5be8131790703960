"""A filled-in form as its readers see it: facts, a table with its totals, a plot; and as a machine reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intranet.disclosure.facts import Fact
from intranet.disclosure.particulars.columns import Column
from intranet.disclosure.particulars.form import Form, Row, rows_of, total
from intranet.disclosure.particulars.forms import Filled
from intranet.disclosure.particulars.plots import Plot


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place of the table."""

    text: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together under a name, with what they add up to; the only group of a form has no name."""

    name: str
    rows: list[list[Cell]]
    totals: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A form on its matter's page. `totals` are of the only group; `code` names the CSV."""

    code: str
    label: str
    facts: list[Fact]
    columns: list[Cell]
    groups: list[Group]
    plot: Plot | None

    def __bool__(self) -> bool:
        return bool(self.facts or self.groups)


def table_of(filled: Filled, *, page_facts: Sequence[Fact]) -> Table:
    """The filled-in form as a table; `page_facts` are those fields of its matter that belong to it."""
    form, value = filled.form, filled.value
    head = [
        Fact(column.name, capfirst(str(column.label)), column.shown(found))
        for column in form.head
        if (found := column.value_in(value)) is not None
    ]
    columns = _shown_columns(form, rows_of(value))
    return Table(
        code=form.code,
        label=str(form.label),
        facts=[*head, *page_facts],
        columns=[Cell(capfirst(str(column.label)), column.is_number) for column in columns],
        groups=list(_groups(form, columns, value)),
        plot=form.plot(value) if rows_of(value) else None,
    )


def _shown_columns(form: Form, rows: list[Row]) -> list[Column]:
    """The columns that say anything; the one by which rows are grouped is said above each group."""
    return [
        column
        for column in form.columns
        if column.name != form.grouped_by and (column.required or any(column.value_in(row) is not None for row in rows))
    ]


def _groups(form: Form, columns: list[Column], value: Row) -> Iterator[Group]:
    rows = rows_of(value)
    if form.grouped_by:
        by = form.column(form.grouped_by)
        for code, label in by.choices:
            if some := [row for row in rows if row.get(by.name) == code]:
                yield _group(columns, some, name=str(label))
    elif rows:
        yield _group(columns, rows)


def _group(columns: list[Column], rows: list[Row], name: str = "") -> Group:
    return Group(
        name,
        [[Cell(column.shown(column.value_in(row)), column.is_number) for column in columns] for row in rows],
        _totals(columns, rows) if len(rows) > 1 else [],
    )


def _totals(columns: list[Column], rows: list[Row]) -> list[Cell]:
    """What the rows add up to, and what is computed of that; nothing where no column adds up."""
    sums: dict[str, Any] = {column.name: total(column, rows) for column in columns if column.adds}
    if not sums:
        return []
    cells = [Cell(_("Total"))]
    for column in columns[1:]:
        known = column.adds or column.derived
        cells.append(Cell(column.shown(column.value_in(sums)) if known else "", column.is_number))
    return cells


def lines_of(filled: Filled, *, page_facts: Sequence[Fact]) -> Iterator[list[str]]:
    """The form as lines of a file, the names of the columns first: each row with what stands above the rows."""
    form, value = filled.form, filled.value
    rows = rows_of(value)
    columns = form.columns if rows else ()
    labels = [*(fact.label for fact in page_facts), *(column.label for column in (*form.head, *columns))]
    yield [capfirst(str(label)) for label in labels]
    above = [_plain(fact.value) for fact in page_facts]
    above += [column.written(column.value_in(value)) for column in form.head]
    for row in rows or [{}]:
        yield [*above, *(column.written(column.value_in(row)) for column in columns)]


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
