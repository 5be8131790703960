"""Primary keys as they are written in addresses, forms and rich text, by whoever writes them."""

LONGEST = 18
"""Digits of a number that every database takes."""


def is_primary_key(text: str) -> bool:
    """Whether the text is a number that something could have."""
    return text.isdecimal() and len(text) <= LONGEST
