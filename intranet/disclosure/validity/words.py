"""The answer in words: in force on this day or not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.disclosure.models import MatterPage, Validity
from intranet.disclosure.validity.rule import Facts, Standing, standing_on


class DayForm(forms.Form):
    """Asks whether a regulation is in force on a day."""

    on = forms.DateField(
        label=gettext_lazy("Was it in force on this day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Write the day like this: 2007-06-01.")},
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a regulation on a day, with the regulation that made it so where the reader may read it."""

    words: str
    standing: Standing
    by: MatterPage | None


def answer_on(facts: Facts, day: date, named: Mapping[int, MatterPage]) -> Answer:
    """The answer for a reader who may read the regulations that are `named`, by primary key."""
    standing = standing_on(facts, day)
    by = named.get(standing.by) if standing.by else None
    return Answer(_words(facts, day, standing, by), standing, by)


def _words(facts: Facts, day: date, standing: Standing, by: MatterPage | None) -> str:
    told = {
        "day": _full(day),
        "since": _full(standing.since),
        "title": by.title if by else "",
        "from": _full(facts.effective_from),
        "until": _full(facts.effective_until),
    }
    return _pattern(facts, standing, by) % told


def _pattern(facts: Facts, standing: Standing, by: MatterPage | None) -> str:
    match standing.validity:
        case Validity.IN_FORCE if standing.since:
            return _("Yes, on %(day)s: it took effect on %(from)s.")
        case Validity.IN_FORCE:
            return _("Yes, on %(day)s: its department says so; from which day on is not on record.")
        case Validity.AMENDED if by:
            return _("Yes, on %(day)s, as amended by “%(title)s” with effect from %(since)s.")
        case Validity.AMENDED if standing.since:
            return _("Yes, on %(day)s, as amended with effect from %(since)s.")
        case Validity.AMENDED:
            return _("Yes, on %(day)s, as amended; from which day on is not on record.")
        case Validity.REPEALED if by:
            return _("No, not on %(day)s: repealed by “%(title)s” with effect from %(since)s.")
        case Validity.REPEALED if standing.since:
            return _("No, not on %(day)s: repealed with effect from %(since)s.")
        case Validity.REPEALED:
            return _("No, not on %(day)s: its department says that it is repealed; from which day on is not on record.")
        case Validity.LAPSED if standing.since:
            return _("No, not on %(day)s: it held until %(until)s.")
        case Validity.LAPSED:
            return _("No, not on %(day)s: its department says that it has lapsed; from which day on is not on record.")
        case Validity.NOT_YET if facts.effective_from:
            return _("No, not on %(day)s: it takes effect on %(from)s.")
        case Validity.NOT_YET:
            return _("No, not on %(day)s: its department says that it is not yet in force.")
        case _:
            return _("What it was on %(day)s is not on record.")


def _full(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
