"""A translation is disclosed with its text of record: not without it, and to nobody who may not read that."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.access.audience import is_within
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def is_before_its_record(translation: MatterPage) -> bool:
    """Whether the text of record is not disclosed, for another reason than its withdrawal, nor waits for its moment."""
    record = _record_of(translation)
    return record is not None and not (record.live or record.is_withdrawn or record.scheduled_revision)


def _record_of(translation: MatterPage) -> MatterPage | None:
    if translation.translation_of_id is None:
        return None
    return MatterPage.objects.filter(pk=translation.translation_of_id).first()


def texts_of_record(draft: MatterPage) -> Iterator[Finding]:
    """A finding where the text of record was taken down, or is disclosed to fewer people than the translation."""
    record = _record_of(draft)
    if record is None:
        return
    if record.is_withdrawn:
        words = _("Its text of record was withdrawn: a translation is disclosed once that is disclosed again.")
        yield Finding(Weight.ERROR, words, "texts_of_record")
    elif record.live and not is_within(draft.visibility, record.visibility):
        words = _("Its text of record is disclosed to fewer people: choose its audience for the translation, too.")
        yield Finding(Weight.ERROR, words, "texts_of_record")
