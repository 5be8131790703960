"""What the hall adds to a service guide's page: what it costs, how long it takes, what was decided."""

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import GuidePage, MatterPage
from intranet.disclosure.page_parts import PagePart
from intranet.hall.fees.reading import charged_for, complaint_phone
from intranet.hall.models import ServiceItem
from intranet.hall.results.recent import recent_results
from intranet.hall.time_taken import time_taken

TEMPLATE = "hall/guide_part.html"


def guide_part(matter: MatterPage, user: AnyUser) -> PagePart | None:
    """Of the guide's service items: the fees, which are the records themselves and not what the guide says of them; the
    time that decisions took; the newest results that the reader may read.

    A guide without a service item tells of its fees in its own words.
    """
    if not isinstance(matter, GuidePage):
        return None
    # A translation tells of the same item as its text of record.
    items = ServiceItem.objects.filter(guide__in=[matter.pk, matter.translation_of_id])
    found = list(items)
    if not found:
        return None
    fees = charged_for(item.code for item in found)
    context = {
        "fees": fees,
        "complaint_phone": complaint_phone() if fees else "",
        "time": time_taken(found),
        "results": recent_results(found, user),
        # Words about who pays are the guide's; a number in them would be a second record.
        "said": "" if any(map(str.isdigit, matter.fee_text)) else matter.fee_text,
    }
    return PagePart(TEMPLATE, context, frozenset({"fee_text"}))
