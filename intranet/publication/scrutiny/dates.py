"""Days that lie ahead though they should be past, and disclosure that is late."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage, Validity
from intranet.publication.deadlines import due_on
from intranet.publication.scrutiny.finding import Finding, Weight

PAST = ("formed_on", "issued_on", "decided_on")
"""Fields of days on which something was done."""


def dates(draft: MatterPage) -> Iterator[Finding]:
    """Errors for days ahead; warnings for a text that is not yet in force but says so, and for being late."""
    today = timezone.localdate()
    for name in PAST:
        day = getattr(draft, name, None)
        if day is not None and day > today:
            label = draft._meta.get_field(name).verbose_name
            words = _("%(field)s: %(day)s lies ahead.") % {"field": label, "day": date_format(day, "DATE_FORMAT")}
            yield Finding(Weight.ERROR, words, "dates")
    yield from _validity(draft)
    yield from _late(draft)


def _validity(draft: MatterPage) -> Iterator[Finding]:
    """Its word on its validity beside what is on record, which counts before it."""
    today = timezone.localdate()
    if draft.validity == Validity.IN_FORCE and draft.effective_from and draft.effective_from > today:
        words = _("It is said to be in force, but takes effect on %(day)s only.")
        yield Finding(Weight.WARNING, words % {"day": date_format(draft.effective_from, "DATE_FORMAT")}, "dates")
    elif draft.validity and draft.validity_today != draft.validity:
        words = _("It is said to be “%(said)s”, but is “%(found)s” by its dates and by what other regulations say.")
        told = {"said": draft.get_validity_display(), "found": draft.validity_label}
        yield Finding(Weight.WARNING, words % told, "dates")


def _late(draft: MatterPage) -> Iterator[Finding]:
    """Of its first disclosure alone: a corrected version was in time when the first one was."""
    due = due_on(draft)
    if due is not None and draft.formed_on is not None and due.on < timezone.localdate():
        words = _("It is late: formed on %(formed)s, it was to be disclosed by %(due)s. Say why.")
        days = {
            "formed": date_format(draft.formed_on, "DATE_FORMAT"),
            "due": date_format(due.on, "DATE_FORMAT"),
        }
        yield Finding(Weight.WARNING, words % days, "dates")
