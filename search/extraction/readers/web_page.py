"""HTML pages."""

import codecs
import re
from typing import BinaryIO

from search.extraction.encoding import SAMPLE_BYTES, encoding_of
from search.extraction.markup import Vocabulary, gather_html
from search.extraction.outcome import Limits
from search.extraction.transcript import Transcript

# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "title", "tr",
    "ul",
})
# fmt: on
_WORDS = Vocabulary(
    breaking=_BLOCKS,
    marks={"br": "\n", "td": "\t", "th": "\t"},
    skipped=frozenset(["iframe", "noframes", "object", "rp", "rt", "script", "style", "svg", "template"]),
)
_DECLARED_ENCODING = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARATION_WITHIN_BYTES = 4096
# Pages often declare one of the others wrongly; their text shows them better.
_BELIEVED = {"big5hkscs", "cp1251", "cp932", "cp949", "euc_jp", "euc_kr", "koi8-r", "shift_jis"}


def read(stream: BinaryIO, transcript: Transcript, *, limits: Limits) -> None:
    """Write the page's title and text as a browser would show it without its scripts."""
    content = stream.read()
    gather_html(content.decode(_encoding(content), "replace").lstrip("\ufeff"), _WORDS, transcript)


def _encoding(content: bytes) -> str:
    """What the content shows; what it declares counts where it looks like Chinese in the same bytes."""
    shown = encoding_of(content[:SAMPLE_BYTES]) or "utf-8"
    declared = _DECLARED_ENCODING.search(content[:_DECLARATION_WITHIN_BYTES])
    if declared is None or shown.startswith("utf"):
        return shown
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return shown
    return name if name in _BELIEVED else shown
