"""Whatever is typed or sent: it is answered, it finds what this reader may read, it is shown as text."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.search.safety.conftest import SECRET, few
from tests.search.safety.texts import MARKUP, anything, percent, query_strings

FACES = ["/search/", "/api/search/", "/api/search/suggest"]
MARK = re.compile(r"</?mark>")


class Elements(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(name for name, _value in attrs)}


def injected(page: str) -> set[str]:
    """What of the page's elements and attributes came from a text."""
    return {name for name in Elements(page).found if name.startswith(("xss", "onxss"))}


def told(response, secret) -> bool:
    """Whether the answer tells of the secret matter: by its address, or by its title, which nobody typed."""
    return secret.identifier in response.text or f"{SECRET}烟花" in response.text


@few
@example(query="q=%ed%a0%80&type=%ed%a0%80", face="/search/")
@example(query="q=%00&page=%00", face="/search/")
@example(query="q=" + "%22" * 10_000, face="/api/search/suggest")
@example(query="&".join(f"type=%e5%ae%89{n}" for n in range(2000)), face="/search/")
@given(query=query_strings(), face=st.sampled_from(FACES))
def test_every_query_string_is_answered_or_refused(visitor, secret, query, face):
    response = visitor.get(face, QUERY_STRING=query)
    assert response.status_code in (200, 400)
    assert not told(response, secret)


@few
@given(text=anything)
def test_text_is_shown_as_text(visitor, secret, text):
    page = visitor.get(f"/search/?q={percent(text)}&type={percent(text[:50])}")
    assert (page.status_code, injected(page.text)) == (200, set())


@pytest.mark.parametrize("text", MARKUP)
def test_a_refusal_shows_what_was_typed_as_text(client, db, text):
    page = client.get(f"/search/?q={percent(text)}&sort={percent(text)}")
    assert (page.status_code, injected(page.text)) == (400, set())


@few
@given(text=anything)
@example(text="烟花爆竹 安全生产 许可证 办法 xss onxss mark")
@example(text="采石场")
def test_excerpts_have_no_tag_but_marks(visitor, secret, text):
    found = visitor.get(f"/api/search/?q={percent(text)}").json()
    for result in found["results"]:
        html = [one for some in result["highlights"].values() for one in some] + [p["html"] for p in result["passages"]]
        assert [one for one in html if re.search(r"[<>]", MARK.sub("", one))] == []


@pytest.mark.parametrize("text", ["烟花爆竹", "xss onxss", "采石场"])
def test_markup_of_a_found_text_is_shown_as_text(visitor, secret, text):
    page = visitor.get(f"/search/?q={percent(text)}")
    assert ("result__title" in page.text, injected(page.text)) == (True, set())
