"""The notice period after which alone a result may go live. The one place that counts it.

Source: Regulations on the Selection and Appointment of Party and Government Leading Cadres (2019), article 42: at
least five working days.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage, NoticePage
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.history import Version, versions_of
from intranet.publication.models import Objection, RouteRecord


def follows_a_notice(matter: MatterPage) -> bool:
    """Whether its category lets the matter go live only after a notice period: all that is no notice itself.

    An appointment is an appointment, whichever type it is filed under.
    """
    return not isinstance(matter, NoticePage) and days_asked(matter) > 0


def days_asked(matter: MatterPage) -> int:
    """Working days that the category's notices stand, 0 where it asks for none."""
    terms = matter.category.terms_on()
    return terms.notice_period_days if terms else 0


def working_days_within(first: date, last: date, calendar: WorkingCalendar | None = None) -> int:
    """Working days from the first to the last day, both included."""
    if last < first:
        return 0
    return (calendar or WorkingCalendar()).working_days_until(first - timedelta(days=1), last)


def reasons_against_notice(draft: MatterPage) -> Iterator[str]:
    """What is missing from a notice of a category that asks for a notice period."""
    if not isinstance(draft, NoticePage) or not (days := days_asked(draft)):
        return
    if not draft.notice_from or not draft.notice_until:
        yield _("A notice of category %(code)s says from when and until when it stands.") % {
            "code": draft.category.code
        }
    elif (stands := working_days_within(draft.notice_from, draft.notice_until)) < days:
        yield _too_short(stands, days)
    if not draft.objection_channel.strip():
        yield _("A notice says where objections are raised: fill in the channel for objections.")


def reasons_against_result(matter: MatterPage, *, on: date | None = None) -> Iterator[str]:
    """Why the result may not go live on the day (today unless said): its notice period, and objections to it."""
    if not follows_a_notice(matter):
        return
    notice = notice_of(matter)
    if notice is None:
        yield _("A result of category %(code)s follows a notice: record which one.") % {"code": matter.category.code}
        return
    if has_its_result(notice, besides=matter):
        yield _("Another result follows this notice already.")
    yield from _against_period(notice, days_asked(matter), on or timezone.localdate())
    yield from _against_objections(matter, notice)


def notice_of(matter: MatterPage) -> NoticePage | None:
    """The notice that the result follows, as it was recorded last."""
    record = RouteRecord.objects.filter(matter=matter.pk, kind=RouteRecord.Kind.NOTICE).first()
    return NoticePage.objects.filter(pk=record.notice_id).first() if record else None


def hold_notice_of(matter: MatterPage) -> None:
    """Let no other matter follow the same notice until the transaction ends: it has one result."""
    if (notice := notice_of(matter)) is not None:
        hold(notice)


def has_its_result(notice: MatterPage, *, besides: MatterPage) -> bool:
    """Whether another matter has followed the notice to its readers, and was not withdrawn."""
    return notice.pk in with_their_result([notice.pk], besides=besides)


def with_their_result(notices: Collection[int], *, besides: MatterPage) -> frozenset[int]:
    """Which of the notices have theirs, by primary keys; one query."""
    others = RouteRecord.objects.filter(kind=RouteRecord.Kind.NOTICE, notice__in=notices).exclude(matter=besides.pk)
    disclosed = others.filter(matter__first_published_at__isnull=False, matter__withdrawn_at=None)
    return frozenset(disclosed.values_list("notice", flat=True))


def _against_objections(matter: MatterPage, notice: NoticePage) -> Iterator[str]:
    """Objections to every notice that was ever recorded for the matter: none is got rid of by recording another one.

    Where one was upheld, another notice stands first: one that went live when that was known.
    """
    recorded = RouteRecord.objects.filter(matter=matter.pk, kind=RouteRecord.Kind.NOTICE).values("notice")
    raised = Objection.objects.filter(notice__in=recorded)
    if raised.undecided().exists():
        yield _("An objection to the notice is not decided yet.")
    upheld = list(raised.upheld())
    began = min((version.since for version in versions_of(notice)), default=None) if upheld else None
    if any(not _is_answered(objection, notice, began) for objection in upheld):
        yield _("An objection to the notice was upheld: another notice has to stand first.")


def _is_answered(upheld: Objection, notice: NoticePage, began: datetime | None) -> bool:
    if upheld.notice_id == notice.pk or began is None or upheld.decided_at is None:
        return False
    return began > upheld.decided_at


def _against_period(notice: NoticePage, days: int, today: date) -> Iterator[str]:
    if notice.is_withdrawn or not notice.published_on:
        yield _("The notice is not disclosed: it was withdrawn, or never went live.")
        return
    if not notice.notice_from or not notice.notice_until:
        yield _("The notice does not say from when and until when it stands.")
        return
    if today <= notice.notice_until:
        yield _("The notice period ends on %(day)s; the result goes live after it.") % {
            "day": date_format(notice.notice_until, "DATE_FORMAT")
        }
    calendar = WorkingCalendar()
    stood = sum(
        notice.notice_from <= day <= notice.notice_until and calendar.is_working_day(day)
        for day in _days_live(notice, today)
    )
    if stood < days:
        yield _too_short(stood, days)


def _days_live(notice: NoticePage, today: date) -> set[date]:
    """The days, until today, on which readers had a version of the notice."""
    days: set[date] = set()
    for version in versions_of(notice):
        day, last = _first_day(version, notice), _last_day(version, today)
        while day <= last:
            days.add(day)
            day += timedelta(days=1)
    return days


def _first_day(version: Version, notice: NoticePage) -> date:
    """The first day on which it was read; what came from elsewhere stood there since the day that its operator said."""
    day = timezone.localdate(version.since)
    came_from_elsewhere = version.is_imported and version.replaces is None
    return min(day, notice.published_on or day) if came_from_elsewhere else day


def _last_day(version: Version, today: date) -> date:
    """The last day on which it was read: nobody gets it past its last moment, whenever the clock comes to it."""
    expires = parse_datetime(version.revision.content.get("expire_at") or "")
    ends = [moment for moment in (version.until, expires) if moment is not None]
    return min(timezone.localdate(min(ends) - timedelta(microseconds=1)), today) if ends else today


def _too_short(stands: int, days: int) -> str:
    words = ngettext(
        "The notice stands for %(stands)d working day; at least %(days)d are asked.",
        "The notice stands for %(stands)d working days; at least %(days)d are asked.",
        stands,
    )
    return words % {"stands": stands, "days": days}
