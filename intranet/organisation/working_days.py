"""The working calendar: which days count, and the day that lies so many working days ahead.

Years that the State Council's published calendar covers come from `chinese_calendar`; entries of the office
(`CalendarDay`) go before it and extend it. A year that nobody has entered is computed on weekends alone, and
the result says so; the office is warned of it before anything is counted into it (`years_to_enter`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
from chinese_calendar.constants import holidays, in_lieu_days, workdays

from intranet.organisation.models import CalendarDay

PUBLISHED_YEARS = frozenset(day.year for day in (*holidays, *workdays, *in_lieu_days))
SATURDAY = 5
NATIONAL_HOLIDAYS = ((1, 1), (5, 1), (10, 1))
"""Month and day of what is a holiday each year; a year is entered once these are, and not with a local holiday alone.

Source: Regulations on Public Holidays for National Annual Festivals and Memorial Days (2024), article 2.
"""
AHEAD_DAYS = 75
"""Days ahead for which the calendar has to be there; the State Council publishes the next year's in November or so."""

is_published_workday = cache(chinese_calendar.is_workday)
"""By the State Council's calendar. Kept for each day: the library looks through all its years at every call."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Why a count of working days ends where it ends: what lay between that weekdays alone would not tell."""

    holidays: tuple[tuple[date, date], ...] = ()
    """First and last day of each run of holidays, their weekends included."""
    made_up: tuple[date, ...] = ()
    """Days of a weekend on which the bureau works in return."""
    years_unknown: tuple[int, ...] = ()
    """Years of whose holidays nothing is known, so that weekends alone were left out."""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A computed day; `estimated` when a year without an official calendar was counted on weekends alone."""

    on: date
    estimated: bool = False


class WorkingCalendar:
    """The calendar with the office's entries, read once; make a new one for each computation or request."""

    def __init__(self) -> None:
        self._entered = dict(CalendarDay.objects.values_list("day", "is_working"))
        entered = {day.year for day in self._entered}
        self._known_years = PUBLISHED_YEARS | {year for year in entered if self._is_entered(year)}

    def _is_entered(self, year: int) -> bool:
        return all(date(year, month, day) in self._entered for month, day in NATIONAL_HOLIDAYS)

    def is_working_day(self, day: date) -> bool:
        """Whether the bureau works on that day; a holiday moved to a weekend day makes that day count."""
        if day in self._entered:
            return self._entered[day]
        if day.year in PUBLISHED_YEARS:
            return is_published_workday(day)
        return day.weekday() < SATURDAY

    def is_known(self, year: int) -> bool:
        """Whether the year's holidays are known, from the published calendar or the office's entries."""
        return year in self._known_years

    def working_days_after(self, start: date, days: int) -> WorkingDay:
        """The day that lies `days` working days after `start`; counting begins on the day after.

        Source: Regulations on Open Government Information (2019), article 26 with the General Provisions of
        the Civil Code on time limits (article 201: the day itself does not count).
        """
        day, estimated = start, False
        remaining = days
        while remaining > 0 and day < date.max:
            day += timedelta(days=1)
            estimated = estimated or not self.is_known(day.year)
            if self.is_working_day(day):
                remaining -= 1
        return WorkingDay(on=day, estimated=estimated)

    def working_days_until(self, today: date, day: date) -> int:
        """Working days from tomorrow up to the day, that day included; less than zero where it has passed."""
        first, last, sign = (today, day, 1) if day >= today else (day, today, -1)
        span = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sign * sum(map(self.is_working_day, span))

    def derivation(self, start: date, end: date) -> Derivation:
        """The holidays and the days made up after `start`, up to and including `end`."""
        span = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
        made_up = tuple(day for day in span if day.weekday() >= SATURDAY and self.is_working_day(day))
        unknown = tuple(sorted(year for year in {day.year for day in span} if not self.is_known(year)))
        return Derivation(tuple(_runs(day for day in span if self._is_holiday(day))), made_up, unknown)

    def _is_holiday(self, day: date) -> bool:
        """Whether the bureau rests on that day for a reason of its own, a weekend within a holiday included."""
        if day in self._entered:
            return not self._entered[day]
        return day in holidays or day in in_lieu_days


def is_provisional(day: date, calendar: WorkingCalendar | None = None) -> bool:
    """Whether a day that working days were counted to may move yet: its year's holidays are not known."""
    return day.year not in PUBLISHED_YEARS and not (calendar or WorkingCalendar()).is_known(day.year)


def years_to_enter(*, on: date) -> list[int]:
    """The years whose holidays the office has to enter by that day; no query while the published calendar has them."""
    wanted = {on.year, (on + timedelta(days=AHEAD_DAYS)).year} - PUBLISHED_YEARS
    if not wanted:
        return []
    calendar = WorkingCalendar()
    return sorted(year for year in wanted if not calendar.is_known(year))


def _runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """First and last of each run of days that follow each other."""
    first = last = None
    for day in days:
        if last is not None and day == last + timedelta(days=1):
            last = day
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = day
    if first is not None and last is not None:
        yield first, last
