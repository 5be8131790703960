"""What is left of a text that was pasted from Word, WPS or a web page: what its readers see, and nothing else.

No visible character is ever lost and no word altered: punctuation, full-width digits and the marks of Tibetan stay.
What goes is what nobody typed: characters without a shape, indentation made of full-width spaces, empty paragraphs,
the letters that Word's symbol fonts use for bullets. Cleaning what is clean changes nothing.
"""

import re

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from intranet.disclosure.primary_keys import is_primary_key

SYMBOLS = {
    0xF06C: "●",
    0xF06D: "○",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "❑",
    0xF075: "◆",
    0xF076: "❖",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FB: "✗",
    0xF0FC: "✓",
    0xF0FD: "☒",
    0xF0FE: "☑",
}
"""Characters of Symbol and Wingdings, which Word keeps in the private use area, by what they look like."""

# Line and paragraph separators of Unicode, of Word (vertical tab) and of terminals.
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, soft hyphens, zero-width spaces, word joiners, byte-order marks, places of objects.
_SHAPELESS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffc]")
# Chinese, Tibetan and English run one way; Arabic letters beside them need their marks.
_DIRECTIONS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# Joiners shape what is before them in Arabic, Indic and Mongolian scripts and in emoji, and nothing elsewhere.
_JOINERS = re.compile(
    r"(?<![\u0600-\u08ff\u0900-\u0eff\u1000-\u109f\u1780-\u18af\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+"
)
_FIXED_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_INDENTATION = re.compile(r"^(?=[^\S\n]*\u3000)[^\S\n]+", re.MULTILINE)
_LINE_TAILS = re.compile(r"[^\S\n]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_WITHIN_LINE = re.compile(r"[^\S\n]*\n\s*|\t+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_BULLET = re.compile(r"\s*[\uf06c\uf06e\uf071\uf075\uf076\uf0a7\uf0b7\uf0d8\uf0fc]\s*")
BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
_SHOWN = ("embed", "img", "hr")


def _without_shapeless(text: str) -> str:
    text = _SHAPELESS.sub("", _LINE_ENDS.sub("\n", text))
    if _RIGHT_TO_LEFT.search(text) is None:
        text = _DIRECTIONS.sub("", text)
    return _FIXED_SPACES.sub(" ", _JOINERS.sub("", text))


def _visible(text: str) -> str:
    return _without_shapeless(text).translate(SYMBOLS)


def clean_text(text: str) -> str:
    """Text of several lines: without indentation of full-width spaces, with one blank line between paragraphs."""
    text = _INDENTATION.sub("", _visible(text))
    return _BLANK_LINES.sub("\n\n", _LINE_TAILS.sub("", text)).strip()


def clean_line(text: str) -> str:
    """Text of one line: lines that were broken to fit a page are put together, Chinese without a space."""
    return _WITHIN_LINE.sub(_between, clean_text(text))


def clean_cell(text: str) -> str:
    """Text of a table's cell: full-width spaces before its words say below which row it belongs, and stay."""
    return _LINE_TAILS.sub("", _visible(text)).strip("\n")


def _between(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return "" if "\n" in found[0] and _WIDE.match(before) and _WIDE.match(after) else " "


def clean_rich_text(html: str) -> str:
    """Rich text as Wagtail stores it, cleaned alike; a paragraph that begins with a symbol for a bullet is an item.

    Draftail lets no class, style, comment or picture through; this is about what it does let through. A link to what
    has no number, which no screen makes, is its words.
    """
    soup = BeautifulSoup(html, "html.parser")
    before = str(soup)
    for text in soup.find_all(string=True):
        _clean_node(text)
    soup.smooth()
    for block in soup.find_all(BLOCKS):
        if _takes_bullet_off(block) and block.name == "p":
            _make_item(block)
    for text in soup.find_all(string=True):
        _write(text, text.translate(SYMBOLS))
    for block in soup.find_all(BLOCKS):
        for last in (False, True):
            _trim(block, last=last)
    for line_break in soup.find_all("br"):
        _trim_after(line_break)
    for link in soup.find_all("a", linktype=True):
        if not is_primary_key(str(link.get("id", ""))):
            link.unwrap()
    _drop_empty(soup)
    after = str(soup)
    return html if after == before else after


def _clean_node(text: NavigableString) -> None:
    """Its words without what has no shape, a line's end as an element; a comment goes."""
    if type(text) is not NavigableString:
        text.extract()
        return
    first, *others = (_without_shapeless(line) for line in _LINE_ENDS.split(text))
    for line in reversed(others):
        text.insert_after(Tag(name="br", can_be_empty_element=True), line)
    _write(text, first)


def _write(text: PageElement, words: str) -> None:
    """Give the place of the text other words. Its parent looks for the place among all that it holds, which takes time
    where that is a thousand lines.
    """
    if words != text:
        text.replace_with(words)


def _leaf(element: Tag, *, last: bool) -> PageElement:
    """The first or last element in it that has nothing in it."""
    leaf: PageElement = element
    while isinstance(leaf, Tag) and leaf.contents:
        leaf = leaf.contents[-1 if last else 0]
    return leaf


def _trim(block: Tag, *, last: bool) -> None:
    """Take off spaces and line breaks at the block's beginning or end."""
    while (leaf := _leaf(block, last=last)) is not block:
        if isinstance(leaf, NavigableString):
            words = leaf.rstrip() if last else leaf.lstrip()
            if words:
                leaf.replace_with(words)
                return
        elif leaf.name in _SHOWN:  # type: ignore[attr-defined]
            return
        leaf.extract()


def _trim_after(line_break: Tag) -> None:
    """Take off spaces at the beginning of the line that begins here."""
    following = line_break.next_element
    while following is not None:
        if isinstance(following, Tag):
            if following.name in (*BLOCKS, *_SHOWN, "br"):
                return
            following = following.next_element
            continue
        text, following = following, following.next_element
        words = str(text).lstrip()
        _write(text, words)
        if words:
            return


def _takes_bullet_off(block: Tag) -> bool:
    """Whether the block begins with a bullet, which it has no more then."""
    leaf = _leaf(block, last=False)
    if isinstance(leaf, NavigableString) and (found := _BULLET.match(leaf)):
        leaf.replace_with(leaf[found.end() :])
        return True
    return False


def _make_item(paragraph: Tag) -> None:
    """Make the paragraph an item of the list before it, or of a list of its own."""
    paragraph.name = "li"
    before = paragraph.previous_sibling
    if isinstance(before, Tag) and before.name == "ul":
        before.append(paragraph.extract())
    else:
        paragraph.wrap(Tag(name="ul"))


def _drop_empty(soup: BeautifulSoup) -> None:
    """Take out what shows nothing; a space between words stays."""
    for element in reversed(soup.find_all(True)):
        if element.name in (*_SHOWN, "br") or element.get_text(strip=True) or element.find(_SHOWN):
            continue
        if element.name in (*BLOCKS, "ul", "ol"):
            element.decompose()
        else:
            element.unwrap()
