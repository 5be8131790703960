"""What a regulation's page says of its validity: today's, what stands in its place, and the answer for any day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from intranet.disclosure.models import MatterPage, Validity
from intranet.disclosure.validity.reading import is_regulation
from intranet.disclosure.validity.rule import REPEALS, Facts, Standing, standing_on
from intranet.disclosure.validity.words import Answer, DayForm, answer_on


@dataclass(frozen=True, slots=True)
class Successor:
    """The regulation that stands, or will stand, in the place of a repealed one."""

    matter: MatterPage
    since: date
    lies_ahead: bool


@dataclass(frozen=True, slots=True)
class Life:
    """A regulation's validity for one reader."""

    today: Standing
    successor: Successor | None
    form: DayForm
    answer: Answer | None

    @property
    def has_ended(self) -> bool:
        return self.today.validity in (Validity.REPEALED, Validity.LAPSED)


def life_of(matter: MatterPage, facts: Facts, named: Mapping[int, MatterPage], asked: Mapping[str, str]) -> Life | None:
    """The regulation's validity from these facts; None for any other matter.

    `named` are the related regulations that the reader may read, by primary key; `asked` is the query of the page's
    address, which may ask for a day (`on`).
    """
    if not is_regulation(matter):
        return None
    today = timezone.localdate()
    standing = standing_on(facts, today)
    matter.__dict__["validity_today"] = standing.validity
    form = DayForm(asked if "on" in asked else None)
    answer = answer_on(facts, form.cleaned_data["on"], named) if form.is_valid() else None
    return Life(standing, successor_of(facts, named, today), form, answer)


def successor_of(facts: Facts, named: Mapping[int, MatterPage], today: date) -> Successor | None:
    """What repeals it first, where the reader may read that."""
    repeals = sorted((bearing.since, bearing.by) for bearing in facts.bearings if bearing.kind == REPEALS)
    for since, by in repeals[:1]:
        if by in named:
            return Successor(named[by], since, lies_ahead=since > today)
    return None
