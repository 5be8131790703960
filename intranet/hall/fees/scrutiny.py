"""What scrutiny says of fees by what stands outside of their matter: lost audits, other matters, service items."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.disclosure.models import GuidePage, MatterPage
from intranet.disclosure.particulars.fees import code_of, last_day_of
from intranet.disclosure.particulars.form import Row
from intranet.hall.fees.item_codes import codes_in
from intranet.hall.fees.lost import losses, lost_on, told_of_loss
from intranet.hall.fees.reading import charged_on, of_items, standards
from intranet.hall.guides.fee_words import says_no_fee
from intranet.hall.models import ServiceItem
from intranet.in_force import days_held_twice
from intranet.listed import listed
from intranet.organisation.derivation_words import full
from intranet.publication.scrutiny.fees import refusal, rows_not_ended
from intranet.publication.scrutiny.finding import Finding, Weight

KIND = "fees"


def lost_audits(draft: MatterPage) -> Iterator[Finding]:
    """An error for each standard, not yet at its end, whose price audit holds no more today."""
    today = timezone.localdate()
    rows = rows_not_ended(draft, today)
    found = losses() if rows else {}
    for row in rows:
        day = lost_on(row, found)
        if day is not None and day <= today:
            yield refusal(row, told_of_loss(day))


def unknown_items(draft: MatterPage) -> Iterator[Finding]:
    """An error for each standard that names a service item which there is not: its guide would say nothing of it."""
    rows = [(row, codes_in(str(row.get("service_items") or ""))) for row in rows_not_ended(draft, timezone.localdate())]
    named = {code for _row, codes in rows for code in codes}
    known = set(ServiceItem.objects.filter(code__in=named).values_list("code", flat=True)) if named else set()
    for row, codes in rows:
        if unknown := [code for code in dict.fromkeys(codes) if code not in known]:
            words = _("No service item has the code %(codes)s: write the codes as the hall has them, with commas.")
            yield Finding(Weight.ERROR, words % {"codes": listed(unknown)}, KIND, quoted=_named(row))


def charged_elsewhere(draft: MatterPage) -> Iterator[Finding]:
    """An error for each fee of which another disclosed matter has a standard on one and the same day."""
    today = timezone.localdate()
    rows = [row for row in rows_not_ended(draft, today) if code_of(row) and row.get("effective_from")]
    if not rows or draft.translation_of_id is not None:
        return
    others = [one for one in standards(codes={code_of(row) for row in rows}) if one.matter.pk != draft.pk]
    told: set[str] = set()
    for row in rows:
        for other in others:
            if other.code != code_of(row) or other.effective_from is None:
                continue
            spans = ((row["effective_from"], last_day_of(row)), (other.effective_from, other.last_day))
            for day in days_held_twice(spans):
                if other.effective_from > row["effective_from"]:
                    words = _("“%(matter)s” has the standard of fee %(code)s from %(day)s on: end this one before it.")
                else:
                    words = _(
                        "“%(matter)s” has a standard of fee %(code)s on %(day)s, too: end it there on the day before."
                    )
                said = {"matter": other.matter.title, "code": other.code, "day": full(day)}
                if words % said not in told:
                    yield Finding(Weight.ERROR, words % said, KIND, quoted=_named(row))
                told.add(words % said)


def no_fee_beside_fees(draft: MatterPage) -> Iterator[Finding]:
    """A warning where a guide says that nothing is paid, and fees of its service items are charged."""
    if not isinstance(draft, GuidePage) or not says_no_fee(draft.fee_text):
        return
    items = ServiceItem.objects.filter(guide=draft.translation_of_id or draft.pk).values_list("code", flat=True)
    if fees := of_items(items, charged_on()):
        words = _("The guide says that nothing is paid, and its service items have fees: %(fees)s.")
        yield Finding(Weight.WARNING, words % {"fees": listed(fee.item for fee in fees)}, KIND, quoted=draft.fee_text)


def _named(row: Row) -> str:
    return str(row.get("item") or row.get("code") or "")
