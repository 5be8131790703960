"""What was typed at the window is kept on the server, encrypted, until it is sent or a day has passed.

Nothing of it stays in the browser: the machine at the window is many people's.
"""

import json
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils import timezone

from intranet.hall.models import ReceptionDraft
from intranet.hall.sealing import Unreadable, seal, unseal
from intranet.organisation.models import User

NOT_KEPT = frozenset({"clerk", "csrfmiddlewaretoken", "token", "action", "shown_scan"})


def draft_of(clerk: User) -> ReceptionDraft:
    """The clerk's draft, an empty one where there is none; those of everybody that are outdated are deleted."""
    ReceptionDraft.objects.outdated().delete()
    return ReceptionDraft.objects.get_or_create(clerk=clerk)[0]


def content_of(draft: ReceptionDraft) -> QueryDict:
    """What was typed; nothing where it cannot be read any more."""
    found = QueryDict(mutable=True)
    try:
        kept = json.loads(unseal(draft.content_sealed) or "{}")
    except Unreadable:
        kept = {}
    for name, values in kept.items():
        found.setlist(name, values)
    return found


def keep(draft: ReceptionDraft, typed: QueryDict) -> None:
    """Keep what was typed in place of what was there."""
    content = {name: values for name, values in typed.lists() if name not in NOT_KEPT}
    draft.content_sealed, draft.saved_at = seal(json.dumps(content)), timezone.now()
    draft.save(update_fields=["content_sealed", "saved_at"])


def throw_away_like(draft: ReceptionDraft, sent: QueryDict) -> None:
    """Forget the draft where it is what has been sent, and no other application that was begun meanwhile."""
    kept = {name: values for name, values in content_of(draft).lists() if any(values)}
    if kept == {name: values for name, values in sent.lists() if name not in NOT_KEPT and any(values)}:
        draft.delete()


def begin_another(draft: ReceptionDraft) -> None:
    """Go on with what was typed as another application than the one that was sent."""
    draft.token = uuid4()
    draft.save(update_fields=["token"])


def throw_away(clerk: User, *, token: UUID | None = None) -> None:
    """Forget what the clerk typed; with a token only where it is still this form."""
    drafts = ReceptionDraft.objects.filter(clerk=clerk)
    (drafts if token is None else drafts.filter(token=token)).delete()
