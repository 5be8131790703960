"""How document numbers are written. Source: GB/T 9704-2012, 7.2.5."""

import re

from django.utils.translation import gettext as _

_WELL_FORMED = (
    re.compile(r"[\u3400-\u9fff]+〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号"),
    re.compile(r"[\u3400-\u9fff]*令(?:〔(?:19|20)[0-9]{2}〕)?第?(?:[1-9][0-9]*|[〇一二三四五六七八九十百]+)号"),
    re.compile(r"[\u3400-\u9fff]*(?:公告|通告)(?:(?:19|20)[0-9]{2}年)?第(?:[1-9][0-9]*|[〇一二三四五六七八九十百]+)号"),
)
"""A letter of an organ (甘安监〔2007〕138号), an order (国务院令第397号), an announcement (公告2024年第1号):
the year in full in hexagonal brackets, the number without leading zeros, no 第."""
_LIKE_ONE = re.compile(
    r"([\u3400-\u9fff]+)\s*[\[(（〔【［]\s*((?:19|20)\d{2})\s*年?\s*[\])）〕】］]\s*第?\s*0*(\d+)\s*号?"
)


def fault_of_number(number: str) -> str:
    """What is wrong with how the number is written, with the right form where it can be told; empty where nothing is.

    No number at all is none that is wrong.
    """
    if not number or any(form.fullmatch(number) for form in _WELL_FORMED):
        return ""
    if match := _LIKE_ONE.fullmatch(number):
        right = f"{match[1]}〔{match[2]}〕{match[3]}号"
        return _("The document number is not in the standard form, which is %(right)s.") % {"right": right}
    return _("The document number is not in the standard form, as in 甘安监〔2007〕138号 or 国务院令第397号.")
