"""Where text stands in a matter: which fields somebody writes in, and the strings of a stored stream of blocks."""

from collections.abc import Callable, Iterator
from typing import Any

from bs4 import BeautifulSoup
from django.db import models

from intranet.disclosure.primary_keys import is_primary_key

STRUCTURE = frozenset({"type", "id"})
"""Keys of a stored block that are no text."""


def is_text(field: models.Field) -> bool:
    """Whether somebody writes in the field, rather than chooses; a stream of blocks is none."""
    return field.get_internal_type() in ("CharField", "TextField") and not field.choices


def strings_in(value: Any) -> Iterator[str]:
    """Every text of a stored block's value, in order."""
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from strings_in(each)
        case dict():
            for key, each in value.items():
                if key not in STRUCTURE:
                    yield from strings_in(each)


def rewritten(value: Any, rewrite: Callable[[str], str]) -> Any:
    """A stored block's value with each of its texts rewritten."""
    match value:
        case str():
            return rewrite(value)
        case list():
            return [rewritten(each, rewrite) for each in value]
        case dict():
            return {key: each if key in STRUCTURE else rewritten(each, rewrite) for key, each in value.items()}
    return value


def files_linked_in(html: str) -> list[int]:
    """The primary keys of the documents that rich text links to."""
    if 'linktype="document"' not in html:
        return []
    links = BeautifulSoup(html, "html.parser").find_all("a", linktype="document")
    return [int(key) for link in links if is_primary_key(key := str(link.get("id", "")))]


def without_links_to_files(html: str, is_gone: Callable[[Any], bool] = lambda key: True) -> str:
    """Rich text in which links to files, all or those with such a primary key, are plain words."""
    if 'linktype="document"' not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a", linktype="document"):
        if is_gone(link.get("id")):
            link.unwrap()
    return str(soup)
