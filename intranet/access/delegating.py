"""Naming who decides in one's place during an absence, and ending it."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.rights import answers_for_all, people_at_the_desk, posts_that_decide
from intranet.organisation.closing import account_closed
from intranet.organisation.models import Delegation, Post, User
from intranet.refusals import Refused

LONGEST = timedelta(days=366)
"""An absence that is longer is a change of posts."""


class DelegationRefused(Refused):
    """The delegation was not entered or ended; `reasons` say why. Nothing has changed."""


def posts_to_delegate(by: User) -> QuerySet[Post]:
    """The posts for which the person may name a stand-in: the own ones, and everybody's for the office."""
    posts = posts_that_decide()
    return posts if answers_for_all(by) else posts.filter(person=by)


def delegations_seen_by(user: User) -> QuerySet[Delegation]:
    """Those of the person, those to the person, and all of them for the office."""
    seen = Delegation.objects.select_related("post__person", "post__department", "delegate", "entered_by", "ended_by")
    if answers_for_all(user):
        return seen
    return seen.filter(post__person=user) | seen.filter(delegate=user)


def may_end(delegation: Delegation, user: User) -> bool:
    """Whoever is absent, and the office."""
    return not delegation.is_over and (delegation.post.person_id == user.pk or answers_for_all(user))


@transaction.atomic
def delegate(post: Post, *, to: User, starts_on: date, ends_on: date, by: User) -> Delegation:
    """Let somebody decide in the place of the post's holder, first and last day included; logged.

    Raises `DelegationRefused` with every reason against.
    """
    # Of two who name a stand-in for the same days, the second sees what the first has entered.
    Post.objects.select_for_update(of=("self",), no_key=True).get(pk=post.pk)
    reasons = _reasons_against(post, to, starts_on, ends_on, by)
    if reasons:
        raise DelegationRefused(reasons)
    made = Delegation.objects.create(post=post, delegate=to, starts_on=starts_on, ends_on=ends_on, entered_by=by)
    log(instance=made, action="gongkai.delegate", user=by, data={"to": str(to), "from": starts_on, "until": ends_on})
    return made


@transaction.atomic
def end_early(delegation: Delegation, *, by: User) -> None:
    """End it at once, begun or not; logged. Raises `DelegationRefused`."""
    locked = Delegation.objects.select_for_update(of=("self",)).select_related("post").get(pk=delegation.pk)
    if not may_end(locked, by):
        raise DelegationRefused([_("This delegation is over, or it is not yours to end.")])
    _end(locked, by=by)


@receiver(account_closed)
def end_what_was_lent_to(person: User, by: User, **kwargs: Any) -> None:
    """Whoever has left stands in for nobody, and does not again when they come back to another post."""
    lent = Delegation.objects.not_over().filter(delegate=person).select_related("post", "delegate")
    for delegation in lent.select_for_update(of=("self",)).order_by("pk"):
        _end(delegation, by=by)


def _end(delegation: Delegation, *, by: User) -> None:
    delegation.ended_at, delegation.ended_by = timezone.now(), by
    delegation.save(update_fields=["ended_at", "ended_by"])
    log(instance=delegation, action="gongkai.end_delegation", user=by, data={"to": str(delegation.delegate)})


def _reasons_against(post: Post, to: User, starts_on: date, ends_on: date, by: User) -> list[str]:
    today = timezone.localdate()
    reasons = []
    if not posts_to_delegate(by).filter(pk=post.pk).exists():
        reasons.append(_("You can name a stand-in only for a post of yours that decides on matters."))
    if to.pk == post.person_id:
        reasons.append(_("Nobody stands in for themselves: choose another person."))
    elif not people_at_the_desk().filter(pk=to.pk).exists():
        reasons.append(_("%(person)s does not work at the desk, and so could not decide.") % {"person": to})
    if ends_on < starts_on:
        reasons.append(_("The absence ends before it begins."))
    if starts_on < today:
        reasons.append(_("A delegation begins today at the earliest."))
    if ends_on - starts_on > LONGEST:
        reasons.append(_("An absence of more than a year is a change of posts: have the office appoint somebody."))
    same = Delegation.objects.not_over().filter(post=post, delegate=to, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if same.exists():
        reasons.append(_("%(person)s stands in for this post in these days already.") % {"person": to})
    return reasons
