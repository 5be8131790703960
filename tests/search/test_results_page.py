"""The page of results as the public sees it."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from intranet.disclosure.models import MatterPage
from search.engines import main_engine
from search.worker import drain
from tests.factories import live_matter

TITLE = "烟花爆竹经营许可办法"
QUERY = "烟花爆竹"
SCRIPT = "<script>alert(1)</script>烟花爆竹<img src=x onerror=alert(2)>"
MARKUP = re.compile(r"<[^>]+>")


def page(client, **params):
    return client.get(f"/search/?{urlencode(params, doseq=True)}")


def main_of(answer) -> str:
    """The markup of the page's own part, without head, header and footer."""
    return answer.text.partition("<main")[2].partition("</main>")[0]


def words(html: str) -> str:
    return " ".join(unescape(MARKUP.sub(" ", html)).split())


def disclose() -> None:
    drain()
    main_engine().refresh()


@pytest.fixture
def one(bureau) -> MatterPage:
    matter = live_matter(
        bureau.licensing, title=TITLE, document_number="甘安监〔2007〕138号", summary="烟花爆竹的储存。"
    )
    disclose()
    return matter


@pytest.fixture
def many(bureau) -> list[MatterPage]:
    """Twenty-five of two types in two departments: three pages."""
    matters = [
        live_matter(
            bureau.finance if number < 5 else bureau.licensing,
            title=f"烟花爆竹办法之{number}",
            type_code="notice" if number < 10 else "regulation",
        )
        for number in range(25)
    ]
    disclose()
    return matters


# A hit


def test_a_hit_has_its_title_with_marks_and_its_address(client, one):
    assert f'href="{one.url}" lang="zh-hans"><mark>烟花爆竹</mark>经营许可办法</a>' in main_of(page(client, q=QUERY))


def test_a_hit_names_type_number_department_and_day(client, one):
    day = f"{one.published_on:%Y-%m-%d}"
    html = main_of(page(client, q=QUERY))
    shown = ["Regulation", "甘安监〔2007〕138号", "Department licensing", f'datetime="{day}"']
    assert [part for part in shown if part.casefold() not in html.casefold()] == []


def test_a_hit_shows_an_excerpt_with_marks(client, one):
    assert "<mark>烟花爆竹</mark>的储存。" in main_of(page(client, q=QUERY))


def test_one_result_is_counted_in_the_singular(client, one):
    assert "1 result<" in main_of(page(client, q=QUERY))


def test_results_are_counted(client, many):
    assert "25 results<" in main_of(page(client, q=QUERY))


def test_a_repealed_matter_is_labelled(client, bureau):
    live_matter(bureau.licensing, title=TITLE, validity="repealed")
    disclose()
    assert "tag--repealed" in main_of(page(client, q=QUERY))


# What authors and readers write is text


@pytest.mark.parametrize("field", ["title", "summary", "document_number"])
def test_what_an_author_wrote_is_never_markup(client, engine_in_service, bureau, field):
    live_matter(bureau.licensing, **{"title": TITLE, field: SCRIPT})
    disclose()
    html = main_of(page(client, q=QUERY))
    assert ("<script" in html, "<img" in html, "&lt;img" in html) == (False, False, True)


def test_a_body_is_never_markup(client, engine_in_service, bureau):
    live_matter(bureau.licensing, title="通知", body=[("paragraph", "烟花爆竹 &lt;script&gt;alert(1)&lt;/script&gt;")])
    disclose()
    html = main_of(page(client, q=QUERY))
    assert ("<script" in html, "&lt;script" in html) == (False, True)


def test_signs_that_engines_mark_with_are_no_marks(client, engine_in_service, bureau):
    live_matter(bureau.licensing, title="通知", summary="\ue001烟花爆竹\ue000<b>\ue000")
    disclose()
    html = main_of(page(client, q=QUERY)).replace("</mark><mark>", "")
    assert re.findall("<mark>.*</mark>", html) == [f"<mark>{QUERY}</mark>"]


@pytest.mark.parametrize("name", ["q", "department", "sort", "page"])
def test_what_a_reader_wrote_is_never_markup(client, one, name):
    html = main_of(page(client, **{"q": QUERY, name: '"><script>alert(1)</script>'}))
    assert "<script" not in html


def test_the_title_of_the_page_is_never_markup(client, one):
    assert "<script>alert" not in page(client, q="</title><script>alert(1)</script>").text


# Facets


def test_facets_name_values_with_counts(client, many):
    facets = words(main_of(page(client, q=QUERY)).partition("</details>")[0])
    assert ("Department licensing 20" in facets, "Department finance 5" in facets) == (True, True)


def test_a_facet_leads_to_its_results(client, many):
    address = re.search(r'href="(\?[^"]*department=finance)"', main_of(page(client, q=QUERY)))[1]
    assert "5 results<" in client.get(f"/search/{unescape(address)}").text


def test_a_chosen_value_is_current_and_can_be_taken_off(client, many):
    html = main_of(page(client, q=QUERY, department="finance"))
    taken_off = re.search(r'<ul class="chosen".*?href="([^"]*)"', html)[1]
    assert "department" not in taken_off
    assert 'aria-current="true"><span>Department finance' in html


def test_a_facet_with_one_value_is_not_offered(client, one):
    assert 'class="facet"' not in main_of(page(client, q=QUERY))


def test_an_order_keeps_query_and_filters(client, many):
    html = unescape(main_of(page(client, q=QUERY, department="finance")))
    assert f"?{urlencode({'q': QUERY, 'department': 'finance', 'sort': 'newest'})}" in html


# Nothing asked, nothing found


def test_without_a_query_the_page_says_what_can_be_found(client, one):
    html = main_of(client.get("/search/"))
    assert ("Search regulations" in html, "result__title" in html) == (True, False)


def test_an_empty_query_lists_what_there_is(client, one):
    assert TITLE in main_of(page(client, q=""))


def test_no_hits_are_said_with_what_was_asked(client, one):
    assert "Nothing that you may read has “尾矿库”." in main_of(page(client, q="尾矿库"))


def test_no_hits_offer_ways_on(client, one):
    html = main_of(page(client, q="尾矿库"))
    assert ('href="/catalogue/"' in html, 'href="/departments/"' in html) == (True, True)


def test_no_hits_name_the_filters_in_force(client, one):
    html = main_of(page(client, q=QUERY, department="nowhere"))
    assert "Without “nowhere”" in html


def test_a_slip_is_offered_the_title_that_was_meant(client, bureau):
    live_matter(bureau.licensing, title="Safety licence regulations", language="en")
    disclose()
    html = main_of(page(client, q="Safty licence regulatons"))
    assert '<a href="?q=Safety+licence+regulations">Safety licence regulations</a>' in html


def test_a_bad_parameter_is_explained(client, one):
    answer = page(client, q=QUERY, page="-1")
    assert (answer.status_code, "“page” is a number from 1 on." in main_of(answer)) == (400, True)


def test_a_bad_parameter_leaves_the_words_in_the_box(client, one):
    assert f'value="{QUERY}"' in main_of(page(client, q=QUERY, page="-1"))


def test_a_long_query_is_said_to_be_cut(client, one):
    assert "only its beginning was looked for" in main_of(page(client, q=QUERY * 100))


# Pages


def test_a_page_holds_ten(client, many):
    assert [main_of(page(client, q=QUERY, page=n)).count("result__title") for n in (1, 2, 3)] == [10, 10, 5]


def test_pages_lead_on_with_the_same_query(client, many):
    html = unescape(main_of(page(client, q=QUERY, page=2)))
    assert [
        rel
        for rel, n in (("prev", 1), ("next", 3))
        if f'rel="{rel}" href="?{urlencode({"q": QUERY, "page": n})}"' not in html
    ] == []


def test_the_last_page_leads_no_further(client, many):
    assert 'rel="next"' not in main_of(page(client, q=QUERY, page=3))


def test_a_page_beyond_the_last_does_not_say_that_there_is_nothing(client, many):
    assert "Nothing that you may read" not in main_of(page(client, q=QUERY, page=9))


def test_a_page_beyond_the_last_leads_to_the_last(client, many):
    html = unescape(main_of(page(client, q=QUERY, page=9)))
    assert f'href="?{urlencode({"q": QUERY, "page": 3})}"' in html


# Suggestions


def test_suggestions_are_titles_of_what_was_begun(client, engine_in_service, one):
    main_engine().refresh()
    assert client.get("/api/search/suggest?q=烟花").json()["suggestions"] == [TITLE]


def test_suggestions_hold_nothing_that_is_not_the_readers(client, engine_in_service, bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", title="烟花爆竹密件", visibility="staff")
    disclose()
    assert client.get("/api/search/suggest?q=烟花").json()["suggestions"] == []


def test_suggestions_without_a_beginning_are_none(client, one):
    assert client.get("/api/search/suggest").json()["suggestions"] == []
