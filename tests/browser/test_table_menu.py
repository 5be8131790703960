"""The menu over a table's cells in the editor."""

import pytest

from tests.factories import draft_matter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TABLE = {
    "type": "table",
    "value": {"data": [["科室", "电话"], ["危化科", "12350"]], "table_header_choice": "row", "table_caption": "电话"},
}
MENU = ["在上方插入行", "在下方插入行", "在左侧插入列", "在右侧插入列", "删除行", "删除列", "撤销", "重做"]


@pytest.fixture
def said():
    return []


@pytest.fixture
def table(visit, bureau, said):
    """The editor of a draft with a table, open before its author, who reads Chinese."""
    matter = draft_matter(bureau.licensing, author=bureau.liaison, body=[TABLE])
    page = visit("/admin/", bureau.liaison, locale="zh-CN")
    page.on("console", lambda message: message.type == "error" and said.append(message.text))
    page.goto(page.url.split("/admin/")[0] + f"/admin/pages/{matter.pk}/edit/")
    page.get_by_text("危化科").first.click(button="right")
    return page


def test_it_speaks_the_language_of_who_edits(table):
    shown = table.locator(".htContextMenu .htItemWrapper")
    assert [words for words in shown.all_inner_texts() if words] == MENU


def test_it_changes_the_table(table):
    table.get_by_text("在下方插入行").click()
    assert table.locator(".handsontable .ht_master tbody tr").count() == 3


def test_the_browser_has_nothing_to_complain_of(table, said):
    assert said == []
