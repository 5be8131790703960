"""Attachments whose text is not found, that readers do not get, or that tell more than they say."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.disclosure.attachments import documents_of
from intranet.disclosure.file_states import FileState, states_of
from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def files(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each file in each of these respects, in the words of the list of files; a note for one that has
    not been read yet, in which therefore nothing was looked for."""
    for state in states_of(documents_of(draft)):
        if state.text is None:
            words = _("The file has not been read yet; personal data were not looked for in it.")
            yield Finding(Weight.NOTE, words, "files", quoted=state.document.title)
        for words in _doubts(state):
            yield Finding(Weight.WARNING, words, "files", quoted=state.document.title)


def _doubts(state: FileState) -> Iterator[str]:
    if state.given_tone != "positive":
        yield f"{state.given_words} {'、'.join(state.left)}".strip()
    if state.text is not None and state.found_tone != "positive":
        yield f"{state.found_label}: {state.found_words}"
