"""Keywords as an author types them: one line, parted by commas of either script."""

import re

_COMMAS = re.compile("[,，、；]")


def keywords_in(line: str) -> list[str]:
    """The keywords of the line, in their order."""
    return [part.strip() for part in _COMMAS.split(line) if part.strip()]
