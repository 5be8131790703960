"""Objections raised in a notice period, and their decision."""

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.rights import Right, answers_for_all, deciding_rights_of, is_office, may_decide
from intranet.access.rule import can_read
from intranet.disclosure.models import MatterPage, NoticePage
from intranet.organisation.models import User
from intranet.publication.models import Objection
from intranet.publication.route_records.answering import tell_outcome
from intranet.publication.withdrawal import in_the_heads_place
from intranet.refusals import Refused

LONGEST = 5000
"""Characters of an objection raised on the portal."""


class ObjectionRefused(Refused):
    """The objection was not taken or not decided; `reasons` say why."""


def takes_objections(matter: MatterPage) -> bool:
    """Whether the matter is a notice whose period runs today."""
    if not isinstance(matter, NoticePage) or not matter.is_disclosed:
        return False
    terms = matter.category.terms_on()
    today = timezone.localdate()
    runs = matter.notice_from and matter.notice_until and matter.notice_from <= today <= matter.notice_until
    return bool(terms and terms.notice_period_days and runs)


def was_announced(matter: MatterPage) -> bool:
    """Whether the matter is a notice that went live, so that somebody can object to it."""
    return isinstance(matter, NoticePage) and matter.first_published_at is not None


@transaction.atomic
def raise_objection(notice: MatterPage, *, text: str, by: User | AnonymousUser) -> Objection:
    """Take an objection of a reader in the period. Raises `ObjectionRefused`.

    It is logged without a name: who objects is not told to those who are objected to.
    """
    reasons = []
    if not can_read(by, notice) or not takes_objections(notice):
        reasons.append(_("Objections are raised while the notice period runs."))
    if not text.strip():
        reasons.append(_("Say what you object to, and why."))
    if reasons:
        raise ObjectionRefused(reasons)
    raised_by = by if isinstance(by, User) else None
    made = Objection.objects.create(notice=notice.as_matter(), text=text.strip()[:LONGEST], raised_by=raised_by)
    log(instance=notice, action="gongkai.objection", user=None, data={"channel": made.channel})
    return made


@transaction.atomic
def enter_objection(notice: MatterPage, *, text: str, channel: str, by: User) -> Objection:
    """Enter an objection that came on paper, by phone or in person. Raises `ObjectionRefused`."""
    if not handles(notice, by):
        raise ObjectionRefused([_("Only the head of the department and the leading group's office handle objections.")])
    if not was_announced(notice):
        raise ObjectionRefused([_("Objections are entered to a notice that was disclosed.")])
    if not text.strip():
        raise ObjectionRefused([_("Say what is objected to, and why.")])
    made = Objection.objects.create(notice=notice.as_matter(), text=text.strip(), channel=channel)
    told = {"channel": made.channel} | in_the_heads_place(notice, by=by)
    log(instance=notice, action="gongkai.objection", user=by, data=told)
    return made


@transaction.atomic
def decide_objection(objection: Objection, *, outcome: str, answer: str, by: User) -> None:
    """Uphold or dismiss an objection with reasons; logged, and told to whoever raised it. Raises `ObjectionRefused`."""
    held = Objection.objects.select_for_update(of=("self",))
    locked = held.select_related("notice", "raised_by").get(pk=objection.pk)
    reasons = []
    if not handles(locked.notice, by):
        reasons.append(_("Only the head of the department and the leading group's office handle objections."))
    if locked.raised_by_id == by.pk:
        reasons.append(_("Nobody decides on their own objection."))
    if not locked.is_undecided:
        reasons.append(_("The objection is decided already."))
    if outcome not in Objection.Outcome.values:
        reasons.append(_("Choose: upheld or dismissed."))
    if not answer.strip():
        reasons.append(_("Give the reasons."))
    if reasons:
        raise ObjectionRefused(reasons)
    locked.outcome, locked.answer = outcome, answer.strip()
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["outcome", "answer", "decided_by", "decided_at"])
    told = {"outcome": outcome, "reason": answer.strip()} | in_the_heads_place(locked.notice, by=by)
    log(instance=locked.notice.specific, action="gongkai.objection_decided", user=by, data=told)
    tell_outcome(locked)


def objector_shown_to(user: User, objection: Objection) -> User | None:
    """Who raised it, for the office, which answers them; for nobody else, the notice's department least of all."""
    return objection.raised_by if is_office(user) else None


def handles_any(user: User | AnonymousUser) -> bool:
    """Whether there may be objections that the user handles."""
    return answers_for_all(user) or bool(deciding_rights_of(user).get(Right.APPROVE_MATTERS))


def handles(notice: MatterPage, user: User) -> bool:
    """Whether the user handles objections to the notice: its department's head, and the office."""
    return may_decide(user, Right.APPROVE_MATTERS, notice.department) or answers_for_all(user)


def objections_handled_by(user: User) -> QuerySet[Objection]:
    """The objections to notices that the user handles, the oldest first."""
    found = Objection.objects.select_related("notice__department", "notice__category", "raised_by", "decided_by")
    if answers_for_all(user):
        return found
    return found.filter(notice__department__in=deciding_rights_of(user).get(Right.APPROVE_MATTERS, ()))
