"""Days by which a matter is to be looked at again, and the word that it is still right."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.rights import Right, departments_where, may, may_decide
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.intervals import next_look
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.withdrawal import in_the_heads_place

AHEAD_DAYS = 14
"""Days before a matter is to be looked at again from which it is on the desk."""


class LookRefused(Exception):
    """Nothing was recorded; `reasons` say why."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True, slots=True)
class DueLook:
    """A live matter that is to be looked at again."""

    matter: MatterPage
    by: date

    @property
    def is_due(self) -> bool:
        return self.by <= timezone.localdate()


def due_looks(departments: QuerySet[Department], *, ahead: int = AHEAD_DAYS) -> list[DueLook]:
    """The live matters of these departments to be looked at again within so many days, the longest due first."""
    until = timezone.localdate() + timedelta(days=ahead)
    rows = (
        MatterPage.objects.disclosed()
        .filter(department__in=departments, review_by__lte=until)
        .select_related("category", "department")
        .defer("body", "summary")
        .order_by("review_by", "pk")
    )
    return [DueLook(row, row.review_by) for row in rows]


def own_looks(user: User) -> list[DueLook]:
    """Those of the departments for which the person drafts."""
    return due_looks(departments_where(user, Right.DRAFT_MATTERS))


def proposed_day(matter: MatterPage) -> date | None:
    """The day of the next look by the category's interval of today; None where it has no length."""
    terms = matter.category.terms_on()
    return next_look(terms.update_interval) if terms else None


def reasons_against_looking(matter: MatterPage, *, by: User) -> list[str]:
    """Every reason why the person may not say that the matter is still right."""
    reasons = [] if matter.is_disclosed else [_("The matter is not live.")]
    department = matter.department
    if not (may(by, Right.DRAFT_MATTERS, department) or may_decide(by, Right.APPROVE_MATTERS, department)):
        reasons.append(_("Only liaison officers and heads of the matter's department say that it is still right."))
    return reasons


@transaction.atomic
def still_right(matter: MatterPage, *, by: User, again_on: date, remark: str = "") -> None:
    """Record that the live text was looked at and is right, to be looked at again on the day; no new version.

    A draft that is under way keeps the day with which it was saved; once it is live, that day counts again.
    Raises `LookRefused`.
    """
    locked = hold(matter)
    reasons = reasons_against_looking(locked, by=by)
    if again_on <= timezone.localdate():
        reasons.append(_("The day of the next look lies ahead."))
    if reasons:
        raise LookRefused(reasons)
    MatterPage.objects.filter(pk=locked.pk).update(review_by=again_on)
    told = {"reason": remark.strip(), "again_on": again_on.isoformat()}
    told |= in_the_heads_place(locked, by=by, own_right=Right.DRAFT_MATTERS)
    log(instance=locked, action="gongkai.still_right", user=by, data=told, revision=locked.live_revision)
