"""What a table lacks for those who do not see it."""

import pytest

from intranet.publication.scrutiny.tables import tables
from tests.factories import draft_matter

ROWS = [["科室", "电话"], ["办公室", "8212345"], ["许可科", "8213456"]]


def table(rows=ROWS, *, caption="各科室电话", headers="row", **others):
    return ("table", {"data": rows, "table_caption": caption, "table_header_choice": headers, **others})


@pytest.mark.parametrize("headers", ["row", "column", "both"])
def test_a_table_with_headers_and_caption_is_right(drafted, headers):
    assert drafted("tables", body=[table(headers=headers)]) == []


@pytest.mark.parametrize(
    "lacking",
    [
        table(headers="neither"),
        table(caption=""),
        table([["科室", ""], *ROWS[1:]]),
        table([ROWS[0], ["", "8212345"]], headers="column"),
        table([*ROWS, ["", None]]),
        table([[*row, ""] for row in ROWS], headers="column"),
        table([["请注意：……"]]),
        table([["", ""], [None, ""]]),
    ],
)
def test_what_a_table_lacks_is_doubtful(drafted, lacking):
    assert [weight for weight, _ in drafted("tables", body=[lacking])] == ["WARNING"]


def test_the_corner_between_two_kinds_of_headers_may_be_empty(drafted):
    assert drafted("tables", body=[table([["", "电话"], *ROWS[1:]], headers="both")]) == []


def test_what_a_merged_cell_covers_is_not_empty(drafted):
    merged = [{"row": 0, "col": 0, "rowspan": 1, "colspan": 2}]
    assert drafted("tables", body=[table([["科室及电话", None], *ROWS[1:]], mergeCells=merged)]) == []


def test_the_finding_says_which_table(drafted):
    body = [table(), table(caption="", headers="column"), table(headers="neither"), table([[""]], caption="")]
    assert [quoted for _, quoted in drafted("tables", body=body)] == [
        "table 2: 科室",
        "table 3: 各科室电话",
        "table 4",
    ]


def test_each_thing_that_a_table_lacks_is_told_by_itself(bureau):
    body = [table([["科室", ""], ["", ""]], caption="")]
    found = list(tables(draft_matter(bureau.licensing, body=body)))
    assert len({finding.words for finding in found}) == 3
