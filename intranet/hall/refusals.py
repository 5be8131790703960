"""Why something is not done to a case, or with one."""

from intranet.hall.models.cases import Case
from intranet.refusals import Refused


class MoveRefused(Refused):
    """The case stays where it is."""


class KnownByAnotherName(MoveRefused):
    """The identifier is an applicant's who is known by another name, and nobody has confirmed the new one."""


class RepeatedApplication(Refused):
    """The same applicant, item and subject have an open case already: `first`."""

    def __init__(self, reasons: list[str], *, first: Case) -> None:
        self.first = first
        super().__init__(reasons)
