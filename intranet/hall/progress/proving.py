"""Whether somebody has the paper of a case in hand: its number and its check code, both right."""

import hmac
import logging
import re
import unicodedata
from functools import lru_cache

from intranet.hall.models.cases import CHECK_CODE_LENGTH, Case, new_check_code
from intranet.hall.progress.throttling import begin_try, forgive
from intranet.hall.sealing import Unreadable, seal, unseal

logger = logging.getLogger("gongkai.hall")

_NUMBER = re.compile(r"(\d{4})([A-Z]{3})(\d{1,6})")
_SIGN = re.compile(r"[\W_]+")
NO_CODE = "-" * CHECK_CODE_LENGTH
"""Equals no check code: none has a sign."""


def normalised_number(typed: str) -> str:
    """A case's number as it is kept, however it was typed: `２０２６ lic 123` is `2026-LIC-000123`."""
    plain = normalised_code(typed)
    match = _NUMBER.fullmatch(plain)
    return f"{match[1]}-{match[2]}-{int(match[3]):06d}" if match else plain


def normalised_code(typed: str) -> str:
    """A check code in half width and capitals, without what stands between its characters."""
    return _SIGN.sub("", unicodedata.normalize("NFKC", typed)).upper()


def case_proven(number: str, code: str, *, address: str) -> Case | None:
    """The case whose number and code these are; None where they do not belong together, whichever is wrong.

    An unknown number takes the work that a known one takes, so that the time does not tell which numbers there are.
    Raises `TooManyWrongCodes`.
    """
    number = normalised_number(number)
    made = begin_try(number, address)
    case = Case.objects.filter(number=number).first()
    kept = _opened(case.check_code_sealed if case else _sealed_for_nobody())
    is_right = hmac.compare_digest(kept.encode(), normalised_code(code).encode())
    if case is None or not is_right:
        return None
    forgive(made)
    return case


def _opened(sealed: str) -> str:
    try:
        return unseal(sealed) or NO_CODE
    except Unreadable:
        logger.error("A check code cannot be read: the key that it was encrypted with is not in IDENTIFIER_KEYS.")
        return NO_CODE


@lru_cache(maxsize=1)
def _sealed_for_nobody() -> str:
    return seal(new_check_code())
