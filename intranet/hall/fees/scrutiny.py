"""No standard goes live on a price audit that was lost, in whichever matter that was written down."""

from collections.abc import Iterator

from django.utils import timezone

from intranet.disclosure.models import MatterPage
from intranet.hall.fees.lost import losses, lost_on, told_of_loss
from intranet.publication.scrutiny.fees import refusal, rows_not_ended
from intranet.publication.scrutiny.finding import Finding


def lost_audits(draft: MatterPage) -> Iterator[Finding]:
    """An error for each standard, not yet at its end, whose price audit holds no more today."""
    today = timezone.localdate()
    rows = rows_not_ended(draft, today)
    found = losses() if rows else {}
    for row in rows:
        day = lost_on(row, found)
        if day is not None and day <= today:
            yield refusal(row, told_of_loss(day))
