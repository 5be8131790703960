"""Presentations (PPTX, PPTM, PPSX): a slide a page, with its diagrams and notes.

Source of the names: ECMA-376 part 1, sections 19 (PresentationML) and 21.1 (DrawingML text).
"""

from typing import BinaryIO

from search.extraction.container import chunks_of, open_container, relations_of, xml_root
from search.extraction.markup import Vocabulary, gather_xml
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

_WORDS = Vocabulary(
    text=frozenset({"t"}),
    breaking=frozenset({"p"}),
    marks={"br": "\n"},
    skipped=frozenset({"Fallback", "fld"}),  # fld: slide number and date
)
_FURTHER_PARTS = ("diagramData", "notesSlide")


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the slides in the order in which they are shown."""
    with open_container(stream, limits=limits) as container:
        show = next(r.target for r in relations_of(container, "") if r.kind == "officeDocument")
        slides = {r.id: r.target for r in relations_of(container, show) if r.kind == "slide"}
        shown = [
            slides[value]
            for slide in xml_root(container, show).iterfind(".//{*}sldId")
            for name, value in slide.attrib.items()
            if str(name).endswith("}id") and value in slides
        ]
        transcript.pages = len(shown)
        for number, slide in enumerate(shown):
            if number:
                transcript.turn_page()
            relations = relations_of(container, slide)
            further = [r.target for kind in _FURTHER_PARTS for r in relations if r.kind == kind]
            for part in (slide, *further):
                gather_xml(chunks_of(container, part), _WORDS, transcript)
                transcript.end_line()
