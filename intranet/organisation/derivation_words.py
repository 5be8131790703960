"""How a count of working days is told: the holidays and the made-up days that lay in it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intranet.organisation.working_days import Derivation, is_provisional


def full_or_provisional(day: date) -> str:
    """The day in full, and that it may move yet where its year's holidays are not known."""
    if not is_provisional(day):
        return full(day)
    return _("%(day)s (provisional, because the holidays of that year are not known yet)") % {"day": full(day)}


def told_of(derivation: Derivation) -> list[str]:
    """What lay between that weekdays alone would not tell, a part each; nothing where nothing did."""
    told = []
    if derivation.holidays:
        spans = _("; ").join(span_in_words(*span) for span in derivation.holidays)
        told.append(_("holidays: %(days)s") % {"days": spans})
    if derivation.made_up:
        days = _("; ").join(map(_short, derivation.made_up))
        told.append(_("weekend days made up: %(days)s") % {"days": days})
    if derivation.years_unknown:
        years = _(", ").join(map(str, derivation.years_unknown))
        told.append(_("provisional, because the holidays of %(years)s are not entered") % {"years": years})
    return told


def full(day: date) -> str:
    """The day with its year."""
    return date_format(day, "DATE_FORMAT")


def span_in_words(first: date, last: date) -> str:
    """From a day to a day without their years, or the one day that both are."""
    return _short(first) if first == last else f"{_short(first)}–{_short(last)}"


def _short(day: date) -> str:
    return date_format(day, pgettext("format of a day without its year", "F j"))
