"""Fees: no standard goes live without a valid price audit."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.fees import Fees, reasons_against_audit
from intranet.disclosure.particulars.form import Row, rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.publication.scrutiny.finding import Finding, Weight

KIND = "fees"


def price_audits(draft: MatterPage) -> Iterator[Finding]:
    """An error for each standard, not yet at its end, that has no valid price audit today."""
    today = timezone.localdate()
    for row in rows_not_ended(draft, today):
        for reason in reasons_against_audit(row, today):
            yield refusal(row, reason)


def rows_not_ended(draft: MatterPage, day: date) -> list[Row]:
    """The standards in the draft's form that are charged on the day or after it; what has ended is history."""
    filled = stored_form(draft)
    if filled is None or filled.form.code != Fees.code:
        return []
    return [row for row in rows_of(filled.value) if not row.get("effective_until") or row["effective_until"] >= day]


def name_of(row: Row) -> str:
    """What a finding calls the standard."""
    return str(row.get("item") or row.get("code") or "")


def refusal(row: Row, reason: str) -> Finding:
    """The error that such a standard is."""
    words = _("A fee may not be disclosed: %(reason)s") % {"reason": reason}
    return Finding(Weight.ERROR, words, KIND, quoted=name_of(row))
