"""The day by which a matter must be disclosed. The one place that computes it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.disclosure.dated_terms import DatedTerms
from intranet.disclosure.models import MatterPage
from intranet.organisation.derivation_words import full, told_of
from intranet.organisation.working_days import Derivation, WorkingCalendar

SOON_DAYS = 5
"""Working days before its deadline from which a matter is due soon: its liaison officer is reminded."""
NEXT_DAYS = 2
"""Working days before its deadline from which it is due next: its head is reminded."""
NEAR_DAYS = 31
"""Days ahead within which the working days that are left are counted; beyond, more than `SOON_DAYS` always are."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which a matter may still be disclosed in time, and how it was counted."""

    on: date
    formed_on: date
    days: int
    """Working days that the category gives, counted from the day after."""
    estimated: bool
    """A year without an official calendar was counted on weekends alone."""
    left: int | None
    """Working days from tomorrow up to the deadline; None where it has passed or lies far ahead."""
    derivation: Derivation

    @property
    def urgency(self) -> str:
        """`overdue`, `next` (within two working days), `soon` (within five), or empty."""
        if self.on < timezone.localdate():
            return "overdue"
        if self.left is None or self.left > SOON_DAYS:
            return ""
        return "next" if self.left <= NEXT_DAYS else "soon"

    @property
    def counted(self) -> str:
        """How it was counted, in words."""
        told = [
            _("formed on %(day)s") % {"day": full(self.formed_on)},
            ngettext("%(days)d working day", "%(days)d working days", self.days) % {"days": self.days},
            *told_of(self.derivation),
        ]
        return _("%(reasons)s: due on %(day)s") % {"reasons": _(", ").join(told), "day": full(self.on)}


class Deadlines:
    """Deadlines of however many matters: the calendar and the terms are read once."""

    def __init__(self, calendar: WorkingCalendar | None = None) -> None:
        self._calendar = calendar or WorkingCalendar()
        self.terms = DatedTerms()
        self._today = timezone.localdate()
        self._counted: dict[tuple[int, date | None], Deadline | None] = {}

    def of(self, category: int, formed_on: date | None) -> Deadline | None:
        """The deadline of a matter of the category; None without a day of formation.

        Counts the category's working days from the day after `formed_on`. Source: Regulations on Open Government
        Information (2019), article 26.
        """
        key = (category, formed_on)
        if key not in self._counted:  # the matters of a list share their days
            self._counted[key] = self._count(category, formed_on)
        return self._counted[key]

    def _count(self, category: int, formed_on: date | None) -> Deadline | None:
        terms = self.terms.of(category, formed_on)
        if formed_on is None or terms is None:
            return None
        due = self._calendar.working_days_after(formed_on, terms.deadline_days)
        return Deadline(
            on=due.on,
            formed_on=formed_on,
            days=terms.deadline_days,
            estimated=due.estimated,
            left=self._calendar.working_days_until(self._today, due.on) if self._is_near(due.on) else None,
            derivation=self._calendar.derivation(formed_on, due.on),
        )

    def of_version(self, matter: MatterPage, formed_on: date | str | None) -> Deadline | None:
        """The deadline of a version that is not live, by its day of formation; None where the matter was disclosed
        before: the term is that of the first disclosure, and a correction has none."""
        if matter.first_published_at is not None:
            return None
        return self.of(matter.category_id, parse_date(formed_on) if isinstance(formed_on, str) else formed_on)

    def _is_near(self, day: date) -> bool:
        return 0 <= (day - self._today).days <= NEAR_DAYS


def due_on(matter: MatterPage) -> Deadline | None:
    """The deadline by which one matter is to be disclosed; None once it was."""
    return Deadlines().of_version(matter, matter.formed_on)


def earliest_first(due: Deadline | None) -> tuple[bool, date]:
    """A key to sort by: the oldest deadline first, what has none last."""
    return (due is None, due.on if due else date.max)
