"""What is given away as CSV by the desk is text in every spreadsheet."""

import pytest

from tests.factories import live_matter

FORMULA = '=HYPERLINK("http://elsewhere.example";"x")'


def exported(client, address):
    answer = client.get(address, {"export": "csv"})
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.mark.parametrize("address", ["/admin/reports/audit/", "/admin/publication/secrecy/"])
def test_a_title_that_begins_like_a_formula_is_none_there(bureau, client, address):
    live_matter(bureau.licensing, author=bureau.liaison, title=FORMULA)
    client.force_login(bureau.office)
    cells = [cell for cell in exported(client, address).split(",") if "HYPERLINK" in cell]
    assert cells
    assert [cell for cell in cells if cell.lstrip('"').startswith("=")] == []
