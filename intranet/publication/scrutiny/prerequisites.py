"""What nobody can decide without: terms, an audience below the ceiling, the day of formation, what the route asks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.access.audience import is_within
from intranet.disclosure.models import MatterPage
from intranet.publication.route_records.notice_period import reasons_against_notice
from intranet.publication.route_records.recording import missing_records
from intranet.publication.scrutiny.finding import Finding, Weight


def prerequisites(draft: MatterPage) -> Iterator[Finding]:
    """Errors alone."""
    yield from (Finding(Weight.ERROR, words, "prerequisites") for words in _missing(draft))


def _missing(draft: MatterPage) -> Iterator[str]:
    code = draft.category.code
    terms = draft.category.terms_on()
    if terms is None:
        yield _("No terms are in force for category %(code)s.") % {"code": code}
        return
    if not draft.visibility:
        yield _("Choose an audience.")
    elif not is_within(draft.visibility, terms.widest_audience):
        yield _("The audience is wider than category %(code)s allows.") % {"code": code}
    if draft.formed_on is None:
        yield _("Enter the day on which the matter was formed.")
    yield from missing_records(draft)
    yield from reasons_against_notice(draft)
