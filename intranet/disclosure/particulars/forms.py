"""Which forms there are, which of them a matter is asked for, and what it has filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from wagtail import blocks

from intranet.disclosure.particulars.accountability import Accountability
from intranet.disclosure.particulars.accounts import Accounts
from intranet.disclosure.particulars.acts import Acts
from intranet.disclosure.particulars.form import Fault, Form, Row, rows_of
from intranet.disclosure.particulars.funds import Funds
from intranet.disclosure.particulars.goals import Goals
from intranet.disclosure.particulars.rewards import Rewards
from intranet.disclosure.particulars.selection import Selection
from intranet.disclosure.particulars.vehicles import Vehicles
from intranet.disclosure.pasted_blocks import PastedInto

FORMS: dict[str, Form] = {
    form.code: form
    for form in (
        Goals(),
        Funds(),
        Acts(),
        Accountability(),
        Selection(),
        Rewards(),
        Accounts(),
        Vehicles(),
    )
}
"""In the order of the catalogue, by code."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form and what stands in it."""

    form: Form
    value: Row

    def faults(self) -> Iterator[Fault]:
        return self.form.faults(self.value)

    def texts(self) -> Iterator[str]:
        return self.form.texts(self.value)

    def __bool__(self) -> bool:
        """Whether anything stands in it: a form that was only opened says nothing to anybody."""
        above = (*self.form.head, *(stated.column for stated in self.form.stated))
        return any(column.value_in(self.value) is not None for column in above) or any(
            column.value_in(row) is not None for row in rows_of(self.value) for column in self.form.asked
        )


def stream_of(forms: tuple[Form, ...]) -> blocks.StreamBlock:
    """The stored shape: one of these forms, or none."""
    return PastedInto([(form.code, form.block) for form in forms], required=False, max_num=1)


def all_forms() -> blocks.StreamBlock:
    return stream_of(tuple(FORMS.values()))


@lru_cache
def _offered(codes: tuple[str, ...]) -> blocks.StreamBlock:
    return stream_of(tuple(FORMS[code] for code in codes))


def form_asked_of(matter: Any) -> Form | None:
    """The form that the matter's category asks for; None where it asks for none, or the type has fields for it."""
    category = matter.category.code if matter.category_id else ""
    return next((form for form in FORMS.values() if form.is_asked_of(category, matter.type_code)), None)


def offered_to(matter: Any) -> blocks.StreamBlock | None:
    """What the matter's editor offers: the form its category asks for, and one that it has from another category.

    None where there is nothing to fill in.
    """
    asked = form_asked_of(matter)
    codes = [asked.code] if asked else []
    codes += [stored["type"] for stored in matter.particulars.raw_data if stored["type"] not in codes]
    return _offered(tuple(codes)) if codes else None


def stored_form(matter: Any) -> Filled | None:
    """The form that was filled in for this version of the matter; none where it was opened and left empty."""
    for block in matter.particulars:
        return Filled(FORMS[block.block_type], block.value) or None
    return None


def filled_in(matter: Any) -> list[Filled]:
    """Every form that the matter has filled in: the stored one, and what fields and rows of its type say of one."""
    stored = stored_form(matter)
    own = ((form, form.own_value(matter)) for form in FORMS.values() if stored is None or stored.form is not form)
    return [*([stored] if stored else []), *(Filled(form, value) for form, value in own if value is not None)]
