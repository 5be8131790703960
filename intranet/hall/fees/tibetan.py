"""What the board says in Tibetan beside its first language: the words of a fee's translation, never its numbers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from intranet.access.tokens import PUBLIC
from intranet.disclosure.models import MatterPage
from intranet.disclosure.models.choices import Language
from intranet.disclosure.particulars.form import Row, rows_of
from intranet.disclosure.particulars.forms import stored_form
from intranet.hall.fees.reading import Standard
from intranet.hall.manual.words import TIBETAN

FRAME = {
    "fee": TIBETAN["fees"],
    "standard": "ཚད་གཞི། (སྒོར།)",
    "unit": "རྩིས་བརྒྱབ་པའི་ཚན་པ།",
    "basis": "གཞི་འཛིན།",
    "price_audit": "རིན་གོང་ཞིབ་བཤེར།",
    "supervision": "ལྟ་སྐུལ།",
    "nothing_else": "དཀར་ཆག་འདིའི་ཕྱི་རོལ་གྱི་གླ་ཡོན་གང་ཡང་བསྡུ་མི་ཆོག",
    "complaints": TIBETAN["price_complaints"],
}
"""The words of the board itself, by name."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What a live translation of a fee's matter says."""

    charging_unit: str
    row: Row


Standing = tuple[int, str, date | None]
"""The matter's primary key, the fee's code, and from when its standard is charged."""


def standing_of(fee: Standard) -> Standing:
    """By what its translation is found."""
    return fee.matter.pk, fee.code, fee.effective_from


def translated(fees: Collection[Standard]) -> dict[Standing, Translated]:
    """What the public reads of the fees in Tibetan, of those that are translated; one query."""
    matters = MatterPage.objects.readable_with(frozenset({PUBLIC}))
    found = {}
    for matter in matters.filter(translation_of__in={fee.matter.pk for fee in fees}, language=Language.BO):
        filled = stored_form(matter)
        for row in rows_of(filled.value) if filled else []:
            unit = str(filled.value.get("charging_unit") or "") if filled else ""
            key = matter.translation_of_id or 0, str(row.get("code") or "").strip(), row.get("effective_from")
            found[key] = Translated(unit, row)
    return found
