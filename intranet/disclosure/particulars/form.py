"""What a form is: columns above and below, what must hold of them, and what follows from them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from intranet.disclosure.elements import Element
from intranet.disclosure.particulars.columns import Column
from intranet.disclosure.particulars.plots import Plot

ROWS = "rows"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that the author may state; it must be what the rows of the group add up to, or all rows."""

    column: Column
    of: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold, in words for the author, and the field where it is mended."""

    field: str
    words: str


class Form:
    """A structured form. Its subclasses say what is theirs; an instance holds no state."""

    code: ClassVar[str]
    """Names it in the stored version, in the exchange format and in the address of its CSV."""
    label: ClassVar[Any]
    icon: ClassVar[str] = "table"
    categories: ClassVar[frozenset[str]]
    """The codes of the categories that ask for it."""
    types_with_own_fields: ClassVar[frozenset[str]] = frozenset()
    """Types of matter whose own fields or rows are this form already: their editor has no second one."""
    page_fields: ClassVar[tuple[str, ...]] = ()
    """Fields of the matter itself that belong to what the form tells, shown with it."""
    page_labels: ClassVar[Mapping[str, Any]] = {}
    """What such a field is called beside the form, where its own name would not say enough."""
    head: ClassVar[tuple[Column, ...]] = ()
    """Asked once."""
    columns: ClassVar[tuple[Column, ...]]
    """Asked for each row."""
    stated: ClassVar[tuple[Stated, ...]] = ()
    grouped_by: ClassVar[str] = ""
    """The column of choices by which rows stand together and are added up."""
    elements: ClassVar[Mapping[Element, str]] = {}
    """Elements of a complete matter that the form gives, each by the column that holds it."""

    # What the editor types

    @cached_property
    def block(self) -> "FormBlock":
        rows = blocks.ListBlock(
            blocks.StructBlock(
                [(column.name, column.block()) for column in self.asked],
                form_classname="struct-block particulars-row",
                label=_("row"),
            ),
            label=_("Rows"),
            min_num=1,
        )
        children = [
            *((column.name, column.block()) for column in self.head),
            (ROWS, rows),
            *((stated.column.name, stated.column.block()) for stated in self.stated),
        ]
        block = FormBlock(children, label=self.label, icon=self.icon)
        block.form = self
        return block

    @property
    def asked(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.derived is None)

    def is_asked_of(self, category: str, type_code: str) -> bool:
        """Whether the editor of such a matter has this form."""
        return category in self.categories and type_code not in self.types_with_own_fields

    def own_value(self, matter: Any) -> Row | None:
        """What the fields and rows of the matter's type say of this form, in place of a stored one."""
        return None

    # What must hold

    def faults(self, value: Row) -> Iterator[Fault]:
        """What does not hold; of what is not filled in yet nothing is said."""
        yield from self._repetitions(rows_of(value))
        for stated in self.stated:
            told = stated.column.value_in(value)
            found = self._sum(value, stated)
            if told is not None and found is not None and told != found:
                words = gettext("%(label)s: %(stated)s is stated, but the rows add up to %(sum)s.")
                yield Fault(
                    stated.column.name,
                    words
                    % {
                        "label": capfirst(str(stated.column.label)),
                        "stated": stated.column.written(told),
                        "sum": stated.column.written(found),
                    },
                )

    def _sum(self, value: Row, stated: Stated) -> Decimal | None:
        """What the rows of the stated total add up to: nothing at all where all the rows are of other groups."""
        group = self._group(value, stated.group)
        if not group and rows_of(value):
            return Decimal(0)
        return total(self.column(stated.of), group)

    def _repetitions(self, rows: Sequence[Row]) -> Iterator[Fault]:
        names = [column.name for column in self.columns if column.identifies]
        if not names:
            return
        seen = Counter(tuple(str(row.get(name) or "").strip() for name in names) for row in rows)
        for key, times in seen.items():
            if times > 1 and all(key):
                shown = self.column(names[-1]).shown(key[-1])
                yield Fault(ROWS, gettext("“%(name)s” has more than one row: put them together.") % {"name": shown})

    def _group(self, value: Row, group: str) -> list[Row]:
        return [row for row in rows_of(value) if not group or row.get(self.grouped_by) == group]

    # What follows

    def column(self, name: str) -> Column:
        return next(column for column in (*self.columns, *self.head) if column.name == name)

    def elements_given(self, value: Row) -> set[str]:
        """The elements of a complete matter that the form, as filled in, gives."""
        given = set()
        for element, name in self.elements.items():
            column = self.column(name)
            rows = [value] if column in self.head else rows_of(value)
            if rows and all(column.value_in(row) is not None for row in rows):
                given.add(element.value)
        return given

    def texts(self, value: Row) -> Iterator[str]:
        """What search reads of the form, a line for what stands above the rows and one for each row."""
        for columns, rows in ((self.head, [value]), (self.asked, rows_of(value))):
            for row in rows:
                cells = (column.written(column.value_in(row)) for column in columns)
                if line := " ".join(filter(None, cells)):
                    yield line

    def plot(self, value: Row) -> Plot | None:
        """What the form makes visible beside its table; most have figures worth a plot, some have none."""
        return None


class FormBlock(blocks.StructBlock):
    """A form in the editor: it cannot be saved while what must hold does not."""

    form: Form

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        faults: dict[str, list[str]] = {}
        for fault in self.form.faults(cleaned):
            faults.setdefault(fault.field, []).append(fault.words)
        if rows := faults.pop(ROWS, []):
            raise blocks.StructBlockValidationError(
                block_errors={name: ValidationError(words) for name, words in faults.items()}, non_block_errors=rows
            )
        if faults:
            raise blocks.StructBlockValidationError({name: ValidationError(words) for name, words in faults.items()})
        return cleaned

    class Meta:
        form_classname = "struct-block particulars"


def rows_of(value: Row) -> list[Row]:
    """The rows of a filled-in form."""
    return list(value.get(ROWS) or [])


def total(column: Column, rows: Iterable[Row]) -> Decimal | None:
    """What the column adds up to; None where a part is not known: a sum without it would be wrong."""
    found = [column.value_in(row) for row in rows]
    return None if not found or None in found else sum(found, Decimal(0))
