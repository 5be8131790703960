"""Words of a guide on what is paid."""

import re

_NO_FEE = re.compile(
    r"(办理)?(本|该)?(事项)?(免费|免费办理|免收费用|不收费|不收费用|不收取费用|不收取任何费用|无需缴费|无收费|无)"
    r"|(there is |we charge )?(no (fee|charge)s?|nothing|free( of charge)?|none)"
    r"|རིན་མེད|རིན་མི་དགོས|གླ་ཡོན་མེད|གླ་ཡོན་མི་ལེན",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[。．.，,；;:：！!།\r\n]+")


def says_no_fee(fee_text: str) -> bool:
    """Whether a clause of the text says that nothing is paid; words on who pays nothing are not meant."""
    return any(_NO_FEE.fullmatch(clause.strip(" \t་")) for clause in _BETWEEN.split(fee_text))
