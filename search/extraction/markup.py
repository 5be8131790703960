"""Gathering text from XML and HTML as it streams by, without building a tree of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from search.extraction.outcome import Reason
from search.extraction.tidying import fold_source_lines
from search.extraction.transcript import Transcript, UnreadableError


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the elements of a markup language mean for its text. Names are without their namespace."""

    text: frozenset[str] = frozenset()
    """Elements that text stands in, directly or deeper; empty where it may stand anywhere."""
    breaking: frozenset[str] = frozenset()
    """Elements before and after which a line ends."""
    marks: dict[str, str] = field(default_factory=dict)
    """Elements that stand for a character or end with one."""
    skipped: frozenset[str] = frozenset()
    """Elements whose content is no text of the document."""
    asides: frozenset[str] = frozenset()
    """Elements anchored inside a sentence that they are no part of: read after its paragraph."""
    pages: frozenset[str] = frozenset()
    """Elements that are a page each."""


class _Gatherer:
    """The target of a parser: writes what the vocabulary calls text."""

    def __init__(self, vocabulary: Vocabulary, transcript: Transcript) -> None:
        self._vocabulary = vocabulary
        self._transcript = transcript
        self._skipping = 0
        self._in_text = 0
        self._asides: list[list[str]] = []
        self._finished_asides: list[str] = []
        self._breaking = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        words = self._vocabulary
        if self._skipping or name in words.skipped:
            self._skipping += 1
            return
        if name in words.pages:
            if self._transcript.pages:
                self._transcript.turn_page()
            self._transcript.pages = (self._transcript.pages or 0) + 1
        if name in words.asides:
            self._asides.append([])
        if name in words.breaking:
            self._breaking += 1
            if not words.text:
                self._end_line()
        if name in words.text:
            self._in_text += 1
        if name in words.marks:
            self._write(words.marks[name])

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        words = self._vocabulary
        if self._skipping:
            self._skipping -= 1
            return
        if name in words.text:
            self._in_text -= 1
        if name in words.breaking:
            self._breaking -= 1
            self._end_line()
        if name in words.asides:
            self._finished_asides.append("".join(self._asides.pop()))
        if not self._breaking:
            self._write_asides()

    def data(self, text: str) -> None:
        if not self._skipping and (self._in_text or not self._vocabulary.text):
            self._write(fold_source_lines(text))

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse declarations in XML: no office document has them, and entities could make it grow."""
        if self._vocabulary.text:
            raise UnreadableError(Reason.DAMAGED)

    def comment(self, text: str) -> None:
        pass

    def pi(self, target: str, content: str | None = None) -> None:
        pass

    def close(self) -> None:
        self._write_asides()

    def _write(self, text: str) -> None:
        if self._asides:
            self._asides[-1].append(text)
        else:
            self._transcript.write(text)

    def _end_line(self) -> None:
        if self._asides:
            self._asides[-1].append("\n")
        else:
            self._transcript.end_line()

    def _write_asides(self) -> None:
        while self._finished_asides and not self._asides:
            self._transcript.write(self._finished_asides.pop(0))
            self._transcript.end_line()


def gather_xml(chunks: Iterable[bytes], vocabulary: Vocabulary, transcript: Transcript) -> None:
    """Write the text of an XML file. Raises `UnreadableError` where it is not well-formed."""
    target = _Gatherer(vocabulary, transcript)
    _feed(etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False), chunks)


def gather_html(text: str, vocabulary: Vocabulary, transcript: Transcript) -> None:
    """Write the text of an HTML page, however badly it is formed."""
    target = _Gatherer(vocabulary, transcript)
    _feed(etree.HTMLParser(target=target, encoding="utf-8"), [text.encode("utf-8", "replace")])


def _feed(parser: etree.XMLParser | etree.HTMLParser, chunks: Iterable[bytes]) -> None:
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise UnreadableError(Reason.DAMAGED) from error
