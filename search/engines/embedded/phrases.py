"""Tokens as FTS5 takes them."""

from collections.abc import Sequence


def quoted(tokens: Sequence[str]) -> str:
    """Tokens as an FTS5 string: a phrase. Tokens hold no quotes, so nothing of the reader's is an operator."""
    return '"' + " ".join(tokens) + '"'
