"""Fees: no standard goes live without a valid price audit."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.fees import Fees, reasons_against_audit
from intranet.disclosure.particulars.form import rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.publication.scrutiny.finding import Finding, Weight


def price_audits(draft: MatterPage) -> Iterator[Finding]:
    """An error for each standard, not yet at its end, that has no valid price audit today."""
    filled = stored_form(draft)
    if filled is None or filled.form.code != Fees.code:
        return
    today = timezone.localdate()
    for row in rows_of(filled.value):
        if row.get("effective_until") and row["effective_until"] < today:
            continue
        for reason in reasons_against_audit(row, today):
            yield Finding(
                Weight.ERROR,
                _("A fee may not be disclosed: %(reason)s") % {"reason": reason},
                "fees",
                quoted=str(row.get("item") or row.get("code") or ""),
            )
