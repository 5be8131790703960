"""Days that somebody can mean: with the others nobody counts, whoever typed them."""

from datetime import date

from django.db.models import DateField, Model
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1900, 2199


def is_plausible(day: date) -> bool:
    """Whether the day, or the day of the moment, lies in the years of this and the neighbouring centuries."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def implausible_days(row: Model) -> dict[str, str]:
    """What is wrong with each day and moment of the row that nobody can mean, by its field."""
    words = _("No such day is meant: give a year from %(first)d to %(last)d, or leave it empty.")
    told = words % {"first": FIRST_YEAR, "last": LAST_YEAR}
    days = (field for field in row._meta.concrete_fields if isinstance(field, DateField) and field.editable)
    return {
        field.name: told
        for field in days
        if isinstance(day := getattr(row, field.attname), date) and not is_plausible(day)
    }
