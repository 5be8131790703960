"""Where a query leads on that found nothing."""

import re
from html import unescape

import pytest

from search.engines import main_engine
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.worker import drain
from tests.factories import live_matter

TITLE = "尾矿库安全管理办法"


def main_of(response) -> str:
    return unescape(response.text.partition("<main")[2].partition("</main>")[0])


def page(client, **params):
    return main_of(client.get("/search/", params))


def ways_on(client, **params) -> str:
    """What the page says from the heading to the end of the ways on."""
    return page(client, **params).partition('class="nothing"')[2].partition("</aside>")[0]


@pytest.fixture
def disclosed(engine_in_service, bureau):
    live_matter(bureau.licensing, title=TITLE)
    live_matter(bureau.finance, category="E5", title="专项资金使用情况")
    bureau.office_unit.phone = "0941-8213401"
    bureau.office_unit.save()
    drain()
    main_engine().refresh()


def test_what_was_tried_is_said(client, disclosed):
    html = page(client, q="qxzw")
    assert ("Looked for: the words as they were typed" in html, "pinyin and initials" in html) == (True, True)


def test_filters_that_exclude_what_there_is_are_offered_with_what_comes_without_them(client, disclosed):
    html = page(client, q="尾矿库", department="finance", type="regulation")
    address, count = re.search(r'<a href="([^"]*)">Without “Department finance”</a> <span[^>]*>([^<]*)<', html).groups()
    assert (count, "1 result<" in main_of(client.get(f"/search/{address}"))) == ("1 result", True)


def test_all_filters_are_offered_where_none_alone_is_enough(client, disclosed):
    html = page(client, q="尾矿库", department="finance", type="plan")
    assert ("Without any filter" in html, "Without “" in html) == (True, False)


FILTERS = {"department": "finance", "type": "plan", "matter": "E5", "year": "1999", "language": "bo"}


def test_more_filters_ask_the_engine_no_more_often(client, disclosed, monkeypatch):
    asked = []
    for engine, name in ((EmbeddedEngine, "search"), (ElasticsearchEngine, "_found")):
        ask = getattr(engine, name)
        monkeypatch.setattr(engine, name, lambda *args, _ask=ask, **kw: asked.append(args) or _ask(*args, **kw))
    counts = []
    for number in (1, len(FILTERS)):
        html = page(client, q="尾矿库", **dict(list(FILTERS.items())[:number]))
        counts.append((len(asked), "Without " in html))
        asked.clear()
    assert (counts[0][0] > 0, counts[1]) == (True, counts[0])


def test_the_nearest_categories_are_those_of_what_has_a_part_of_the_query(client, disclosed):
    assert 'href="/catalogue/E2/"' in page(client, q="病险水库尾矿")


def test_a_department_that_is_named_is_whom_to_ask(client, disclosed):
    assert 'href="/departments/leading-group/"' in page(client, q="领导小组食堂菜单")


def test_a_department_that_is_chosen_is_whom_to_ask(client, disclosed):
    assert 'href="/departments/finance/"' in page(client, q="食堂菜单", department="finance")


def test_else_the_office_is_whom_to_ask_with_its_telephone(client, disclosed):
    html = page(client, q="食堂菜单")
    assert ('href="/departments/leading-group-office/"' in html, "tel:0941-8213401" in html) == (True, True)


def test_an_application_is_one_step_away_with_the_query_in_it(client, disclosed):
    address = re.search(r'class="button" href="([^"]*)"', page(client, q="食堂 菜单&x"))[1]
    assert "食堂 菜单&x</textarea>" in main_of(client.get(address))


def test_what_may_not_be_read_changes_nothing_of_the_ways_on(client, disclosed, bureau):
    asked = [{"q": "病险水库尾矿"}, {"q": "鸢尾花店"}, {"q": "鸢尾花店", "department": "licensing"}]
    before = [ways_on(client, **params) for params in asked]
    assert all(before)
    live_matter(bureau.licensing, category="N2", type_code="notice", title="鸢尾花店病险尾矿检查", visibility="leaders")
    drain()
    main_engine().refresh()
    assert [ways_on(client, **params) for params in asked] == before


def test_nothing_that_a_reader_wrote_is_markup(client, disclosed):
    text = '"><script>alert(1)</script>食堂'
    assert "<script>alert" not in client.get("/search/", {"q": text}).text + client.get("/apply/", {"q": text}).text
