"""Taking every number of a person out of what was typed about a case, whoever's it is and however it was mistyped.

Stricter than what the search keeps of a query: a text of the hall that goes out may be about people who are no party
to the case, and a citizen's number tells the birthday even where its check place does not fit.
"""

import re

from intranet.hall.identifiers import faults_of_credit_code, normalised
from search.demand.masking import IDENTITY, PHONE, Kind, Masked, masked, number_of

_BETWEEN = r"[\s.·‐–—_/,，、-]{0,3}"
_YEAR_OF_BIRTH = "(?:1~9|2~0)~\\d~\\d"
_MONTH_AND_DAY = "(?:0~[1-9]|1~[0-2])~(?:0~[1-9]|[12]~\\d|3~[01])"
_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def without_numbers(text: str) -> Masked:
    """The text without any number that identifies a person: citizens' numbers of both forms even if mistyped,
    documents for travel, phones, cards, and addresses of e-mail.
    """
    return masked(text, besides=KINDS)


def _is_no_organisation(text: str) -> bool:
    """An organisation's code is public, and may have in it what could be a birthday."""
    return bool(faults_of_credit_code(normalised(text)))


def _is_no_amount(text: str) -> bool:
    return not _AMOUNT.fullmatch(text)


KINDS = (
    Kind(
        number_of(rf"\d(?:~\d){{5}}~{_YEAR_OF_BIRTH}~{_MONTH_AND_DAY}~\d~\d~\d~[\dx]", between=_BETWEEN),
        IDENTITY,
        _is_no_organisation,
    ),
    Kind(number_of(rf"\d(?:~\d){{5}}~\d~\d~{_MONTH_AND_DAY}~\d~\d~\d", between=_BETWEEN), IDENTITY),
    Kind(re.compile(r"(?<![a-z\d])(?:[cdeghklmpst]\d{8}|[hm]\d{10}|[ce][a-z]\d{7})(?!\d)"), IDENTITY),
    Kind(number_of(r"(?:(?:\+|00)?8~6~)?1~[3-9](?:~\d){9}", between=_BETWEEN), PHONE, _is_no_amount),
)
"""Citizens' numbers of 18 places (GB 11643-1999) and of 15 (GB 11643-1989), passports and permits to travel to and from
Hong Kong, Macau and Taiwan, mobile phones."""
