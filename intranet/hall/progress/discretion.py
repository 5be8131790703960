"""Taking an applicant out of what was written about a case, before its text stands on a public page.

Whoever has number and code may be anybody who found the paper. Reasons and wants are typed by hand, and a name is
soon typed along.
"""

import re
from collections.abc import Iterator

from intranet.hall.models.cases import Case
from intranet.hall.sealing import Unreadable, unseal
from search.demand.masking import in_words, masked
from search.normalisation import fold

TAKEN_OUT = "×××"
_BETWEEN = r"[\s\-‐‑‒–—·.]*"
_NOTHING = re.compile(_BETWEEN)


class Discretion:
    """What of one case's applicant stands on no public page. Load `applicant` with the case."""

    def __init__(self, case: Case) -> None:
        written = {text for each in _of_the_applicant(case) if (text := _NOTHING.sub("", fold(each)))}
        longest_first = sorted(written, key=len, reverse=True)
        parts = (_BETWEEN.join(map(re.escape, text)) for text in longest_first)
        self._pattern = re.compile("|".join(parts)) if written else None

    def without(self, text: str) -> str:
        """The text without the applicant's names, numbers and subject, and without any number of a person.

        Neither width nor case nor spaces hide one. A name that is shortened or paraphrased is not recognised.
        """
        kept = text
        if self._pattern is not None:
            for match in reversed(list(self._pattern.finditer(fold(text)))):
                kept = kept[: match.start()] + TAKEN_OUT + kept[match.end() :]
        return in_words(masked(kept).text)


def _of_the_applicant(case: Case) -> Iterator[str]:
    yield from (case.applicant_name, case.applicant.name, case.subject)
    for sealed in (case.applicant.identifier_sealed, case.applicant.phone_sealed):
        try:
            yield unseal(sealed)
        except Unreadable:
            continue  # what nobody can read, nobody can compare; numbers are taken out by their form
