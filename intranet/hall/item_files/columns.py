"""The columns of the table: what each is called, what stands in it, where it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from intranet.hall.item_files.cells import choice_in, day_in, heading_of, in_every_language, number_in, text_in
from intranet.hall.models import ItemVersion, ServiceItem
from search.normalisation import fold


class Of(Enum):
    """Whose a column is."""

    ITEM = "item"
    VERSION = "version"
    MATERIALS = "materials"
    STAGES = "stages"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. What is empty has the default; without a default it has to be filled in where it is required."""

    name: str
    of: Of
    read: Callable[[str], Any]
    help_text: Any = ""
    example: str = ""
    is_required: bool = True
    default: Any = ""

    @property
    def label(self) -> Any:
        """As the screens call it."""
        model: type[Model] = ServiceItem if self.of is Of.ITEM else ItemVersion
        match self.of:
            case Of.MATERIALS:
                return _("materials")
            case Of.STAGES:
                return _("stages")
        return model._meta.get_field(self.name).verbose_name  # type: ignore[union-attr]

    @property
    def heading(self) -> str:
        """The label as it stands above the column."""
        return heading_of(self.label)


COLUMNS = (
    Column("code", Of.ITEM, text_in, _("By it the item is known; a new code is a new item."), "AQ-001"),
    Column("kind", Of.ITEM, choice_in(ServiceItem.Kind), "", "许可"),
    Column("department", Of.ITEM, text_in, _("Code or Chinese name."), "licensing"),
    Column("name_zh", Of.ITEM, text_in, "", "安全生产许可证核发"),
    Column("name_bo", Of.ITEM, text_in, "", "", is_required=False),
    Column("name_en", Of.ITEM, text_in, "", "Safety production licence", is_required=False),
    Column("guide", Of.ITEM, text_in, _("Identifier of the guide, as its address ends."), "", is_required=False),
    Column("valid_from", Of.VERSION, day_in, _("From this day on it is as the row says."), "2026-01-01"),
    Column(
        "valid_to",
        Of.VERSION,
        day_in,
        _("Last day; empty while in force, or until the next version."),
        "",
        is_required=False,
        default=None,
    ),
    Column("legal_basis", Of.VERSION, text_in, _("Law and article."), "《安全生产许可证条例》第二条"),
    Column("who_may_apply", Of.VERSION, text_in, "", "矿山企业"),
    Column("clock", Of.VERSION, choice_in(ItemVersion.Clock), "", "", False, ItemVersion.Clock.ACCEPTANCE.value),
    Column("legal_days", Of.VERSION, number_in, "", "20", False, 20),
    Column("promised_days", Of.VERSION, number_in, "", "15"),
    Column("notice_days", Of.VERSION, number_in, "", "5", False, 5),
    Column("extension_days", Of.VERSION, number_in, "", "10", False, 10),
    Column("delivery_days", Of.VERSION, number_in, "", "10", False, 10),
    Column("result", Of.VERSION, text_in, "", "安全生产许可证", False),
    Column("delivery", Of.VERSION, text_in, "", "窗口领取", False),
    Column(
        "materials",
        Of.MATERIALS,
        text_in,
        _(
            "One a line, with strokes between: name | original, a copy or both | number | from whom | "
            "required: yes or no | may be supplied later: yes or no. The name is enough."
        ),
        "申请书\n营业执照 | 复印件 | 1 | 市场监督管理局",
        is_required=False,
    ),
    Column(
        "stages",
        Of.STAGES,
        text_in,
        _("One a line, with strokes between: name | who | legal working days | promised working days."),
        "现场核查 | 行政许可科 | 10 | 5",
        is_required=False,
    ),
)
BY_NAME = {column.name: column for column in COLUMNS}
OF_ITEM = tuple(column for column in COLUMNS if column.of is Of.ITEM)
OF_VERSION = tuple(column for column in COLUMNS if column.of is Of.VERSION)


def column_called(heading: str) -> Column | None:
    """The column that a heading means, in any language; None where none is called so."""
    wanted = fold(heading).strip(" *")
    for column in COLUMNS:
        if wanted in [fold(name) for name in (column.name, *in_every_language(column.label))]:
            return column
    return None
