"""A translation is disclosed with its text of record: not without it, and to nobody who may not read that."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.access.audience import is_within
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def texts_of_record(draft: MatterPage) -> Iterator[Finding]:
    """A finding where the text of record was taken down, or is disclosed to fewer people than the translation."""
    record = MatterPage.objects.filter(pk=draft.translation_of_id).first() if draft.translation_of_id else None
    if record is None:
        return
    if record.is_withdrawn:
        words = _("Its text of record was withdrawn: a translation is disclosed once that is disclosed again.")
        yield Finding(Weight.ERROR, words, "texts_of_record")
    elif record.live and not is_within(draft.visibility, record.visibility):
        words = _("Its text of record is disclosed to fewer people: choose its audience for the translation, too.")
        yield Finding(Weight.ERROR, words, "texts_of_record")
