"""Days that lie ahead though they should be past, and disclosure that is late."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage, ReportPage, Validity
from intranet.disclosure.particulars.columns import Kind
from intranet.disclosure.particulars.form import rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.publication.deadlines import due_on
from intranet.publication.scrutiny.finding import Finding, Weight

PAST = ("formed_on", "issued_on", "decided_on")
"""Fields of days on which something was done."""


def dates(draft: MatterPage) -> Iterator[Finding]:
    """Errors for days ahead; warnings for a text that is not yet in force but says so, and for being late."""
    today = timezone.localdate()
    for name in PAST:
        day = getattr(draft, name, None)
        if day is not None and day > today:
            yield _ahead(draft._meta.get_field(name).verbose_name, date_format(day, "DATE_FORMAT"))
    yield from _of_the_form(draft, today)
    yield from _of_the_report(draft, today)
    yield from _validity(draft)
    yield from _late(draft)


def _of_the_form(draft: MatterPage, today: date) -> Iterator[Finding]:
    """Days and months of its form on which something was done."""
    filled = stored_form(draft)
    if filled is None:
        return
    places = [(filled.form.head, [filled.value]), (filled.form.columns, rows_of(filled.value))]
    for columns, rows in places:
        for column in (column for column in columns if column.is_past):
            for row in rows:
                value = row.get(column.name)
                limit = f"{today:%Y-%m}" if column.kind == Kind.MONTH else today
                if value and value > limit:
                    yield _ahead(column.label, column.shown(value))


def _of_the_report(draft: MatterPage, today: date) -> Iterator[Finding]:
    """Of this year or before; next year's budget is reported on, too."""
    if isinstance(draft, ReportPage) and draft.period_year and draft.period_year > today.year + 1:
        yield _ahead(draft._meta.get_field("period_year").verbose_name, str(draft.period_year))


def _ahead(field: Any, day: str) -> Finding:
    words = _("%(field)s: %(day)s lies ahead.") % {"field": field, "day": day}
    return Finding(Weight.ERROR, words, "dates")


def _validity(draft: MatterPage) -> Iterator[Finding]:
    """Its word on its validity beside what is on record, which counts before it."""
    today = timezone.localdate()
    if draft.validity == Validity.IN_FORCE and draft.effective_from and draft.effective_from > today:
        words = _("It is said to be in force, but takes effect on %(day)s only.")
        yield Finding(Weight.WARNING, words % {"day": date_format(draft.effective_from, "DATE_FORMAT")}, "dates")
    elif draft.validity and draft.validity_today != draft.validity:
        words = _("It is said to be “%(said)s”, but is “%(found)s” by its dates and by what other regulations say.")
        told = {"said": draft.get_validity_display(), "found": draft.validity_label}
        yield Finding(Weight.WARNING, words % told, "dates")


def _late(draft: MatterPage) -> Iterator[Finding]:
    """Of its first disclosure alone: a corrected version was in time when the first one was."""
    due = due_on(draft)
    if due is not None and draft.formed_on is not None and due.on < timezone.localdate():
        words = _("It is late: formed on %(formed)s, it was to be disclosed by %(due)s. Say why.")
        days = {
            "formed": date_format(draft.formed_on, "DATE_FORMAT"),
            "due": date_format(due.on, "DATE_FORMAT"),
        }
        yield Finding(Weight.WARNING, words % days, "dates")
