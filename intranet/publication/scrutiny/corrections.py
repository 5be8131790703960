"""A new version of what was disclosed before that does not say what was corrected."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.corrections import correction_of, last_live_version
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def corrections(draft: MatterPage) -> Iterator[Finding]:
    """An error, also where what is said was said of an earlier version.

    Not of the version that is live itself: it went live in an emergency, and its review is made up for.
    """
    if draft.live_revision_id is not None and draft.live_revision_id == draft.latest_revision_id:
        return
    if last_live_version(draft) is not None and not correction_of(draft):
        words = _("Say what was corrected: it was disclosed before, and its readers are told.")
        yield Finding(Weight.ERROR, words, "corrections")
