"""Terms as the office writes them: one a line."""

MAX_TERM = 50
"""Characters of a term; the longest name of a certificate has about 20."""
MAX_TERMS = 20
"""Terms of a group; each of them is one more wording of a query (`expansion.MAX_VARIANTS`)."""


def lines(text: str) -> list[str]:
    """The terms of a text, without empty lines and spaces around."""
    return [line.strip() for line in text.splitlines() if line.strip()]
