"""The page that says how to apply for disclosure."""

import pytest

from tests.factories import office


@pytest.fixture
def the_office(db):
    unit = office()
    unit.address, unit.phone, unit.email = "合作市知合玛路", "0941-8213401", "gk@example.org"
    unit.save()
    return unit


def test_it_names_where_to_send_the_application(client, the_office):
    html = client.get("/apply/", headers={"accept-language": "zh-hans"}).text
    assert [
        part for part in ("公开办", "合作市知合玛路", "tel:0941-8213401", "mailto:gk@example.org") if part not in html
    ] == []


def test_it_names_the_articles_of_the_law(client, db):
    html = client.get("/apply/", headers={"accept-language": "en"}).text
    assert [article for article in ("27", "29", "30", "33", "42") if f"article {article})" not in html] == []


def test_it_has_nothing_that_could_send_what_is_written(client, db):
    main = client.get("/apply/").text.partition("<main")[2].partition("</main>")[0]
    assert ("<form" in main, 'type="submit"' in main, client.post("/apply/").status_code) == (False, False, 405)


def test_what_was_looked_for_is_the_description(client, db):
    assert "尾矿库名单</textarea>" in client.get("/apply/", {"q": "尾矿库名单"}).text
