"""What a template asks for and nobody filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.disclosure.hints import hint, hints_in
from intranet.disclosure.models import MatterElement
from intranet.publication.release import release_imported
from intranet.publication.scrutiny.hints import hints
from intranet.refusals import Refused
from tests.disclosure.particulars.samples import FUNDS, as_stored
from tests.factories import draft_matter, fresh
from tests.factories import submit as submit_matter

TABLE = {"data": [["科室", "电话"], ["办公室", "⟦电话⟧"]], "table_header_choice": "row", "table_caption": "电话"}


@pytest.mark.parametrize(
    "change",
    [
        {"title": "关于⟦事由⟧的通知"},
        {"summary": "⟦一句话⟧"},
        {"keywords": "⟦关键词⟧"},
        {"issuing_organ": "⟦发文机关⟧"},
        {"body": [("heading", "⟦标题⟧")]},
        {"body": [("paragraph", "<p>联系人：⟦姓名⟧</p>")]},
        {"body": [("table", TABLE)]},
        {"body": [("table", {**TABLE, "data": [["科室"]], "table_caption": "⟦标题⟧"})]},
        {"body": [("steps", [{"name": "受理", "who": "⟦科室⟧", "time": ""}])]},
        {"body": [("callout", {"kind": "info", "text": "<p>⟦提示⟧</p>"})]},
        {"particulars": as_stored({**FUNDS, "year": "⟦年份⟧"})},
    ],
)
def test_a_hint_is_an_error_wherever_it_stands(drafted, change):
    assert [weight for weight, _ in drafted("hints", **change)] == ["ERROR"]


def test_a_hint_in_a_row_is_an_error(drafted):
    def ask(matter):
        matter.elements.add(MatterElement(element="phone", value=hint("电话")))

    assert drafted("hints", prepare=ask) == [("ERROR", "⟦电话⟧")]


def test_a_hint_half_taken_out_is_an_error(drafted):
    assert drafted("hints", summary="⟦一句话") == [("ERROR", "⟦一句话")]


def test_a_draft_without_hints_has_no_such_finding(drafted):
    assert drafted("hints", summary="〔2026〕〔不予公开〕[待定]【注】") == []


def test_the_place_is_named_by_the_heading_above_it(bureau):
    body = [("heading", "联系方式"), ("paragraph", "<p>⟦电话⟧</p>")]
    (finding,) = hints(draft_matter(bureau.licensing, body=body))
    assert "联系方式" in finding.words


def test_a_draft_with_a_hint_is_not_submitted(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, summary="⟦一句话⟧")
    with pytest.raises(Refused, match="⟦一句话⟧"):
        submit_matter(matter, by=bureau.liaison)


def test_not_even_an_import_brings_a_hint_to_its_readers(bureau):
    matter = draft_matter(bureau.licensing, summary="⟦一句话⟧")
    with pytest.raises(Refused):
        release_imported(matter, by=None, reason="test")
    assert not fresh(matter).live


@given(st.text(st.characters(exclude_characters="⟦⟧\n")))
def test_what_is_made_a_hint_is_found_as_one(words):
    assert hints_in(f"前{hint(words)}后") == [hint(words)]
