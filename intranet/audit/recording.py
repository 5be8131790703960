"""Recording an act, in the transaction in which it happens."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from intranet.audit.chain import seal_after_commit
from intranet.audit.models import AuditEntry

LONGEST = 255


def record(action: str, *, thing: Model | None = None, person: Any = None, facts: dict[str, Any] | None = None) -> None:
    """Append an entry. Without a person it is who works in the admin now, if anybody does.

    It is undone with the act where that is undone. Raises what the database raises: an act that cannot be recorded
    does not happen.
    """
    who = person if person is not None else get_active_log_context().user
    is_known = who is not None and getattr(who, "pk", None) is not None
    append(
        at=timezone.now(),
        action=action,
        person=who.pk if is_known else None,
        person_name=who.get_username() if is_known else "",
        subject_type=thing._meta.label_lower if thing is not None else "",
        subject=str(thing.pk) if thing is not None else "",
        subject_name=str(thing) if thing is not None else "",
        facts=facts or {},
    )


def append(*, person_name: str, subject_name: str, facts: dict[str, Any], **said: Any) -> None:
    """Append an entry as it is given, names cut to their places and facts as they come back from the database."""
    AuditEntry.objects.create(
        person_name=_short(person_name), subject_name=_short(subject_name), facts=_plain(facts), **said
    )
    seal_after_commit()


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts as they come back from the database: days, lazy words and the like as text."""
    return json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
