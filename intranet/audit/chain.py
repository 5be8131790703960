"""The chain: each entry's seal is made of the one before it, so that none can be changed, taken out or put between.

Whoever may write to the database can make the whole chain anew. So its head is worth keeping elsewhere: `manage.py
audit verify` prints it, and `--head` compares with one that was kept.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC

from django.db import models, transaction

from intranet.audit.models import AuditEntry, ChainHead

logger = logging.getLogger("gongkai.audit")

BEGINNING = "0" * 64
"""What stands before the first seal."""
AT_ONCE = 500
TOLD = 20
"""Broken places that are told by number."""
SEALED = ("at", "action", "person", "person_name", "subject_type", "subject", "subject_name", "facts")


def seal_of(before: str, position: int, entry: AuditEntry) -> str:
    """The seal of the entry at this position after that seal."""
    said = {name: getattr(entry, name) for name in SEALED}
    said["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    written = json.dumps([before, position, said], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def seal_pending() -> int:
    """Put what is committed and not yet in the chain into it; how many that were.

    Runs after each transaction that appended something. One at a time: the head is locked meanwhile, and only here,
    so that no other transaction ever waits for it.
    """
    sealed = 0
    while AuditEntry.objects.unsealed().exists():
        sealed += _seal_some()
    return sealed


@transaction.atomic
def _seal_some() -> int:
    ChainHead.objects.get_or_create(pk=1, defaults={"seal": BEGINNING})
    head = ChainHead.objects.select_for_update().get(pk=1)
    entries = list(AuditEntry.objects.unsealed()[:AT_ONCE])
    for entry in entries:
        entry.position, entry.seal = head.position + 1, seal_of(head.seal, head.position + 1, entry)
        head.position, head.seal = entry.position, entry.seal
    models.QuerySet(AuditEntry).bulk_update(entries, ["position", "seal"])
    head.save()
    return len(entries)


def seal_after_commit() -> None:
    """Seal once the transaction is committed. A failure is logged and made up for by the next one."""
    transaction.on_commit(seal_pending, robust=True)


@dataclass(slots=True)
class Verification:
    """What was found in the chain; it is whole where `broken` is empty and nothing is missing at its end."""

    position: int = 0
    seal: str = BEGINNING
    broken: list[int] = field(default_factory=list)
    """Positions whose seal does not follow from what is there, or at which an entry is missing; the first ones."""
    is_short: bool = False
    """The chain ends before the place where it is known to end."""
    has_head: bool | None = None
    """Whether the head that was kept elsewhere is in the chain; None where none was given."""
    unsealed: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.broken and not self.is_short and self.has_head is not False


def verify(*, head: str = "", progress: Callable[[int], object] = lambda done: None) -> Verification:
    """Compute every seal anew from the first entry on. `head` is a seal that was printed at an earlier time."""
    found = Verification(has_head=False if head else None)
    known = ChainHead.objects.filter(pk=1).first()
    for position, entry in _entries():
        while position > found.position + 1:
            found.position += 1
            _note(found, found.position)
        if entry.seal != seal_of(found.seal, position, entry):
            _note(found, position)
        found.position, found.seal = position, entry.seal
        if head and entry.seal == head:
            found.has_head = True
        progress(1)
    for before_the_first in AuditEntry.objects.filter(position__lt=1).values_list("position", flat=True)[:TOLD]:
        _note(found, before_the_first)
    found.is_short = known is not None and (known.position, known.seal) != (found.position, found.seal)
    found.unsealed = AuditEntry.objects.unsealed().count()
    return found


def _entries() -> Iterator[tuple[int, AuditEntry]]:
    """All entries of the chain with their positions, some at a time: an open cursor would keep SQLite from writing."""
    after = 0
    while some := list(AuditEntry.objects.sealed().filter(position__gt=after)[:AT_ONCE]):
        for entry in some:
            after = entry.position or 0
            yield after, entry


def _note(found: Verification, position: int) -> None:
    if len(found.broken) < TOLD:
        found.broken.append(position)
