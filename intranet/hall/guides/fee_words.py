"""Words of a guide on what is paid."""

import re

_NO_FEE = re.compile(
    r"(?:办理)?(?:本|该)?(?:事项|机关|窗口|业务)?"
    r"(?:免费|免费办理|免收费用|不收费|不收费用|不收任何费用|不收取费用|不收取任何费用|不需缴费|无需缴费|零收费|无收费|无)"
    r"|(?:there is |we charge )?(?:no (?:fee|charge)s?(?: (?:is|are) charged)?|nothing(?: is paid)?|none)"
    r"|free(?: of charge)?"
    r"|(?:གླ་ཡོན|རིན)་?(?:མེད|མི་དགོས|མི་ལེན)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"([^。．.，,；;！!།\r\n]*)[。．.，,；;！!།\s་]*")
"""The first clause, with what ends it."""


def says_no_fee(fee_text: str) -> bool:
    """Whether the text begins with saying that nothing is paid; words on who pays nothing are not meant."""
    return _NO_FEE.fullmatch(_first_clause(fee_text)[1].strip(" \t་")) is not None


def without_no_fee(fee_text: str) -> str:
    """What the text says besides, where it begins so: who bears the cost of an expert, for one."""
    return fee_text.lstrip()[_first_clause(fee_text).end() :] if says_no_fee(fee_text) else fee_text


def _first_clause(fee_text: str) -> re.Match[str]:
    found = _FIRST.match(fee_text.lstrip())
    assert found is not None  # it fits nothing at all, too
    return found
