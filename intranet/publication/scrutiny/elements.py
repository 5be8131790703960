"""Elements that the category asks for and the draft lacks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.completeness import missing_elements
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def elements(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each."""
    for element in missing_elements(draft):
        words = _("Category %(code)s asks for: %(element)s.")
        yield Finding(Weight.WARNING, words % {"code": draft.category.code, "element": element.label}, "elements")
    if not any(block for block in draft.body) and not draft.summary.strip() and not draft.attachments.all():
        yield Finding(Weight.WARNING, _("The matter has neither text, nor summary, nor attachment."), "elements")
