"""Whoever brings a matter up and whoever takes it down wait for each other.

Otherwise a version goes live on a verdict that was reached before the matter was withdrawn or called off in another
transaction, or a translation that nobody may read any more because its text of record was narrowed meanwhile.
"""

from typing import TYPE_CHECKING, Any

from wagtail.models import Page

if TYPE_CHECKING:
    from intranet.disclosure.models.matter import MatterPage


def hold(matter: Page) -> "MatterPage":
    """The matter as it is now, held until the transaction ends."""
    from intranet.disclosure.models.matter import MatterPage

    _hold(matter.pk)
    held: MatterPage = MatterPage.objects.get(pk=matter.pk).specific
    return held


def hold_with_its_record(matter: "MatterPage", revision: Any) -> None:
    """Keep the matter as it is until the transaction ends, and what it and the revision translate, which is held first.

    Who takes a text of record down holds it before its translations. The matter at hand is read anew.
    """
    records = {matter.translation_of_id, revision.content.get("translation_of")} - {None, matter.pk}
    for pk in sorted(records):
        _hold(pk)
    _hold(matter.pk)
    matter.refresh_from_db()


def _hold(pk: int) -> None:
    from intranet.disclosure.models.matter import MatterPage

    # What refers to the rows may be written meanwhile: foreign keys are checked at the end of a transaction that may
    # hold another matter, for which this one waits. The common row is first, as for who writes or moves it.
    list(Page.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
    list(MatterPage.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).values_list("pk"))
