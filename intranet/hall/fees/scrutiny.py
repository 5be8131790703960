"""What scrutiny says of fees by what stands outside of their matter: lost audits, other matters, service items."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.disclosure.models import GuidePage, MatterPage
from intranet.disclosure.particulars.fees import code_of, last_day_of
from intranet.hall.fees.item_codes import items_of
from intranet.hall.fees.lost import losses, lost_on, told_of_loss
from intranet.hall.fees.reading import charged_on, of_items, standards
from intranet.hall.guides.fee_words import says_no_fee
from intranet.hall.items_by_guide import items_told_of
from intranet.hall.models import ServiceItem
from intranet.in_force import days_held_twice
from intranet.listed import listed
from intranet.organisation.derivation_words import full
from intranet.publication.scrutiny.fees import KIND, name_of, refusal, rows_not_ended
from intranet.publication.scrutiny.finding import Finding, Weight


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
    rows = [(row, items_of(row)) for row in rows_not_ended(draft, timezone.localdate())]
    named = {code for _row, codes in rows for code in codes}
    known = set(ServiceItem.objects.filter(code__in=named).values_list("code", flat=True)) if named else set()
    for row, codes in rows:
        if unknown := [code for code in dict.fromkeys(codes) if code not in known]:
            words = _("No service item has the code %(codes)s: write the codes as the hall has them, with commas.")
            yield Finding(Weight.ERROR, words % {"codes": listed(unknown)}, KIND, quoted=name_of(row))


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
                words %= {"matter": other.matter.title, "code": other.code, "day": full(day)}
                if words not in told:
                    yield Finding(Weight.ERROR, words, KIND, quoted=name_of(row))
                told.add(words)


def no_fee_beside_fees(draft: MatterPage) -> Iterator[Finding]:
    """A warning where a guide says that nothing is paid, and fees of its service items are charged."""
    if not isinstance(draft, GuidePage) or not says_no_fee(draft.fee_text):
        return
    if fees := of_items([item.code for item in items_told_of(draft)], charged_on()):
        words = _("The guide says that nothing is paid, and its service items have fees: %(fees)s.")
        yield Finding(Weight.WARNING, words % {"fees": listed(fee.item for fee in fees)}, KIND, quoted=draft.fee_text)
