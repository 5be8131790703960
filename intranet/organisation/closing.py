"""Closing the account of somebody who has left, and opening it again."""

from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.organisation.models import Post, User
from intranet.refusals import Refused

account_closed = Signal()
"""Sent within the transaction in which an account is closed, with `person` and `by`."""


class ClosingRefused(Refused):
    """The account was neither closed nor opened; `reasons` say why. Nothing has changed."""


def reasons_against_changing(person: User, *, by: User) -> list[str]:
    """Every reason why somebody may not close or open the account, or change it at all."""
    reasons = []
    if not by.has_perm("organisation.change_user"):
        reasons.append(_("Only the leading group's office keeps accounts."))
    if person.is_superuser and not by.is_superuser:
        reasons.append(_("Only a superuser changes a superuser's account."))
    return reasons


def reasons_against_closing(person: User, *, by: User) -> list[str]:
    """Every reason why somebody may not close the account."""
    reasons = reasons_against_changing(person, by=by)
    if person == by:
        reasons.append(_("Nobody closes their own account."))
    if not person.is_active:
        reasons.append(_("The account is closed already."))
    return reasons


def reasons_against_opening(person: User, *, by: User) -> list[str]:
    """Every reason why somebody may not open the account again."""
    reasons = reasons_against_changing(person, by=by)
    if person.is_active:
        reasons.append(_("The account is open."))
    elif Post.objects.of_person(person).in_office().filter(ends_on=timezone.localdate()).exists():
        reasons.append(_("A post that began today ends tonight: open the account tomorrow, so that it has none."))
    return reasons


@transaction.atomic
def close_account(person: User, *, by: User, forget: bool = False) -> None:
    """End the person's posts with yesterday and close the account; its sessions end at once.

    They are taken out of every group that is no department's. The name stays, because the log and old versions name
    their authors; `forget` deletes e-mail address and picture. The password is spent: whoever opens the account again
    gives a new one, and no old session comes alive with it.

    Raises `ClosingRefused`.
    """
    locked, by = _held(person, by=by)
    if reasons := reasons_against_closing(locked, by=by):
        raise ClosingRefused(reasons)
    for post in Post.objects.of_person(locked).select_related("person", "department"):
        _end(post, timezone.localdate(), by=by)
    locked.is_active = False
    locked.set_unusable_password()
    if forget:
        _forget(locked)
    locked.save()
    groups = list(groups_named_for(locked))
    locked.groups.remove(*groups)
    said = {"forgotten": forget, "groups": [group.name for group in groups]}
    log(instance=locked, action="gongkai.close_account", user=by, data=said)
    account_closed.send(sender=User, person=locked, by=by)


@transaction.atomic
def open_account(person: User, *, by: User) -> None:
    """Let the account be used again: it has no password until the office gives one, and no post but what the office
    has entered since it was closed.

    Raises `ClosingRefused`.
    """
    locked, by = _held(person, by=by)
    if reasons := reasons_against_opening(locked, by=by):
        raise ClosingRefused(reasons)
    locked.is_active = True
    locked.save()
    log(instance=locked, action="gongkai.open_account", user=by)


def groups_named_for(person: User) -> QuerySet[Group]:
    """The groups of no department that the office has put the person into; what is shared with them, they may read."""
    return person.groups.filter(department_group=None).order_by("name")


def _held(person: User, *, by: User) -> tuple[User, User]:
    """Both accounts as they are now, until the transaction ends: of two who close each other's, one is too late."""
    held = User.objects.select_for_update(no_key=True).filter(pk__in={person.pk, by.pk}).order_by("pk")
    found = {one.pk: one for one in held}
    return found[person.pk], found[by.pk]


def _end(post: Post, today: date, *, by: User) -> None:
    """A post that has begun ends with yesterday, one of today with today; one that lies ahead is not taken up."""
    if post.ends_on is not None and post.ends_on < today:
        return
    if post.starts_on > today:
        log(instance=post, action="wagtail.delete", user=by, deleted=True)
        post.delete()
        return
    post.ends_on = max(post.starts_on, today - timedelta(days=1))
    post.save()
    log(instance=post, action="wagtail.edit", user=by)


def _forget(person: User) -> None:
    person.email = ""
    profile = getattr(person, "wagtail_userprofile", None)
    if profile is not None and profile.avatar:
        profile.avatar.delete(save=True)
