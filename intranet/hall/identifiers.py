"""What identifies an applicant: a citizen's number, or an organisation's unified social credit code.

Whatever the clerk types, width, case and spaces are made one before anything is checked or compared.
"""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from search.demand.masking import is_identity_number

CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Without I, O, S, V and Z, which are mistaken for others. Source: GB 32100-2015, table 3."""
_CREDIT_CODE = re.compile(rf"[{CREDIT_CODE_CHARACTERS}]{{2}}\d{{6}}[{CREDIT_CODE_CHARACTERS}]{{10}}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_BETWEEN = re.compile(r"[\s\-‐‑‒–—·.]+")
FIRST_YEAR = 1900
HIDDEN = "*"
SHOWN_AT_EACH_END = 4
FEWEST_DIGITS_OF_A_PHONE = 7
"""As many as a subscriber's number has without its district."""


def normalised(identifier: str) -> str:
    """The identifier in half width and capitals, without spaces, hyphens and dots."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", identifier)).upper()


def faults_of_credit_code(code: str) -> list[str]:
    """Every reason why a normalised text is no unified social credit code, in words for who typed it.

    Source: GB 32100-2015: 18 characters, the last of which follows from the others by weights 3^n modulo 31.
    """
    if len(code) != 18:
        return [_("A unified social credit code has 18 characters; this has %(count)d.") % {"count": len(code)}]
    if not _CREDIT_CODE.fullmatch(code):
        return [_("A unified social credit code has digits and capitals other than I, O, S, V and Z.")]
    if check_character(code[:17]) != code[17]:
        return [_("This is no unified social credit code: its last character does not fit the others.")]
    return []


def check_character(first: str) -> str:
    """The eighteenth character of a credit code by its first seventeen. Source: GB 32100-2015, 5.2."""
    total = sum(CREDIT_CODE_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(first))
    return CREDIT_CODE_CHARACTERS[-total % 31]


def faults_of_id_number(number: str, *, today: date) -> list[str]:
    """Every reason why a normalised text is no citizen's number, in words for who typed it.

    Source: GB 11643-1999: six places for the district, eight for the birthday, three in order, one to check.
    """
    if len(number) != 18:
        return [_("A citizen's number has 18 places; this has %(count)d.") % {"count": len(number)}]
    if not _ID_NUMBER.fullmatch(number):
        return [_("A citizen's number has 17 digits, then a digit or X.")]
    born = birthday(number)
    if born is None or born.year < FIRST_YEAR:
        return [_("The birthday in this citizen's number, its places 7 to 14, is no day.")]
    if born > today:
        return [_("The birthday in this citizen's number lies in the future.")]
    if not is_identity_number(number):
        return [_("This is no citizen's number: its last place does not fit the others.")]
    return []


def birthday(number: str) -> date | None:
    """The day in places 7 to 14 of a citizen's number; None where they are no day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_phone(text: str) -> bool:
    """Whether somebody may be reached by it: it has as many digits as a telephone's number, whatever stands between."""
    return sum(character.isdecimal() for character in text) >= FEWEST_DIGITS_OF_A_PHONE


def masked_identifier(identifier: str) -> str:
    """Its first and last four places, `6201**********1234`; nothing at all of one too short to hide anything."""
    hidden = len(identifier) - 2 * SHOWN_AT_EACH_END
    if hidden < SHOWN_AT_EACH_END:
        return HIDDEN * len(identifier)
    return identifier[:SHOWN_AT_EACH_END] + HIDDEN * hidden + identifier[-SHOWN_AT_EACH_END:]


def masked_name(name: str) -> str:
    """A natural person's first character, `李*`, however long the name is."""
    return f"{name.strip()[:1]}{HIDDEN}"


def masked_phone(phone: str) -> str:
    """Its last two places alone."""
    return HIDDEN * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > 4 else HIDDEN * len(phone)
