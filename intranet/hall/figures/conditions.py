"""What each figure counts, as a condition: the figure and the list behind it ask the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intranet.hall.deemed import deemed_q
from intranet.hall.models import State


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    @property
    def before(self) -> date:
        """The day before it."""
        return self.first - timedelta(days=1)


LABELS: Mapping[str, str | Promise] = {
    "opening": _("in hand at the beginning"),
    "accepted": _("accepted"),
    "deemed": _("of these, accepted by silence"),
    "completed": _("completed"),
    "granted": _("granted"),
    "refused": _("not granted"),
    "withdrawn": _("withdrawn after acceptance"),
    "closing": _("in hand at the end"),
}
"""The figures that count cases, in the order in which they are told."""
OTHER_LABELS: Mapping[str, str | Promise] = {
    "in_time_by_law": _("in time by law"),
    "in_time_by_promise": _("in time by promise"),
    "average_days": _("working days on average"),
    "median_days": _("working days, median"),
    "notices": _("one-time notifications"),
    "repeated": _("repeated applications refused"),
}
"""Those that follow them: of the time that decisions took, and of what a case may have had more than once."""


def conditions(period: Period, today: date | None = None) -> dict[str, Q]:
    """The condition of each figure that counts cases.

    A case that silence has accepted by `today` (today unless said) counts as of the day of its materials, whether a
    move has written it down or not. Source: DOMAIN of the hall: opening + accepted = completed + withdrawn + open.
    """
    silent = deemed_q(today or timezone.localdate())
    completed = Q(decided_on__range=(period.first, period.last))
    return {
        "opening": _in_hand(silent, period.before),
        "accepted": _accepted(silent, period),
        "deemed": Q(is_deemed_accepted=True, accepted_on__range=(period.first, period.last))
        | silent & Q(materials_on__range=(period.first, period.last)),
        "completed": completed,
        "granted": completed & Q(outcome=State.GRANTED),
        "refused": completed & Q(outcome=State.REFUSED),
        "withdrawn": Q(state=State.WITHDRAWN, accepted_on__isnull=False, ended_on__range=(period.first, period.last)),
        "closing": _in_hand(silent, period.last),
    }


def notices_in(period: Period) -> Q:
    """The condition of the notices that count."""
    return Q(given_on__range=(period.first, period.last))


def attempts_in(period: Period) -> Q:
    """The condition of the repeated applications that count."""
    return Q(at__gte=_begin(period.first), at__lt=_begin(period.last + timedelta(days=1)))


def within(period: Period) -> Q:
    """What every case meets that a figure of the period counts, and few others do: it was received by its end, and not
    decided on before it."""
    return Q(received_on__lte=period.last) & (Q(decided_on=None) | Q(decided_on__gte=period.first))


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _accepted(silent: Q, period: Period) -> Q:
    days = (period.first, period.last)
    return Q(accepted_on__range=days) | silent & Q(materials_on__range=days)


def _in_hand(silent: Q, day: date) -> Q:
    """Accepted by the end of the day, and neither decided on nor withdrawn by then."""
    accepted = Q(accepted_on__lte=day) | silent & Q(materials_on__lte=day)
    is_withdrawn = Q(state=State.WITHDRAWN, ended_on__lte=day)
    return accepted & (Q(decided_on=None) | Q(decided_on__gt=day)) & ~is_withdrawn
