"""A translated guide lists what its text of record lists: a shorter list sends people home for what it leaves out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.field_labels import label_of
from intranet.disclosure.models import GuidePage, MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight

LISTS = {"materials": Weight.ERROR, "steps": Weight.WARNING}
"""Steps may be told in fewer; a material that is left out is missing at the window."""


def guide_translations(draft: MatterPage) -> Iterator[Finding]:
    """A finding for each list of the translation that has another number of rows than that of its text of record."""
    if not isinstance(draft, GuidePage) or draft.translation_of is None:
        return
    record = draft.translation_of.specific
    if not record.live:
        record = record.get_latest_revision_as_object()
    if not isinstance(record, GuidePage):
        return
    for name, weight in LISTS.items():
        here, there = (len(getattr(guide, name).all()) for guide in (draft, record))
        if here != there:
            words = _(
                "“%(list)s”: the text of record has %(there)d, the translation %(here)d. Translate each of them, in "
                "the same order."
            )
            told = {"list": label_of(GuidePage, name), "there": there, "here": here}
            yield Finding(weight, words % told, "guide_translations")
