"""Putting on record what a route asks for, and what is missing of it."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.rights import Right, answers_for_all, may
from intranet.disclosure.models import AttachedDocument, MatterPage, NoticePage
from intranet.organisation.models import User
from intranet.publication.models import RouteRecord
from intranet.publication.naming import names_for
from intranet.publication.route_records.notice_period import (
    follows_a_notice,
    has_its_result,
    notice_of,
    with_their_result,
)
from intranet.publication.withdrawal import is_waiting
from intranet.refusals import Refused

Kind = RouteRecord.Kind


class RecordRefused(Refused):
    """Nothing was recorded; `reasons` say why."""


def kinds_asked(matter: MatterPage) -> list[str]:
    """The kinds of record that the matter's route asks for today."""
    terms = matter.category.terms_on()
    asked = []
    if terms and "P" in terms.route:
        asked.append(Kind.PRICE_AUDIT)
    if terms and "M" in terms.route:
        asked.append(Kind.MEETING_DECISION)
    if follows_a_notice(matter):
        asked.append(Kind.NOTICE)
    return [str(kind) for kind in asked]


def missing_records(matter: MatterPage) -> Iterator[str]:
    """What the route asks for and nobody has put on record, in words."""
    there = set(RouteRecord.objects.filter(matter=matter.pk).values_list("kind", flat=True))
    for kind in kinds_asked(matter):
        if kind not in there:
            words = _("The route of category %(code)s asks for a record: %(kind)s.")
            yield words % {"code": matter.category.code, "kind": Kind(kind).label}


def records_of(matter: MatterPage, *, reader: User) -> list[RouteRecord]:
    """What is on record, the newest first; a notice by the name that it has before this person."""
    found = RouteRecord.objects.filter(matter=matter.pk).select_related("document", "notice__category", "entered_by")
    names = names_for(reader, [record.notice for record in found if record.notice])
    for record in found:
        record.notice_name = names[record.notice.pk] if record.notice else ""
    return list(found)


def may_record(matter: MatterPage, user: User) -> bool:
    """Those who draft for the department, and the office."""
    return may(user, Right.DRAFT_MATTERS, matter.department) or answers_for_all(user)


def possible_notices(matter: MatterPage) -> list[NoticePage]:
    """The department's notices of the category that went live and have no result yet, the newest first."""
    found = NoticePage.objects.filter(department=matter.department_id, category=matter.category_id)
    newest = list(found.select_related("category").exclude(published_on=None).order_by("-published_on", "-pk")[:50])
    followed = with_their_result([notice.pk for notice in newest], besides=matter)
    return [notice for notice in newest if notice.pk not in followed]


def may_record_notice(matter: MatterPage, user: User) -> bool:
    """Who records one, and the office alone once there is one: what was objected to is not chosen away."""
    return may_record(matter, user) and (notice_of(matter) is None or answers_for_all(user))


@transaction.atomic
def record_decision(
    matter: MatterPage,
    *,
    kind: str,
    organ: str,
    number: str,
    decided_on: date,
    document: AttachedDocument | None,
    by: User,
) -> RouteRecord:
    """Record a price audit or a decision of the meeting; logged. Raises `RecordRefused`.

    The decision's minutes are attached; they are read by those who work on the matter and decide on it.
    """
    reasons = _reasons_against(matter, by)
    if kind not in (Kind.PRICE_AUDIT, Kind.MEETING_DECISION):
        reasons.append(_("Choose what is recorded."))
    if decided_on > timezone.localdate():
        reasons.append(_("What is decided on a day to come is not decided yet."))
    if not number.strip():
        reasons.append(_("Enter the number of the decision."))
    if kind == Kind.MEETING_DECISION and document is None:
        reasons.append(_("Attach the minutes of the meeting."))
    if reasons:
        raise RecordRefused(reasons)
    made = RouteRecord.objects.create(
        matter=matter.as_matter(),
        kind=kind,
        organ=organ.strip(),
        number=number.strip(),
        decided_on=decided_on,
        document=document,
        entered_by=by,
    )
    return _logged(made, matter, by)


@transaction.atomic
def record_notice(matter: MatterPage, *, notice: NoticePage, by: User, reason: str = "") -> RouteRecord:
    """Record which notice the result follows; logged. Raises `RecordRefused`.

    Another notice takes the place of one on record by the office's word alone, which gives the reason.
    """
    before = notice_of(matter)
    reasons = _reasons_against(matter, by)
    if (notice.category_id, notice.department_id) != (matter.category_id, matter.department_id):
        reasons.append(_("The notice is of another category or department."))
    elif before == notice:
        reasons.append(_("This notice is on record already."))
    elif has_its_result(notice, besides=matter):
        reasons.append(_("Another result follows this notice already."))
    if before is not None and not may_record_notice(matter, by):
        reasons.append(_("Only the leading group's office puts another notice in the place of the one on record."))
    elif before is not None and not reason.strip():
        reasons.append(_("Give the reason why another notice takes its place."))
    if reasons:
        raise RecordRefused(reasons)
    made = RouteRecord.objects.create(
        matter=matter.as_matter(), kind=Kind.NOTICE, notice=notice.as_matter(), entered_by=by
    )
    if before is None:
        return _logged(made, matter, by)
    told = {"record": str(made), "before": before.title, "reason": reason.strip()}
    log(instance=matter, action="gongkai.notice_replaced", user=by, data=told)
    return made


def _reasons_against(matter: MatterPage, by: User) -> list[str]:
    reasons = []
    if not may_record(matter, by):
        reasons.append(_("Only liaison officers and heads of the matter's department, and the office, record it."))
    if matter.workflow_in_progress:
        reasons.append(_("The matter is under review: what is recorded is what was decided on."))
    if is_waiting(matter):
        reasons.append(_("A version is approved and waits for its moment: call it off before you record anything."))
    return reasons


def _logged(made: RouteRecord, matter: MatterPage, by: User) -> RouteRecord:
    log(instance=matter, action="gongkai.record", user=by, data={"record": str(made)})
    return made
