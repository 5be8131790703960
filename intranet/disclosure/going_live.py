"""The one gate to live. Nothing of ours or of Wagtail's makes a matter live but through it.

What may pass is decided above, in `intranet.publication`, which installs its check here; while none is
installed nothing passes. Wagtail's buttons, bulk actions, schedule, API and commands all end in
`MatterPage.publish` or `MatterPage.save`, and both ask here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.models import Page

from intranet.disclosure.holding_matters import hold_with_its_record
from intranet.disclosure.holding_terms import hold_terms
from intranet.refusals import Refused

if TYPE_CHECKING:
    from intranet.disclosure.models.matter import MatterPage


class PublicationRefused(Refused):
    """The matter may not go live; `reasons` say why, in words for the person who tried."""


Gate = Callable[["MatterPage", Any, Any], list[str]]
_gates: list[Gate] = []
_passing: ContextVar[int | None] = ContextVar("matter_passing_the_gate", default=None)


def install_gate(gate: Gate) -> None:
    """Let `gate(matter, revision, user)` decide: it returns the reasons against, none to let it pass."""
    if gate not in _gates:
        _gates.append(gate)


@contextmanager
def passage(matter: "MatterPage", revision: Any, user: Any) -> Iterator[None]:
    """Let this matter become live inside the block. Raises `PublicationRefused` with every reason against."""
    if not _gates:
        raise PublicationRefused([_("No check of approvals is installed, so nothing can be published.")])
    hold_terms(matter.category_id)
    hold_with_its_record(matter, revision)
    reasons = [reason for gate in _gates for reason in gate(matter, revision, user)]
    if reasons:
        raise PublicationRefused(reasons)
    token = _passing.set(matter.pk)
    try:
        yield
    finally:
        _passing.reset(token)


def require_passage(matter: Page) -> None:
    """Raise `PublicationRefused` unless the matter is passing the gate now."""
    if matter.pk is None or _passing.get() != matter.pk:
        raise PublicationRefused(
            [_("A matter goes live through review and approval only; save it as a draft and submit it.")]
        )


def brings_up(page: Page, update_fields: Iterable[str] | None) -> bool:
    """Whether saving these fields of the page, None for all, makes it live or another version of it."""
    if not page.live or (update_fields is not None and {"live", "live_revision"}.isdisjoint(update_fields)):
        return False
    return not Page.objects.filter(pk=page.pk, live=True, live_revision=page.live_revision_id).exists()


def is_scheduled(revision: Any) -> bool:
    """Whether publishing the revision now only sets its moment, because that lies ahead."""
    go_live_at = revision.content.get("go_live_at")
    moment = parse_datetime(go_live_at) if go_live_at else None
    return moment is not None and moment > timezone.now()
