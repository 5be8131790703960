"""Word documents (DOCX, DOCM, DOTX), with headers, footers, notes and text boxes.

Source of the names: ECMA-376 part 1, sections 17 (WordprocessingML) and 20 (DrawingML).
"""

from typing import BinaryIO

from search.extraction.container import chunks_of, open_container, relations_of
from search.extraction.markup import Vocabulary, gather_xml
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

_WORDS = Vocabulary(
    text=frozenset({"t"}),
    breaking=frozenset({"p"}),
    marks={"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    # Fallback repeats a shape for old programs, moveFrom what was moved elsewhere; rt is pronunciation.
    skipped=frozenset({"Fallback", "moveFrom", "tabs", "rt"}),
    asides=frozenset({"txbxContent"}),
)
_FURTHER_PARTS = ("header", "footnotes", "endnotes", "diagramData", "footer")


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the body, then what stands outside it."""
    with open_container(stream, limits=limits) as container:
        body = next(r.target for r in relations_of(container, "") if r.kind == "officeDocument")
        relations = relations_of(container, body)
        further = [r.target for kind in _FURTHER_PARTS for r in relations if r.kind == kind]
        for part in dict.fromkeys((body, *further)):
            gather_xml(chunks_of(container, part), _WORDS, transcript)
            transcript.end_line()
