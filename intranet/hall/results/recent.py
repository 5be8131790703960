"""The newest results of some service items."""

from collections.abc import Sequence

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage
from intranet.hall.models.items import ServiceItem
from intranet.hall.models.results import ResultProposal

SHOWN = 5


def recent_results(items: Sequence[ServiceItem], user: AnyUser) -> list[MatterPage]:
    """The live results that came from cases of these items and that the user may read, the newest first."""
    proposed = ResultProposal.objects.filter(case__item__in=items).exclude(matter=None)
    readable = MatterPage.objects.readable_by(user).filter(pk__in=proposed.values("matter")).defer("body")
    return list(readable.select_related("department", "category").newest_first()[:SHOWN])
