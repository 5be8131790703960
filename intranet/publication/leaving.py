"""What a person who leaves has in hand, and handing their drafts over.

Whatever else somebody can have in hand is told by `register_part`: a part is found for the person and listed beside
these.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, get_default_page_content_type

from intranet.access.models import Share
from intranet.access.rights import NOBODY, Right, holders_by_department
from intranet.access.sharing import revoke
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User
from intranet.publication.authorship import authors_of_each
from intranet.publication.awaiting import OpenStep, open_steps
from intranet.publication.deciders import departments_in_reach
from intranet.publication.desk.undisclosed import Stage, Undisclosed, undisclosed
from intranet.refusals import Refused


@dataclass(frozen=True, slots=True)
class Part:
    """Something else that the person has in hand: what it is, what to do about it, and where each of it is seen."""

    heading: str
    advice: str
    lines: Collection[tuple[str, str]]
    """What to call each, which must be nothing that the office may not read, and an address, or none."""


_parts: list[Callable[[User], Part | None]] = []


def register_part(find: Callable[[User], Part | None]) -> None:
    """Let `find` say what else a person has in hand."""
    _parts.append(find)


class HandingOverRefused(Refused):
    """The draft was not handed over; `reasons` say why. Nothing has changed."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of one of several drafts; `reasons` where it stayed with the person."""

    draft: Undisclosed
    reasons: Collection[str] = ()


def drafts_in_hand(person: User) -> list[Undisclosed]:
    """The matters with a version that is not live, of which the person is the owner.

    And those that the person wrote of, where the owner drafts for that department no more. The oldest deadline first.
    """
    written = Revision.objects.filter(base_content_type=get_default_page_content_type(), user=person)
    keys = [int(key) for key in written.values_list("object_id", flat=True).distinct()]
    mine = MatterPage.objects.filter(Q(owner=person) | Q(pk__in=keys), has_unpublished_changes=True)
    departments = Department.objects.filter(pk__in=mine.values("department"))
    in_question = set(mine.values_list("pk", flat=True))
    found = [one for one in undisclosed(departments) if one.matter.pk in in_question]
    authors, drafters = authors_of_each([one.matter for one in found]), _drafters()
    return [one for one in found if _is_in_hand(one.matter, person, authors, drafters)]


def steps_of_nobody_else(person: User) -> list[OpenStep]:
    """The steps under review that this person alone can decide, so that the office stands in when they have left."""
    return [step for step in open_steps(departments_in_reach(person)) if step.deciders.keys == {person.pk}]


def shares_of(person: User) -> list[MatterPage]:
    """The matters that name the person as reader, the newest first."""
    model = MatterPage._meta
    named = Share.objects.of_kind(model.app_label, model.model_name).in_force().filter(user=person)
    matters = MatterPage.objects.filter(pk__in=named.order_by().values("object_id"))
    return list(matters.defer("body", "summary").order_by("-pk"))


def further_parts(person: User) -> list[Part]:
    """What else the person has in hand, as the apps that know of it say."""
    return [part for find in _parts if (part := find(person)) is not None and part.lines]


def successors(drafts: Iterable[Undisclosed], *, of: User) -> list[User]:
    """Who can draft for the department of at least one of these, today."""
    drafters = _drafters()
    keys = frozenset().union(*(drafters.get(one.matter.department_id, NOBODY) for one in drafts)) - {of.pk}
    return sorted(User.objects.filter(pk__in=keys), key=str)


def reasons_against_handing_over(draft: Undisclosed, *, to: User, by: User) -> list[str]:
    """Every reason why the draft may not be handed over to the person."""
    reasons = []
    if not by.has_perm("organisation.change_user"):
        reasons.append(_("Only the leading group's office hands over what somebody leaves."))
    if to.pk not in _drafters().get(draft.matter.department_id, NOBODY):
        reasons.append(
            _("%(name)s does not draft for %(department)s.") % {"name": to, "department": draft.matter.department}
        )
    return reasons


@transaction.atomic
def hand_over(draft: Undisclosed, *, of: User, to: User, by: User) -> None:
    """Make the person the draft's owner; who wrote what so far stays in its versions.

    A lock that the one who leaves had put on it goes. Raises `HandingOverRefused`.
    """
    locked = hold(draft.matter)
    reasons = reasons_against_handing_over(draft, to=to, by=by)
    if draft.stage in (Stage.WAITING, Stage.HELD_BACK) and not locked.scheduled_revision:
        reasons.append(_("It went live meanwhile."))
    if reasons:
        raise HandingOverRefused(reasons)
    MatterPage.objects.filter(pk=locked.pk).update(owner=to)
    MatterPage.objects.filter(pk=locked.pk, locked_by=of).update(locked=False, locked_by=None, locked_at=None)
    log(instance=locked, action="gongkai.hand_over_draft", user=by, data={"from": str(of), "to": str(to)})


def hand_over_many(drafts: Iterable[Undisclosed], *, of: User, to: User, by: User) -> list[HandedOver]:
    """Hand over each of the drafts; one that is refused keeps none of the others."""
    outcomes = []
    for draft in drafts:
        try:
            hand_over(draft, of=of, to=to, by=by)
        except HandingOverRefused as refused:
            outcomes.append(HandedOver(draft, refused.reasons))
        else:
            outcomes.append(HandedOver(draft))
    return outcomes


@transaction.atomic
def end_shares(person: User, *, by: User) -> int:
    """Take the person's name off every matter that names them as reader; how many there were. Each is logged.

    Raises `PermissionDenied` for who does not keep accounts.
    """
    if not by.has_perm("organisation.change_user"):
        raise PermissionDenied
    shared = shares_of(person)
    for matter in sorted(shared, key=lambda one: one.pk):
        revoke(matter, of=person, by=by)
    return len(shared)


def _drafters() -> dict[int, frozenset[int]]:
    return holders_by_department(Right.DRAFT_MATTERS)[Right.DRAFT_MATTERS]


def _is_in_hand(
    matter: MatterPage, person: User, authors: Mapping[int, frozenset[int]], drafters: Mapping[int, frozenset[int]]
) -> bool:
    if matter.owner_id == person.pk:
        return True
    has_owner = matter.owner_id in drafters.get(matter.department_id, NOBODY)
    return person.pk in authors[matter.pk] and not has_owner
