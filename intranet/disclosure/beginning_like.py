"""A new matter like one that is there: what the next one of its kind says again is in place, the rest is asked for.

The editor of a new matter opens filled in and nothing is saved until its author saves. Wagtail's copy would make a page
at once, with the text of last year under the name of this year, with its comments, and for somebody to delete when it
was not meant; it stays for who wants that.

What belongs to the one matter is not taken over: its days and numbers, its files and links to files, audience, named
readers, what it is a translation of, whatever was concluded or decided on it. A file that went along would be open to
the readers of the new matter too, without anybody having chosen it.
"""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import models

from intranet.disclosure.beginning import ask_for_elements, open_form, take_place_in
from intranet.disclosure.elements import Element
from intranet.disclosure.field_labels import label_of
from intranet.disclosure.hints import hint, hints_in
from intranet.disclosure.models import (
    CategorySection,
    GuideMaterial,
    GuideStep,
    MatterElement,
    MatterPage,
    PlanGoal,
    ReportFigure,
)
from intranet.disclosure.particulars.form import ROWS, rows_of
from intranet.disclosure.particulars.forms import form_asked_of, stored_form
from intranet.disclosure.texts import rewritten, without_links_to_files

FIELDS = (
    "summary", "language", "keywords", "contact",
    "issuing_organ",
    "legal_basis", "conditions", "legal_limit_days", "promised_limit_days", "fee_text", "result_text", "place",
    "directions", "hours", "phone", "complaint",
    "decision_kind", "basis", "relief",
    "objection_channel",
)  # fmt: skip
"""What the next matter of the kind most likely says again."""
ELEMENTS = frozenset(
    {
        Element.ADDRESS,
        Element.PHONE,
        Element.EMAIL,
        Element.HOURS,
        Element.PERSON_IN_CHARGE,
        Element.ISSUING_ORGAN,
        Element.SERVICE_ITEM,
        Element.FUND,
        Element.BASIS,
        Element.RELIEF,
        Element.COMMITMENT,
        Element.SUPERVISOR,
        Element.ORGAN,
        Element.OBJECTION_CHANNEL,
    }
)
"""Elements of which the same holds; the others are asked for anew."""
ROWS_WITH: Mapping[type[models.Model], tuple[str, ...]] = {
    GuideMaterial: ("name", "form", "copies"),
    GuideStep: ("name", "who", "days"),
    PlanGoal: ("name",),
    ReportFigure: ("name", "unit"),
}
"""Rows of a type that stay, with the fields that do."""
OF_FILES = frozenset({"figure", "files"})
"""Blocks of the body that are files."""
_PERIOD = re.compile(r"\d+")


def begin_like(matter: MatterPage, original: MatterPage, *, section: CategorySection) -> None:
    """Put into a matter that is only being made what it has in common with this version of another one."""
    take_place_in(matter, section)
    matter.title = _asked_anew(original.title)
    for name in FIELDS:
        if hasattr(matter, name):
            setattr(matter, name, getattr(original, name))
    matter.body = matter.body.stream_block.to_python(_body_without_files(original))
    _take_over_form(matter, original)
    for model, names in ROWS_WITH.items():
        _take_over_rows(matter, original, model, names)
    for row in original.elements.all():
        if row.element in ELEMENTS:
            _rows(matter, "elements").add(MatterElement(element=row.element, value=row.value))
    ask_for_elements(matter)


def _asked_anew(title: str) -> str:
    """The title, in which year, quarter, number are hints: what was is seen, and cannot stay unnoticed."""
    if hints_in(title):
        return title
    marked = _PERIOD.sub(lambda found: hint(found[0]), title)
    return marked if len(marked) <= MatterPage._meta.get_field("title").max_length else title


def _body_without_files(original: MatterPage) -> list[dict[str, Any]]:
    kept = (stored for stored in original.body.get_prep_value() if stored["type"] not in OF_FILES)
    return [{"type": stored["type"], "value": rewritten(stored["value"], without_links_to_files)} for stored in kept]


def _take_over_form(matter: MatterPage, original: MatterPage) -> None:
    """The form with the rows that come again (the vehicles, the items) and without what was filled in beside them."""
    open_form(matter)
    filled, form = stored_form(original), form_asked_of(matter)
    if filled is None or filled.form is not form:
        return
    recurring = [column.name for column in form.columns if column.recurs]
    rows = [{name: row.get(name) for name in recurring} for row in rows_of(filled.value)] if recurring else []
    if rows:
        items = [{"type": "item", "value": row, "id": str(uuid.uuid4())} for row in rows]
        stored = {"type": form.code, "value": {ROWS: items}}
        matter.particulars = matter.particulars.stream_block.to_python([stored])


def _take_over_rows(
    matter: MatterPage, original: MatterPage, model: type[models.Model], names: tuple[str, ...]
) -> None:
    relation = str(model._meta.get_field("page").remote_field.get_accessor_name())  # type: ignore[union-attr]
    if not (hasattr(matter, relation) and hasattr(original, relation)):
        return
    for row in _rows(original, relation).all():
        taken = model(**{name: getattr(row, name) for name in names})
        if isinstance(taken, ReportFigure):
            taken.value = hint(label_of(ReportFigure, "value"))
        _rows(matter, relation).add(taken)


def _rows(matter: MatterPage, relation: str) -> Any:
    return getattr(matter, relation)
