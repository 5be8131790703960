"""The menu of a table's cells, in the language of whoever edits: the editor of tables itself knows English alone."""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.telepath import register
from wagtail.contrib.table_block.blocks import TableInput, TableInputAdapter

KNOWN_LANGUAGE = "en-US"
"""The one language that the editor brings along; any other is an error in the browser's console."""
SEPARATOR = "---------"


class TableInputWithMenu(TableInputAdapter):
    """Wagtail's, with the words of the menu and without a language that the editor does not know."""

    WORDS: ClassVar[dict[str, str | Promise]] = {
        "row_above": _("Insert row above"),
        "row_below": _("Insert row below"),
        "col_left": _("Insert column left"),
        "col_right": _("Insert column right"),
        "remove_row": _("Remove row"),
        "remove_col": _("Remove column"),
        "undo": _("Undo"),
        "redo": _("Redo"),
    }

    def js_args(self, widget: TableInput) -> list[Any]:
        options, strings = super().js_args(widget)
        return [{**options, "language": KNOWN_LANGUAGE, "contextMenu": self._menu(options["contextMenu"])}, strings]

    def _menu(self, asked: list[str]) -> dict[str, Any]:
        lines: dict[str, Any] = {}
        for place, key in enumerate(asked):
            if key == SEPARATOR:
                lines[f"separator{place}"] = SEPARATOR
            else:
                lines[key] = {"name": str(self.WORDS[key])}
        return {"items": lines}


def word_the_menu_of_tables() -> None:
    """Give every editor of tables this menu."""
    register(TableInputWithMenu(), TableInput)
