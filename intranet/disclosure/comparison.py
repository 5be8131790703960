"""What two versions of a matter differ in, in the words of its editor.

The editor's panels decide what is compared and Wagtail's screen shows it, for the deciders too. Here is what Wagtail
has no words for: days, the rows of a form, elements, files.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import pgettext
from wagtail.admin.compare import FieldComparison, TextDiff, diff_text, register_comparison_class
from wagtail.admin.panels import FieldPanel, InlinePanel

from intranet.disclosure.particulars.columns import ABSENT, Column
from intranet.disclosure.particulars.form import Row, rows_of
from intranet.disclosure.particulars.forms import Filled, stored_form

T = TypeVar("T")
Pair = tuple[T | None, T | None]
SHORT = 40
"""Characters. Longer text shows the parts that changed, shorter text is told before and after."""


def differences(before: Any, after: Any, request: HttpRequest) -> list[Any]:
    """What Wagtail's screen would show of these two versions of a matter."""
    panel = after.get_edit_handler().get_bound_panel(instance=after, request=request, form=None)
    return [found for compare in panel.get_comparison() if (found := compare(before, after)).has_changed()]


def paired(before: Sequence[T], after: Sequence[T], *keys: Any) -> list[Pair]:
    """What stands for the same in both versions, by the first key that tells; what is new or gone has no other half."""
    left, pairs = list(before), [[None, one] for one in after]
    for key in keys:
        for pair in pairs:
            wanted = key(pair[1])
            if pair[0] is None and wanted and (found := next((one for one in left if key(one) == wanted), None)):
                pair[0] = found
                left.remove(found)
    return [*((old, new) for old, new in pairs), *((one, None) for one in left)]


def whole(before: str, after: str) -> str:
    """What was and what is, each in one piece; a number of which single digits are marked nobody reads."""
    return TextDiff([(kind, said) for kind, said in (("deletion", before), ("addition", after)) if said]).to_html()


class SaidComparison(FieldComparison):
    """A day, a moment or a number as people write it, and a dash for none."""

    def htmldiff(self) -> str:
        before, after = self.said(self.val_a), self.said(self.val_b)
        return whole(before, after) if before != after else escape(after)

    @staticmethod
    def said(value: Any) -> str:
        if value is None:
            return ABSENT
        if hasattr(value, "hour"):
            return date_format(localtime(value), "DATETIME_FORMAT")
        return date_format(value, "DATE_FORMAT") if hasattr(value, "year") else str(value)


for kind in (models.DateField, models.DateTimeField, models.IntegerField):
    register_comparison_class(kind, comparison_class=SaidComparison)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is new, gone or otherwise: `before` and `after` are empty where there is none."""

    label: str
    before: str = ""
    after: str = ""
    is_replaced: bool = False
    """Another file in the place of the one before, whatever it is called."""

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        if not self.before or not self.after:
            return pgettext("comparison", "added") if self.after else pgettext("comparison", "removed")
        return pgettext("comparison", "replaced") if self.is_replaced else pgettext("comparison", "changed")

    @property
    def text(self) -> str:
        """What became of it, marked up as Wagtail marks it."""
        if self.before == self.after:
            return escape(self.after)
        is_long = max(len(self.before), len(self.after)) > SHORT
        return diff_text(self.before, self.after).to_html() if is_long else whole(self.before, self.after)


class StatedComparison(FieldComparison):
    """Statements of what changed; subclasses say which."""

    template = "disclosure/admin/compared.html"

    def __init__(self, field: Any, before: Any, after: Any, label: str = "") -> None:
        self.field, self.before, self.after = field, before, after
        self.label = label

    def field_label(self) -> str:
        return str(self.label or super().field_label())

    def changes(self) -> list[Change]:
        raise NotImplementedError

    def has_changed(self) -> bool:
        return bool(self.changes())

    def htmldiff(self) -> str:
        return render_to_string(self.template, {"changes": self.changes()})


class ElementsComparison(StatedComparison):
    """Elements by their names, each with what it said and says."""

    def changes(self) -> list[Change]:
        pairs = paired(list(self.before.elements.all()), list(self.after.elements.all()), _own_key, _element)
        return list(filter(_differs, (_of_element(old, new) for old, new in pairs)))


class AttachmentsComparison(StatedComparison):
    """Files by their names; another file in the place of one, under the same name too, is told as replaced."""

    def changes(self) -> list[Change]:
        rows = list(self.before.attachments.all()), list(self.after.attachments.all())
        pairs = paired(*rows, _own_key, _document, _title)
        return list(filter(_differs, (_of_file(old, new) for old, new in pairs)))


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of a form: its cells as they changed."""

    is_new: bool
    is_gone: bool
    cells: list[Change]

    @property
    def state(self) -> str:
        if self.is_new or self.is_gone:
            return pgettext("comparison", "added") if self.is_new else pgettext("comparison", "removed")
        return pgettext("comparison", "changed")


@dataclass(frozen=True, slots=True)
class ComparedForm:
    """A form as it changed: what stands above the rows, the rows that changed, and how many did not."""

    label: str
    facts: list[Change]
    columns: list[str]
    rows: list[ComparedRow]
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.facts or self.rows)


class ParticularsComparison(StatedComparison):
    """The form that the category asks for, row by row under the names of its columns."""

    template = "disclosure/admin/compared_form.html"

    def changes(self) -> list[Any]:
        return list(self.forms())

    def forms(self) -> Iterator[ComparedForm]:
        before, after = stored_form(self.before), stored_form(self.after)
        is_same = before is not None and after is not None and before.form is after.form
        for old, new in [(before, after)] if is_same else [(before, None), (None, after)]:
            if (old or new) and (compared := compare_forms(old, new)):
                yield compared


def compare_forms(before: Filled | None, after: Filled | None) -> ComparedForm:
    """Two fillings of one form, of which one may not be there."""
    form = (after or before).form  # type: ignore[union-attr]
    old, new = before.value if before else {}, after.value if after else {}
    above = [*form.head, *(stated.column for stated in form.stated)]
    names = [column for column in form.columns if column.identifies]
    pairs = _paired_rows(rows_of(old), rows_of(new), names)
    rows = [ComparedRow(one is None, other is None, _cells(form.columns, one, other)) for one, other in pairs]
    changed = [row for row in rows if row.is_new or row.is_gone or any(map(_differs, row.cells))]
    return ComparedForm(
        label=str(form.label),
        facts=[fact for fact in _cells(above, old, new) if _differs(fact)],
        columns=[capfirst(str(column.label)) for column in form.columns],
        rows=changed,
        unchanged=len(rows) - len(changed),
    )


def _paired_rows(before: list[Row], after: list[Row], names: Sequence[Column]) -> list[Pair]:
    """Rows by what names them; where nothing does, those that stayed the same and then one after the other."""

    def named(row: Row) -> Hashable:
        return tuple(str(column.value_in(row) or "") for column in names)

    if names:
        return paired(before, after, named)
    same = paired(before, after, lambda row: tuple(map(str, row.values())))
    kept = [(old, new) for old, new in same if old is not None and new is not None]
    gone = [old for old, new in same if new is None]
    come = [new for old, new in same if old is None]
    return [*kept, *zip_longest(gone, come)]


def _cells(columns: Iterable[Column], old: Row | None, new: Row | None) -> list[Change]:
    return [Change(capfirst(str(one.label)), _shown(one, old), _shown(one, new)) for one in columns]


def _shown(column: Column, row: Row | None) -> str:
    value = column.value_in(row) if row else None
    return "" if value is None else column.shown(value)


def _differs(change: Change) -> bool:
    return change.is_replaced or change.before != change.after


def _own_key(row: Any) -> Any:
    return row.pk


def _element(row: Any) -> Any:
    return row.element


def _document(row: Any) -> Any:
    return row.document_id


def _title(row: Any) -> Any:
    return row.shown_title


def _of_element(old: Any, new: Any) -> Change:
    if old and new and old.element != new.element:
        return Change("", str(old), str(new))
    return Change(str((new or old).get_element_display()), old.value if old else "", new.value if new else "")


def _of_file(old: Any, new: Any) -> Change:
    is_another = old is not None and new is not None and old.document_id != new.document_id
    return Change("", _file(old), _file(new), is_replaced=is_another)


def _file(row: Any) -> str:
    return f"{row.shown_title} ({row.document.filename})" if row else ""


class ComparedPanel(FieldPanel):
    """A field whose versions are compared by a class of its own; by none where it says nothing to people."""

    def __init__(self, *args: Any, compared_by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compared_by = compared_by

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "compared_by": self.compared_by}

    def get_comparison_class(self) -> Any:
        return self.compared_by


class ComparedRows(InlinePanel):
    """Rows whose versions are compared by a class of their own."""

    def __init__(self, *args: Any, compared_by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compared_by = compared_by

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "compared_by": self.compared_by}

    class BoundPanel(InlinePanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(self.panel.compared_by, self.panel.db_field, label=self.panel.heading)]
