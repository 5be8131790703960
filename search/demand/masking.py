"""Taking out of a text what looks like personal data, before anybody keeps it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from search.normalisation import fold

LONGEST = 40
"""A longer query is a passage that somebody copied, perhaps from a letter, not what people look for."""

IDENTITY, PHONE, EMAIL, CARD, LONG = "[id]", "[phone]", "[email]", "[card]", "[long]"
"""What stands in the place of what was taken out."""
TAKEN = "\n"
"""What stands, while the text is looked through, for each character of what was found."""
IN_WORDS = {
    IDENTITY: _("[identity number]"),
    PHONE: _("[telephone number]"),
    EMAIL: _("[e-mail address]"),
    CARD: _("[bank card]"),
    LONG: _("[longer than 40 characters]"),
}


@dataclass(frozen=True, slots=True)
class Masked:
    """A text that may be kept; `is_masked` where something was taken out of it."""

    text: str
    is_masked: bool = False


def normalised(text: str) -> str:
    """The text as queries are counted: case, width, script and spaces made one."""
    return " ".join(fold(text).split())


def masked_query(text: str) -> Masked:
    """A query as it may be kept, normalised; one that is too long is not kept at all."""
    plain = normalised(text)
    return Masked(LONG, True) if len(plain) > LONGEST else masked(plain)


def masked(text: str, *, kinds: "Sequence[Kind] | None" = None) -> Masked:
    """The text without identity numbers, telephone numbers, e-mail addresses and bank cards, or without these kinds.

    They are recognised in the digits of any script, full width, and with single signs between their groups.
    """
    kept = text
    found = _spans(text, KINDS if kinds is None else kinds)
    for start, end, kind in sorted(found, key=lambda span: span[0], reverse=True):
        kept = kept[:start] + kind.mark + kept[end:]
    return Masked(kept, kept != text)


def found_in(text: str, kinds: Sequence["Kind"], *, besides: Sequence["Kind"] = ()) -> list[str]:
    """What of these kinds stands in the text, as it stands there, and is nothing of the kinds `besides` first."""
    return [text[start:end] for start, end, kind in _spans(text, (*besides, *kinds)) if kind in kinds]


def _spans(text: str, kinds: Sequence["Kind"]) -> Iterator["tuple[int, int, Kind]"]:
    """Begin, end and kind of each thing found; what is found of one kind is no part of anything of a later one."""
    plain = "".join(str(int(character)) if character.isdecimal() else character for character in fold(text))
    for kind in kinds:
        position = 0
        while match := kind.pattern.search(plain, position):
            start, end = match.span()
            is_one = kind.is_one(match[0])
            if is_one:
                yield start, end, kind
                plain = plain[:start] + TAKEN * (end - start) + plain[end:]
            position = end if is_one else start + 1


def in_words(text: str) -> str:
    """A masked text in the reader's language."""
    for mark, words in IN_WORDS.items():
        text = text.replace(mark, str(words))
    return text


def is_identity_number(text: str) -> bool:
    """Whether it is a citizen's number: 18 places, the last of which follows from the others.

    Source: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    places = [character for character in text.lower() if character.isdecimal() or character == "x"]
    if len(places) != 18 or "x" in places[:-1]:
        return False
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(places[:-1]))
    return (10 if places[-1] == "x" else int(places[-1])) == (12 - total) % 11


def is_bank_card(text: str) -> bool:
    """Whether it is a card's number: 13 to 19 digits that Luhn's sum holds together. Source: ISO/IEC 7812-1."""
    digits = [int(character) for character in text if character.isdecimal()]
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and any(digits) and sum(doubled) % 10 == 0


def _always(_text: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """What is looked for, what stands for it, and whether what was found is one."""

    pattern: re.Pattern[str]
    mark: str
    is_one: Callable[[str], bool] = _always


def number_of(body: str, *, between: str = r"[\s.·‐–—-]?") -> re.Pattern[str]:
    """A pattern of digits that is no part of a longer number; `~` in it is what may stand between two groups."""
    return re.compile(rf"(?<!\d){body}(?!\d)".replace("~", between))


IDENTITY_NUMBER = Kind(number_of(r"\d(?:~\d){16}~[\dx]"), IDENTITY, is_identity_number)
BANK_CARDS = tuple(Kind(number_of(rf"\d(?:~\d){{{length - 1}}}"), CARD, is_bank_card) for length in range(19, 12, -1))
MOBILE_NUMBER = Kind(number_of(r"(?:\+?86~)?1[3-9]\d(?:~\d){8}"), PHONE)
EMAIL_ADDRESS = Kind(re.compile(r"[^\s@,;<>()\u3400-\u9fff]+@[^\s@,;]+\.[a-z]{2,}"), EMAIL)
LANDLINE = Kind(number_of(r"(?:\+?86~0?|\(?0)[1-9]\d{1,2}\)?~[2-9]\d{2,3}~\d{4}"), PHONE)
KINDS = (
    EMAIL_ADDRESS,
    IDENTITY_NUMBER,
    *BANK_CARDS,
    MOBILE_NUMBER,
    LANDLINE,
    Kind(number_of(r"(?!20)[2-8]\d{6,7}"), PHONE),
)
"""In the order in which they are looked for: the longer number first, of which a shorter could be a part. Seven or
eight digits alone are a telephone's, unless they begin as a year does."""
