"""Taking a live matter down, with a reason that stands at its address; calling off one that waits for its moment."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log

from intranet.access.audience import is_within
from intranet.access.rights import Right, answers_for_all, may, may_decide
from intranet.access.standing_in import for_the_log
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import Ending, MatterPage
from intranet.organisation.models import User
from intranet.publication.models import Release, WithdrawalAtOnce
from intranet.refusals import Refused


class WithdrawalRefused(Refused):
    """The matter was not withdrawn; `reasons` say why. Nothing has changed."""


def reasons_against_withdrawal(matter: MatterPage, *, by: User) -> list[str]:
    """Every reason why the person may not withdraw the matter."""
    reasons = [] if matter.live else [_("The matter is not live.")]
    return reasons + _reasons_against_taking_back(matter, by=by)


def reasons_against_calling_off(matter: MatterPage, *, by: User) -> list[str]:
    """Every reason why the person may not call off what was approved for a later moment."""
    reasons = [] if is_waiting(matter) else [_("Nothing waits for a later moment.")]
    return reasons + _reasons_against_taking_back(matter, by=by)


def is_waiting(matter: MatterPage) -> bool:
    """Whether a version of the matter was approved and waits for its moment."""
    return bool(matter.scheduled_revision)


def _reasons_against_taking_back(matter: MatterPage, *, by: User) -> list[str]:
    reasons = []
    if not (may_decide(by, Right.APPROVE_MATTERS, matter.department) or answers_for_all(by)):
        reasons.append(_("Only the head of the matter's department or the leading group's office withdraws it."))
    return reasons


@transaction.atomic
def withdraw(matter: MatterPage, *, by: User, reason: str) -> None:
    """Take the matter down at once, on one person's word; its address answers with the reason.

    It is a debt until another person of the leading group's office has confirmed it. Raises `WithdrawalRefused`.
    """
    locked = hold(matter)
    reasons = reasons_against_withdrawal(locked, by=by)
    if not reason.strip():
        reasons.append(_("Give the reason; it stands at the matter's address."))
    if reasons:
        raise WithdrawalRefused(reasons)
    take_down(locked, by=by, reason=reason.strip())
    WithdrawalAtOnce.objects.create(matter_id=locked.pk, by=by, reason=reason.strip())
    told = {"reason": reason.strip(), "at_once": True} | in_the_heads_place(locked, by=by)
    log(instance=locked, action="gongkai.withdraw", user=by, data=told)


def take_down(locked: MatterPage, *, by: User | None, reason: str, ending: str = Ending.WITHDRAWAL) -> None:
    """Unpublish a locked matter for a reason that stands at its address; whoever calls has asked who may, and logs.

    Its translations say what it said: they are taken down with it, but where its term alone has ended.
    """
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawal_reason = timezone.now(), by, reason
    locked.ending = ending
    # What was approved for a later moment was approved for a matter that nobody had taken down.
    _forget_releases(locked)
    UnpublishPageAction(locked, user=by, log_action=False).execute(skip_permission_checks=True)
    if ending != Ending.RETENTION:
        take_down_translations(locked, by=by, reason=reason, ending=ending)


def take_down_wider_translations(record: MatterPage, *, by: User | None) -> None:
    """Take down the translations that more people would read than the text of record as it is live now."""
    words = _("The text of record is disclosed to fewer people now.")
    take_down_translations(record, by=by, reason=words, wider_than=record.visibility)


def take_down_translations(
    locked: MatterPage,
    *,
    by: User | None,
    reason: str,
    ending: str = Ending.WITHDRAWAL,
    wider_than: str | None = None,
) -> None:
    """Take down the live translations of a locked matter, and keep those that wait from their moment.

    All of them, or those alone whose audience is wider than this one.
    """
    translations = MatterPage.objects.filter(translation_of=locked.pk).order_by("pk")
    for translation in map(hold, translations):
        if wider_than is not None and is_within(translation.visibility, wider_than):
            continue
        if translation.live:
            take_down(translation, by=by, reason=reason, ending=ending)
            told = {"reason": reason, "translation_of": locked.identifier}
            log(instance=translation, action="gongkai.withdraw", user=by, data=told)
        elif is_waiting(translation):
            _keep_from_its_moment(translation, by=by, reason=reason)


def translations_taken_along(matter: MatterPage) -> list[str]:
    """The languages of the live translations that are taken down with the matter."""
    live = MatterPage.objects.disclosed().filter(translation_of=matter.pk).order_by("language")
    return [translation.get_language_display() for translation in live]


@transaction.atomic
def call_off(matter: MatterPage, *, by: User, reason: str) -> None:
    """Keep a version that was approved for a later moment from going live; what is live stays.

    It goes live only by another review. Raises `WithdrawalRefused`.
    """
    locked = hold(matter)
    reasons = reasons_against_calling_off(locked, by=by)
    if not reason.strip():
        reasons.append(_("Give the reason; its author is told."))
    if reasons:
        raise WithdrawalRefused(reasons)
    _keep_from_its_moment(locked, by=by, reason=reason.strip())


def _keep_from_its_moment(matter: MatterPage, *, by: User | None, reason: str) -> None:
    _forget_releases(matter)
    matter.revisions.update(approved_go_live_at=None)
    told = {"reason": reason} | (in_the_heads_place(matter, by=by) if by else {})
    log(instance=matter, action="gongkai.call_off", user=by, data=told)


def in_the_heads_place(matter: MatterPage, *, by: User, own_right: str | None = None) -> dict[str, str]:
    """For the log, in whose place somebody does what head and office do; the office does it in its own right.

    So does who holds `own_right` on the department, where that is enough for what is done.
    """
    is_ones_own = answers_for_all(by) or (own_right is not None and may(by, own_right, matter.department))
    return {} if is_ones_own else for_the_log(by, Right.APPROVE_MATTERS, matter.department)


def _forget_releases(matter: MatterPage) -> None:
    Release.objects.filter(matter_id=matter.pk, used_at=None).delete()
