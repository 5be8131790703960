"""All the words of a version of a matter: what search reads of it, and what is looked through before submitting."""

from collections.abc import Iterator

from intranet.disclosure.body import body_text
from intranet.disclosure.models import MatterPage
from intranet.disclosure.particulars.forms import stored_form

TYPE_FIELDS = (
    "issuing_organ",
    "legal_basis",
    "conditions",
    "fee_text",
    "result_text",
    "place",
    "directions",
    "phone",
    "complaint",
    "decision_number",
    "party",
    "basis",
    "relief",
    "objection_channel",
    "contact",
)
TYPE_ROWS = ("materials", "steps", "goals", "figures", "elements")


def type_texts(page: MatterPage) -> Iterator[str]:
    """The texts that a matter has besides its body: its type's fields and rows, and its form."""
    for name in TYPE_FIELDS:
        if value := getattr(page, name, ""):
            yield str(value)
    for name in TYPE_ROWS:
        if hasattr(page, name):
            yield from (str(row) for row in getattr(page, name).all())
    if form := stored_form(page):
        yield from form.texts()


def wording_of(page: MatterPage) -> Iterator[str]:
    """Title, summary, keywords, body, and what its type has of its own; attachments are files of their own."""
    yield from filter(None, (page.title, page.summary, page.keywords, body_text(page.body)))
    yield from type_texts(page)
