"""What a result says of an applicant: a natural person as 李*, no number that identifies anybody. The one rule for it.

Source: Regulations on Open Government Information (2019), article 15: personal privacy; DOMAIN of the hall: results of
cases are disclosed masked. An organisation's name is public.
"""

from collections.abc import Iterator

from intranet.hall.concealing import Concealment
from intranet.hall.identifiers import masked_identifier, masked_name, masked_phone
from intranet.hall.models.applicants import Applicant
from intranet.hall.models.cases import Case
from intranet.hall.numbers_of_people import without_numbers
from search.demand.masking import IN_WORDS

NUMBER_TAKEN_OUT = "***"
"""In the place of a number of somebody else's; a result is in Chinese, whoever proposes it."""


class Masking:
    """The rule for one case. Load `applicant` with it."""

    def __init__(self, case: Case) -> None:
        self.party = case.shown_applicant
        """The applicant as a result names them."""
        self._concealment = Concealment(dict(_replacements(case)))

    def of(self, text: str) -> str:
        """A text that was typed about the case, as a result may say it.

        The applicant's name, identifier and phone are masked however they are written, and any other number that
        identifies somebody goes. Another person's name in it is not recognised: who drafts and reviews looks for it.
        """
        return self._without(text)

    def of_relief(self, text: str) -> str:
        """The same of where to turn to, whose telephones stay."""
        return self._without(text, landlines=False)

    def _without(self, text: str, *, landlines: bool = True) -> str:
        found = without_numbers(self._concealment.of(text), landlines=landlines)
        return _without_marks(found.text) if found.is_masked else found.text


def _replacements(case: Case) -> Iterator[tuple[str, str]]:
    numbers = case.applicant.numbers()
    if case.applicant.kind == Applicant.Kind.PERSON:
        for name in (case.applicant_name, case.applicant.name):
            yield name, masked_name(name)
        if identifier := numbers.get("identifier"):
            yield identifier, masked_identifier(identifier)
    if phone := numbers.get("phone"):
        yield phone, masked_phone(phone)


def _without_marks(text: str) -> str:
    for mark in IN_WORDS:
        text = text.replace(mark, NUMBER_TAKEN_OUT)
    return text
