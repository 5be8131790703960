"""Named readers: people and groups who may read one thing besides its audience, until a last day."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from intranet.access.models import Share, ShareQuerySet, moment_after
from intranet.access.tokens import group_token, tokens_of, user_token
from intranet.organisation.models import User
from intranet.refusals import Refused


class ShareRefused(Refused):
    """The share was not given or changed; `reasons` say why. Nothing has changed."""


def share_tokens(model: type[Model], pk: int | None) -> frozenset[str]:
    """The tokens of the people and groups named today as readers of the model's thing with this primary key."""
    return share_tokens_of_each(model, [pk])[pk]


def share_tokens_of_each(model: type[Model], pks: Collection[int | None]) -> dict[int | None, frozenset[str]]:
    """`share_tokens` of many things of the model by their primary keys, in one query."""
    rows = Share.objects.of(model, pks).in_force().order_by()
    tokens: dict[int | None, set[str]] = defaultdict(set)
    for thing, person, group in rows.values_list("object_id", "user_id", "group_id"):
        tokens[thing].add(user_token(person) if person is not None else group_token(group))
    return {pk: frozenset(tokens.get(pk, ())) for pk in pks}


def shares_of(thing: Model) -> ShareQuerySet:
    """Every share of the thing, past ones too, the newest first."""
    return Share.objects.of(_kept_as(thing), [thing.pk])


def held_today(thing: Model, holder: User | Group) -> Share | None:
    """The share by which the person or group itself is named as reader of the thing today."""
    return shares_of(thing).in_force().filter(**_named(holder)).first()


@transaction.atomic
def grant(thing: Model, *, to: User | Group, until: date | None, reason: str, by: User | None) -> Share:
    """Name a person or a group as reader of the thing, up to and including a last day or without an end; logged.

    Raises `ShareRefused` with every reason against.
    """
    reasons = _reasons_against(thing, to, until, reason)
    if reasons:
        raise ShareRefused(reasons)
    for past in shares_of(thing).run_out().filter(**_named(to)):
        past.ended_at = moment_after(past.until)
        past.save(update_fields=["ended_at"])
    try:
        with transaction.atomic():
            made = Share.objects.create(
                content_type=ContentType.objects.get_for_model(_kept_as(thing)),
                object_id=thing.pk,
                until=until,
                reason=reason.strip(),
                granted_by=by,
                **_named(to),
            )
    except IntegrityError:
        raise ShareRefused([_("%(name)s was named by somebody else meanwhile.") % {"name": to}]) from None
    log(instance=thing, action="gongkai.share", user=by, data={"with": str(to), "until": until, "reason": made.reason})
    return made


@transaction.atomic
def prolong(share: Share, *, until: date | None, by: User | None) -> None:
    """Give the share another last day, later or earlier, or none; logged.

    Raises `ShareRefused`. A share that is over stays so: name the reader anew, with a reason.
    """
    locked = _locked(share)
    reasons = []
    if locked.is_over:
        reasons.append(_("This share is over. Name the reader anew."))
    if _has_passed(until):
        reasons.append(_("This day has passed. Choose today or a later day, or end the share."))
    if reasons:
        raise ShareRefused(reasons)
    if locked.until == until:
        return
    data = {"with": str(locked.holder), "from": locked.until, "until": until, "reason": locked.reason}
    locked.until = until
    locked.save(update_fields=["until"])
    log(instance=locked.thing, action="gongkai.prolong_share", user=by, data=data)


@transaction.atomic
def end(share: Share, *, by: User | None) -> bool:
    """End the share now; logged. It holds at the doors at once. False where it was over already."""
    locked = _locked(share)
    if locked.is_over:
        return False
    locked.ended_at, locked.ended_by = timezone.now(), by
    locked.save(update_fields=["ended_at", "ended_by"])
    data = {"with": str(locked.holder), "until": locked.until, "reason": locked.reason}
    log(instance=locked.thing, action="gongkai.unshare", user=by, data=data)
    return True


def revoke(thing: Model, *, of: User | Group, by: User | None) -> None:
    """`end` the share by which this person or group is named; nothing happens where there is none."""
    if share := held_today(thing, of):
        end(share, by=by)


def _reasons_against(thing: Model, to: User | Group, until: date | None, reason: str) -> list[str]:
    reasons = []
    if isinstance(to, User):
        if not to.is_active:
            reasons.append(_("The account of %(name)s is closed: it can read nothing of the bureau's.") % {"name": to})
        elif user_token(to.pk) not in tokens_of(to):
            reasons.append(
                _("%(name)s holds no post today, so the share would give nothing. Ask the office to enter the post.")
                % {"name": to}
            )
    held = held_today(thing, to)
    if held and held.until:
        day = held.until.isoformat()
        reasons.append(
            _("%(name)s is named already, until %(day)s. Change the last day there.") % {"name": to, "day": day}
        )
    elif held:
        reasons.append(_("%(name)s is named already, without an end.") % {"name": to})
    if _has_passed(until):
        reasons.append(_("This day has passed. Choose today or a later day."))
    if not reason.strip():
        reasons.append(_("Say why this reader is named: whoever reviews access will read it."))
    return reasons


def _has_passed(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


def _named(holder: User | Group) -> dict[str, User | Group]:
    return {"user" if isinstance(holder, User) else "group": holder}


def _kept_as(thing: Model) -> type[Model]:
    """The model under which the thing's shares are kept: of those that it inherits from, the first with readers."""
    models = [model for model in type(thing).__mro__ if issubclass(model, Model) and hasattr(model, "reader_tokens")]
    return next(model for model in reversed(models) if not model._meta.abstract)


def _locked(share: Share) -> Share:
    return Share.objects.select_for_update(of=("self",)).get(pk=share.pk)
