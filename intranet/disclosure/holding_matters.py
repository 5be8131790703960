"""Whoever brings a matter up and whoever takes it down wait for each other.

Otherwise a version goes live on a verdict that was reached before the matter was withdrawn or called off in another
transaction, or a translation that nobody may read any more because its text of record was narrowed meanwhile.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intranet.disclosure.models.matter import MatterPage


def hold(matter: "MatterPage") -> "MatterPage":
    """The matter as it is now, held until the transaction ends."""
    from intranet.disclosure.models.matter import MatterPage

    _hold(matter.pk)
    held: MatterPage = MatterPage.objects.get(pk=matter.pk).specific
    return held


def hold_with_its_record(matter: "MatterPage") -> None:
    """Keep the matter as it is until the transaction ends, and what it translates, which is held first.

    Who takes a text of record down holds it before its translations. The matter at hand is read anew.
    """
    if matter.translation_of_id:
        _hold(matter.translation_of_id)
    _hold(matter.pk)
    matter.refresh_from_db()


def _hold(pk: int) -> None:
    from intranet.disclosure.models.matter import MatterPage

    # What refers to the row may be written meanwhile: foreign keys are checked at the end of a transaction that may
    # hold another matter, for which this one waits.
    list(MatterPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).values_list("pk"))
