"""A table of the body as its readers get it."""

import pytest
from bs4 import BeautifulSoup

from intranet.disclosure.body import BodyBlock

ROWS = [["", "上午", "下午"], ["办公室", "值班\n一人", None]]


@pytest.fixture
def shown():
    def show(rows=ROWS, headers="both", **others):
        block = BodyBlock().child_blocks["table"]
        value = {"data": rows, "table_caption": "值班表", "table_header_choice": headers, **others}
        return BeautifulSoup(block.render(block.clean(value)), "html.parser")

    return show


def cells(table):
    return [
        [f"{cell.name} {cell.get('scope', '')}".strip() for cell in row.find_all(["th", "td"])] for row in table("tr")
    ]


def test_headers_say_whether_they_name_a_row_or_a_column(shown):
    assert cells(shown()) == [["td", "th col", "th col"], ["th row", "td", "td"]]


def test_a_table_without_chosen_headers_has_none(shown):
    assert cells(shown(headers="neither")) == [["td"] * 3, ["td"] * 3]


def test_the_caption_names_table_and_region(shown):
    table = shown()
    assert (table.caption.get_text(), table.div["aria-label"], table.div["tabindex"]) == ("值班表", "值班表", "0")


def test_a_line_in_a_cell_is_a_line(shown):
    assert shown().tbody.td.decode_contents() == "值班<br/>一人"


def test_merged_cells_span_rows_and_columns_and_hidden_ones_are_not_there(shown):
    table = shown(
        [["时间", None, "人"], ["上午", "一组", "李"], ["", "二组", "王"]],
        headers="row",
        mergeCells=[
            {"row": 0, "col": 0, "rowspan": 1, "colspan": 2},
            {"row": 1, "col": 0, "rowspan": 2, "colspan": 1},
        ],
        cell=[{"row": 0, "col": 1, "hidden": True}, {"row": 2, "col": 0, "hidden": True}],
    )
    assert cells(table) == [["th col", "th col"], ["td"] * 3, ["td"] * 2]
    assert (table.th["colspan"], table.tbody.td["rowspan"]) == ("2", "2")
