"""Taking every number of a person out of what was typed about a case, whoever's it is and however it was mistyped.

Not what the search takes out of a query: a text of the hall that goes out may be about people who are no party to the
case, and a citizen's number tells the birthday even where its check place does not fit; but amounts, measures and lists
of numbers are what it is about, and seven digits alone are no telephone's there.
"""

import re

from intranet.hall.identifiers import faults_of_credit_code, normalised
from search.demand.masking import (
    CARD,
    EMAIL_ADDRESS,
    IDENTITY,
    LANDLINE,
    PHONE,
    Kind,
    Masked,
    is_bank_card,
    masked,
    number_of,
)

_ANYTHING = r"(?:[^\w、]|_){0,3}"
"""What may stand in the midst of a number: the enumeration comma stands between several."""
_BLANK = r"[\s‐–—_-]{0,2}"
_MONTH_AND_DAY = "(?:0~[1-9]|1~[0-2])~(?:0~[1-9]|[12]~\\d|3~[01])"
_PAPERS = "|".join(f"(?<={word})" for word in ("护照", "通行证", "居留证", "居住证", "身份证"))
_TELEPHONES = "|".join(f"(?<={word})" for word in ("电话", "手机", "座机", "联系", "致电", "传真", "tel", "phone"))
_NUMBER_IS = r"(?:号码|号|为|是|[:：.\s]){0,3}"


def without_numbers(text: str, *, landlines: bool = True) -> Masked:
    """The text without any number that identifies a person: citizens' numbers of both forms even if mistyped,
    documents for travel and residence, phones, cards, and addresses of e-mail.

    Without `landlines` telephones with the code of a district stay: where the text names whom to turn to.
    """
    return masked(text, kinds=(*KINDS, LANDLINE, SHORT_PHONE) if landlines else KINDS)


def _is_no_organisation(text: str) -> bool:
    """An organisation's code is public, and may have in it what could be a birthday."""
    return bool(faults_of_credit_code(normalised(text)))


KINDS = (
    EMAIL_ADDRESS,
    Kind(
        number_of(rf"\d(?:~\d){{5}}~(?:1~9|2~0)~\d~\d~{_MONTH_AND_DAY}~\d~\d~\d~[\dx]", between=_ANYTHING),
        IDENTITY,
        _is_no_organisation,
    ),
    Kind(number_of(rf"\d(?:~\d){{5}}~[3-9]~\d~{_MONTH_AND_DAY}~\d~\d~\d", between=r"[\s-]?"), IDENTITY),
    Kind(re.compile(rf"(?:{_PAPERS}){_NUMBER_IS}[a-z]{{1,3}}[\s-]?\d{{7,12}}(?!\d)"), IDENTITY),
    Kind(re.compile(r"(?<![a-z\d])(?:[eghm]\d{8}|[hm]\d{10}|e[a-z]\d{7}|[a-z]{3}\d{12})(?!\d)"), IDENTITY),
    Kind(number_of(r"\d{4}~\d{4}~\d{4}~\d{1,4}~\d{0,3}", between=r"[\s-]?"), CARD, is_bank_card),
    Kind(number_of(rf"(?:(?:\+|00)?86{_BLANK})?1~[3-9](?:~\d){{9}}", between=_BLANK), PHONE),
    Kind(number_of(r"1[3-9]\d~\d{4}~\d{4}", between=_ANYTHING), PHONE),
)
"""Citizens' numbers of 18 places (GB 11643-1999) and of 15 (GB 11643-1989, until 1999), passports and permits to travel
to and from Hong Kong, Macau and Taiwan, permanent residents' papers, bank cards, mobile phones."""
SHORT_PHONE = Kind(re.compile(rf"(?:{_TELEPHONES}){_NUMBER_IS}[2-8]\d{{2,3}}[\s-]?\d{{4}}(?!\d)"), PHONE)
"""A subscriber's number without its district, which only the word before it tells from a measure."""
