"""OpenDocument texts, spreadsheets, presentations and drawings (ODT, ODS, ODP, ODG).

Source of the names: OASIS OpenDocument 1.3 part 3, sections 5 (text), 9 (tables) and 10 (graphics).
"""

from typing import BinaryIO

from search.extraction.container import chunks_of, open_container
from search.extraction.markup import Vocabulary, gather_xml
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

_WORDS = Vocabulary(
    text=frozenset({"p", "h"}),
    breaking=frozenset({"p", "h"}),
    marks={"tab": "\t", "s": " ", "line-break": "\n"},
    # What was deleted, remarks of reviewers, the number of a note, pronunciation, and names of styles.
    skipped=frozenset({"tracked-changes", "annotation", "note-citation", "ruby-text", "page-number", "styles"}),
    asides=frozenset({"note-body", "text-box"}),
    pages=frozenset({"page"}),
)


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the content, then headers and footers, which are kept with the styles; a slide is a page."""
    with open_container(stream, limits=limits) as container:
        gather_xml(chunks_of(container, "content.xml"), _WORDS, transcript)
        if transcript.pages is None and "styles.xml" in container.NameToInfo:
            transcript.end_line()
            gather_xml(chunks_of(container, "styles.xml"), _WORDS, transcript)
