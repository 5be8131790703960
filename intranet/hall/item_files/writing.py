"""Taking the items away, in the very table that is taken in; and the template, with what each column means."""

from typing import Any

from django.utils.translation import gettext as _

from intranet.hall.item_files.cells import written
from intranet.hall.item_files.columns import COLUMNS, OF_ITEM, OF_VERSION, Column
from intranet.hall.item_files.parts import cell_of, part_of
from intranet.hall.item_files.planning import shown
from intranet.hall.item_files.reading import COMMENT
from intranet.hall.item_files.tables import Rows, as_csv, as_workbook
from intranet.hall.models import ItemMaterial, ItemStage, ItemVersion, ServiceItem
from intranet.listed import listed

FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def rows_of_items() -> Rows:
    """Every version of every item, the oldest first; an item without one has a row of its own."""
    rows = [[column.heading for column in COLUMNS]]
    for item in ServiceItem.objects.select_related("department", "guide").order_by("code"):
        versions = item.versions.order_by("valid_from").prefetch_related("materials", "stages")
        rows += [_row(item, version) for version in versions] or [_row(item, None)]
    return rows


def file_of_items(kind: str) -> bytes:
    """The items as a file of this format."""
    rows = rows_of_items()
    return as_csv(rows) if kind == "csv" else as_workbook({_("Service items"): rows, _("Columns"): _explanations()})


def template(kind: str) -> bytes:
    """An empty list with its columns explained: in CSV by a row that is passed over, in a workbook on its own sheet."""
    headings = [column.heading for column in COLUMNS]
    if kind == "csv":
        notes = [_note(column) for column in COLUMNS]
        return as_csv([headings, [f"{COMMENT} {notes[0]}", *notes[1:]]])
    return as_workbook({_("Service items"): [headings], _("Columns"): _explanations()})


def _row(item: ServiceItem, version: ItemVersion | None) -> list[str]:
    cells = [shown(column, getattr(item, column.name)) for column in OF_ITEM]
    if version is None:
        return cells + [""] * (len(COLUMNS) - len(cells))
    cells += [shown(column, getattr(version, column.name)) for column in OF_VERSION]
    cells.append(cell_of(map(part_of, version.materials.all()), ItemMaterial))
    return [*cells, cell_of(map(part_of, version.stages.all()), ItemStage)]


def _explanations() -> Rows:
    headings = [_("Column"), _("What stands in it"), _("Required"), _("Example")]
    rows = [[column.heading, _meaning(column), written(column.is_required), column.example] for column in COLUMNS]
    return [headings, *rows]


def _meaning(column: Column) -> str:
    """Its own words, what may be chosen, what an empty cell stands for."""
    model = ServiceItem if column in OF_ITEM else ItemVersion
    said = [str(column.help_text)]
    if column in (*OF_ITEM, *OF_VERSION):
        field: Any = model._meta.get_field(column.name)
        said = [str(column.help_text or field.help_text)]
        if field.choices:
            said.append(_("One of: %(names)s.") % {"names": listed(label for _value, label in field.choices)})
    if column.default not in ("", None):
        said.append(_("Empty is: %(value)s.") % {"value": shown(column, column.default)})
    return " ".join(filter(None, said))


def _note(column: Column) -> str:
    meaning = _meaning(column)
    return f"{meaning} ({_('required')})" if column.is_required else meaning
