"""Where a found passage stands: in the article of a regulation, below a heading, on the page of a file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from search.document import Section
from search.normalisation import simplify

MARK = "<mark>"
_MARKUP = re.compile(r"</?mark>")
_SPACE = re.compile(r"\s+")
CONTEXTS = ((12, 30), (6, 16), (0, 10), (0, 0))
"""Characters before and after what is marked by which its place is recognised, the surest first: an excerpt may run
over the end of an article, and then only what is near the mark stands in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """An excerpt with its place: a heading to show and the fragment of the address, both empty where it has none."""

    html: str
    heading: str = ""
    anchor: str = ""


def placed(excerpts: Iterable[str], sections: Sequence[Section]) -> list[Passage]:
    """Each excerpt with the section in which its first mark stands."""
    if not any(section.anchor for section in sections):
        return [Passage(html) for html in excerpts]
    texts = [(section, _bare(f"{section.heading}{section.text}")) for section in sections]
    return [_placed(html, texts) for html in excerpts]


def _placed(html: str, texts: list[tuple[Section, str]]) -> Passage:
    for clue in _clues(html):
        for section, text in texts:
            if clue in text:
                return Passage(_without(section.heading, html), section.heading, section.anchor)
    return Passage(html)


def _without(heading: str, html: str) -> str:
    """The excerpt without the heading that it begins with: the heading is shown before it."""
    beginning = html.removeprefix("…").lstrip()
    return beginning.removeprefix(heading).lstrip() if heading and beginning.startswith(heading) else html


def page_of(html: str, text: str) -> int | None:
    """The page, from 1, of a text with form feeds on which the excerpt's first mark stands; None without pages."""
    if "\f" not in text:
        return None
    pages = [_bare(page) for page in text.split("\f")]
    for clue in _clues(html):
        for number, page in enumerate(pages, start=1):
            if clue in page:
                return number
    return None


def _clues(html: str) -> Iterable[str]:
    """What to look for, the surest first: the first mark with more or less of what is around it."""
    before, _mark, rest = html.strip("…").partition(MARK)
    marked, _end, after = rest.partition("</mark>")
    before, marked, after = (_bare(unescape(_MARKUP.sub("", piece))) for piece in (before, marked, after))
    if not marked:
        return
    for left, right in CONTEXTS:
        yield f"{before[len(before) - min(left, len(before)) :]}{marked}{after[:right]}"


def _bare(text: str) -> str:
    return _SPACE.sub("", simplify(text))
