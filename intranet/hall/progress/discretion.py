"""Taking an applicant out of what was written about a case, before its text stands on a public page.

Whoever has number and code may be anybody who found the paper. Reasons and wants are typed by hand, and a name is
soon typed along.
"""

from collections.abc import Iterator

from intranet.hall.concealing import Concealment
from intranet.hall.models.cases import Case
from intranet.hall.numbers_of_people import without_numbers
from search.demand.masking import in_words

TAKEN_OUT = "×××"


class Discretion:
    """What of one case's applicant stands on no public page. Load `applicant` with the case."""

    def __init__(self, case: Case) -> None:
        self._concealment = Concealment(dict.fromkeys(_of_the_applicant(case), TAKEN_OUT))

    def without(self, text: str) -> str:
        """The text without the applicant's names, numbers and subject, and without any number of a person.

        What is not recognised: see `Concealment`.
        """
        return self._without(text)

    def of_relief(self, text: str) -> str:
        """The same of where to turn to, whose telephones stay."""
        return self._without(text, landlines=False)

    def _without(self, text: str, *, landlines: bool = True) -> str:
        return in_words(without_numbers(self._concealment.of(text), landlines=landlines).text)


def _of_the_applicant(case: Case) -> Iterator[str]:
    yield from (case.applicant_name, case.applicant.name, case.subject)
    yield from case.applicant.numbers().values()
