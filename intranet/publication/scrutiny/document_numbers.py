"""Document numbers that are not written as the standard wants them."""

from collections.abc import Iterator

from intranet.disclosure.document_numbers import fault_of_number
from intranet.disclosure.models import Language, MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def document_numbers(draft: MatterPage) -> Iterator[Finding]:
    """A warning for a number of a Chinese text that is none, with the right form where it can be told."""
    if draft.language != Language.ZH_HANS:
        return
    for field in ("document_number", "decision_number"):
        number = str(getattr(draft, field, "") or "").strip()
        if words := fault_of_number(number):
            yield Finding(Weight.WARNING, words, "document_numbers", quoted=number)
