"""Excerpts: around what matches, and never from the middle of a word."""

import pytest

from search.highlighting import FRAGMENT, excerpts, patterns
from search.query import parts_of


def excerpt(text: str, query: str) -> str:
    return excerpts(text, patterns(parts_of(query)))[0]


@pytest.mark.parametrize(
    ("text", "query", "beginning"),
    [
        ("Measures on Safety Production Licences, article 9", "licences", "…Production <mark>Licences</mark>"),
        ("རྫས་འགྱུར་ཐོན་རྫས་དང་མེ་ཤོག་ལྟ་སྐུལ", "མེ་ཤོག", "…ཐོན་རྫས་དང་<mark>མེ་ཤོག</mark>"),
        (
            "甘南藏族自治州安全生产监督管理局关于烟花爆竹的规定",
            "烟花爆竹",
            "…族自治州安全生产监督管理局关于<mark>烟花爆竹</mark>",
        ),
    ],
)
def test_an_excerpt_begins_with_a_whole_word(text, query, beginning):
    assert excerpt(text, query).startswith(beginning)


def test_an_excerpt_ends_with_a_whole_word():
    text = "licence " + "production " * 30
    assert excerpt(text, "licence").removesuffix("…").split()[-1] == "production"


def test_a_word_longer_than_an_excerpt_is_cut():
    assert 0 < len(excerpt("licence " + "x" * 500, "licence")) < FRAGMENT + 20
