"""What the hall adds to a service guide's page: what it costs, how long it takes, what was decided."""

from collections.abc import Sequence
from typing import Any

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import GuidePage, MatterPage
from intranet.disclosure.page_parts import PagePart
from intranet.hall.fees.reading import Standard, charged_on, complaint_phone, of_items
from intranet.hall.guides.beside_materials import beside_materials
from intranet.hall.guides.fee_words import without_no_fee
from intranet.hall.items_by_guide import items_told_of
from intranet.hall.results.recent import recent_results
from intranet.hall.time_taken import time_taken

TEMPLATE = "hall/guide_part.html"


def guide_part(matter: MatterPage, user: AnyUser) -> PagePart | None:
    """Of the guide's service items: the fees, which are the records themselves and not what the guide says of them; the
    time that decisions took; the newest results that the reader may read; what the items add to its materials.

    A guide without a service item tells of its fees in its own words.
    """
    if not isinstance(matter, GuidePage):
        return None
    found = list(items_told_of(matter))
    if not found:
        return None
    context = told_of_fees(matter, of_items([item.code for item in found], charged_on())) | {
        "time": time_taken(found),
        "results": recent_results(found, user),
    }
    context["complaint_phone"] = complaint_phone() if context["fees"] else ""
    return PagePart(TEMPLATE, context, frozenset({"fee_text"}), beside_materials(matter, user))


def told_of_fees(guide: GuidePage, fees: Sequence[Standard]) -> dict[str, Any]:
    """What is said of the cost of a guide whose service items have these fees.

    Words about who pays are the guide's; a number in them would be a second record, and “no fee” beside a fee is false.
    """
    said = without_no_fee(guide.fee_text) if fees else guide.fee_text
    return {"fees": fees, "said": "" if any(map(str.isdigit, said)) else said}
