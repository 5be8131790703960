"""Numbers of decisions: well formed, and in a department none twice for a kind of item."""

import re

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.disclosure.document_numbers import fault_of_number
from intranet.hall.models.cases import Case
from intranet.hall.models.items import ServiceItem

_SERIAL = re.compile(r"第?(\d+\s*号)$")
_CHINESE_SERIAL = re.compile(r"(?<=第)([〇一二三四五六七八九十百]+)(?=号$)")
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100}


def decision_key(item: ServiceItem, number: str) -> str:
    """What is unique of a decision: the number among those of the item's department and kind, with 第 or without."""
    return f"{item.department_id}-{item.kind}-{_plain(number)}"


def _plain(number: str) -> str:
    in_digits = _CHINESE_SERIAL.sub(lambda found: str(_value(found[1])), number)
    return _SERIAL.sub(r"\1", in_digits)


def _value(numeral: str) -> int:
    """What a Chinese numeral below a thousand says: 十二, 一百二十三, and 二〇 read digit by digit."""
    if not set(numeral) & _PLACES.keys():
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _PLACES:
            total, digit = total + (digit or 1) * _PLACES[character], 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _ways(number: str) -> set[str]:
    """The number as it is written with 第 and without."""
    plain = _plain(number)
    return {plain, _SERIAL.sub(r"第\1", plain)}


def reasons_against_number(case: Case, number: str) -> list[str]:
    """Why the case is not decided on by a document of this number. Load `item` with the case.

    Source of the form: GB/T 9704-2012, as for the document number of a matter.
    """
    if fault := fault_of_number(number):
        return [fault]
    # An item may have come from another department, under which the key of its decisions stays.
    moved = Q(item__department=case.item.department_id, item__kind=case.item.kind, decision_number__in=_ways(number))
    taken = Case.objects.filter(Q(decision_key=decision_key(case.item, number)) | moved).exclude(pk=case.pk)
    if first := taken.first():
        return [
            _("%(number)s is the number of another decision already: case %(case)s.")
            % {
                "number": number,
                "case": first.number,
            }
        ]
    return []
