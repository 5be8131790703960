"""The notice period after which alone a result may go live. The one place that counts it.

Source: Regulations on the Selection and Appointment of Party and Government Leading Cadres (2019), article 42: at
least five working days.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.disclosure.models import MatterPage, NoticePage, ResultPage
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.models import Objection, RouteRecord


def follows_a_notice(matter: MatterPage) -> bool:
    """Whether the matter is a result that its category lets go live only after a notice period."""
    return isinstance(matter, ResultPage) and days_asked(matter) > 0


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
    yield from _against_period(notice, days_asked(matter), on or timezone.localdate())
    if Objection.objects.filter(notice=notice.pk).undecided().exists():
        yield _("An objection to the notice is not decided yet.")
    if Objection.objects.filter(notice=notice.pk).upheld().exists():
        yield _("An objection to the notice was upheld: another notice has to stand first.")


def notice_of(matter: MatterPage) -> NoticePage | None:
    """The notice that the result follows, as it was recorded last."""
    record = RouteRecord.objects.filter(matter=matter.pk, kind=RouteRecord.Kind.NOTICE).first()
    return NoticePage.objects.filter(pk=record.notice_id).first() if record else None


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
    stood = working_days_within(max(notice.notice_from, notice.published_on), notice.notice_until)
    if stood < days:
        yield _too_short(stood, days)


def _too_short(stands: int, days: int) -> str:
    words = ngettext(
        "The notice stands for %(stands)d working day; at least %(days)d are asked.",
        "The notice stands for %(stands)d working days; at least %(days)d are asked.",
        stands,
    )
    return words % {"stands": stands, "days": days}
