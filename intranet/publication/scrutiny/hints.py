"""Hints of a template that were neither filled in nor taken out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.hints import hints_by_place
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight

SHOWN = 3


def hints(draft: MatterPage) -> Iterator[Finding]:
    """An error for each place that still has any: they speak to the author and are no part of the matter."""
    for place, left in hints_by_place(draft):
        words = _("%(place)s: what the template asks for is still to be filled in or taken out.") % {"place": place}
        more = "…" if len(left) > SHOWN else ""
        yield Finding(Weight.ERROR, words, "hints", quoted=" ".join(left[:SHOWN]) + more)
