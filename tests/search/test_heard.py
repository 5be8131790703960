"""When a query that found something is compared by its sound as well."""

import pytest

from search.engines.base import Hit
from search.heard import meant
from search.query import SearchQuery


def asked_by_sound(text: str, *excerpts: str) -> bool:
    """Whether readable titles are asked for by the sound of the text, when it found these excerpts."""
    asked = []
    hits = [Hit(f"matter:{number}", 1.0, {"body": [html]}) for number, html in enumerate(excerpts)]
    meant(SearchQuery(text=text), hits, lambda readings: asked.append(readings) or [], list, is_found=True)
    return bool(asked)


def test_words_typed_together_that_are_found_apart_are_no_slip():
    assert not asked_by_sound("非煤矿山尾矿库", "<mark>非煤矿山</mark>的安全", "关于<mark>尾矿库</mark>")


@pytest.mark.parametrize("slip", ["安全生产许克证", "胺全生产许可证", "安全生产许可正"])
def test_a_character_that_stands_by_no_neighbour_may_be_a_slip(slip):
    assert asked_by_sound(slip, "<mark>安全生产许可证</mark>")


def test_what_is_found_as_it_was_typed_is_no_slip():
    assert not asked_by_sound("安全生产许可证", "<mark>安全</mark><mark>生产许可证</mark>")
