"""The readers of many matters at once: the same rule as `MatterPage.reader_tokens`, its facts fetched for all."""

from collections.abc import Collection
from functools import partial

from intranet.access.sharing import share_tokens_of_each
from intranet.disclosure.models import CategoryTerms, MatterPage


def reader_tokens_of_each(matters: Collection[MatterPage]) -> dict[int, frozenset[str]]:
    """The reader tokens of each matter by its primary key, in two queries whatever their number.

    `category` and `department` of the matters should be loaded already.
    """
    disclosed = [matter for matter in matters if matter.is_disclosed]
    ceilings = CategoryTerms.objects.ceilings_today()
    shares = share_tokens_of_each(MatterPage, [matter.pk for matter in disclosed])
    readers = {
        matter.pk: matter.tokens_below(ceilings.get(matter.category_id), shares=partial(shares.__getitem__, matter.pk))
        for matter in disclosed
    }
    return {matter.pk: readers.get(matter.pk, frozenset()) for matter in matters}
