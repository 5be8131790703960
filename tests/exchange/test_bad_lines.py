"""Each bad line is refused with a reason that names what is wrong."""

import json
from io import BytesIO
from typing import Any

import pytest

from intranet.exchange import lines
from intranet.exchange.lines import LineRefused, numbered_lines, parse_line
from tests.exchange.conftest import line


def refusal(raw: bytes | dict[str, Any], **options: Any) -> str:
    encoded = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    with pytest.raises(LineRefused) as refused:
        parse_line(encoded, **options)
    message = str(refused.value)
    message.encode()
    return message


@pytest.mark.parametrize("field", lines.REQUIRED)
def test_a_missing_field_is_named(field: str) -> None:
    assert refusal(line(**{field: ...})).count("“") == 1
    assert field in refusal(line(**{field: ...}))


@pytest.mark.parametrize("field", lines.FIELDS)
@pytest.mark.parametrize("value", [True, 1.5, {"a": []}, [[]], "\x00", "\ud800", -1])
def test_a_value_of_the_wrong_kind_is_named(field: str, value: object) -> None:
    assert field in refusal(line(**{field: value}))


def test_an_unknown_field_is_named() -> None:
    assert "titel" in refusal(line(titel="x"))
    assert refusal(line(**{"\ud800\x00": 1}))


def test_every_reason_is_told_at_once() -> None:
    message = refusal(line(matter=0, type="law", formed_on="x", title=""))
    assert all(field in message for field in ("matter", "type", "formed_on", "title"))


@pytest.mark.parametrize("matter", [0, 11, -1, "2", 2.0, None, True, 10**30])
def test_a_matter_is_a_number_from_1_to_10(matter: object) -> None:
    assert "matter" in refusal(line(matter=matter))


@pytest.mark.parametrize(
    "day",
    [
        "2007-02-30",
        "20070230",
        "2007-2-3",
        "2007-W01-1",
        "0000-01-01",
        "２００７-01-01",
        "2007-03-15T00:00",
        "",
        20070315,
        None,
    ],
)
@pytest.mark.parametrize("field", ["formed_on", "published_on"])
def test_a_day_that_does_not_exist_is_named(field: str, day: object) -> None:
    if field == "published_on" and day is None:
        assert parse_line(json.dumps(line(published_on=None)).encode()).published_on is None
    else:
        assert field in refusal(line(**{field: day}))


@pytest.mark.parametrize("field", ["audience", "visibility", "type", "language", "department", "id"])
@pytest.mark.parametrize("value", ["PUBLIC.", "", " ", "公开", "x y", "../x", "e\n"])
def test_a_value_outside_of_its_list_is_named(field: str, value: str) -> None:
    assert field in refusal(line(**{field: value}))


def test_a_draft_may_lack_audience_and_day() -> None:
    wanting = json.dumps(line(visibility="", formed_on=None)).encode()
    assert parse_line(wanting, draft=True).formed_on is None
    assert "visibility" in refusal(wanting)
    assert "formed_on" in refusal(wanting)


@pytest.mark.parametrize("field", ["title", "document_number"])
def test_one_line_fields_are_one_line_of_bounded_length(field: str) -> None:
    assert field in refusal(line(**{field: "甲\n乙"}))
    assert field in refusal(line(**{field: "甲" * 256}))


def test_a_title_of_spaces_is_empty() -> None:
    assert "title" in refusal(line(title="　 "))


@pytest.mark.parametrize("field", ["title", "summary", "body", "document_number"])
@pytest.mark.parametrize("character", ["\x00", "\ud800", "\x07", "\x1b", "\uffff"])
def test_characters_that_no_text_may_hold_are_named(field: str, character: str) -> None:
    message = refusal(line(**{field: f"甲{character}"}))
    assert field in message
    assert f"U+{ord(character):04X}" in message


@pytest.mark.parametrize("body", ["x" * 5_000_001, "安" * 1_666_667, "\n" * 30_000])
def test_a_body_that_is_too_large_is_refused(body: str) -> None:
    message = refusal(line(body=body))
    assert "body" in message
    assert len(message) < 200


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b"1",
        b"null",
        b'"x"',
        b"\xff\xfe{\x00",
        b"{\"id\": 'a'}",
        b'{"id": NaN}',
        b'{"id": "a", "id": "b"}',
        b"[" * 200_000,
        b'{"matter": ' + b"9" * 6000 + b"}",
        b'{"id": "\xed\xa0\x80"}',
        '{"id": "甲"} {"id": "乙"}'.encode(),
    ],
)
def test_broken_json_is_refused_in_one_short_sentence(raw: bytes) -> None:
    assert len(refusal(raw)) < 300


@pytest.mark.parametrize("attachments", ["a.pdf", [1], [""], ["a.pdf", "a.pdf"], ["a\x00.pdf"], ["a\nb.pdf"], {}])
def test_attachments_are_a_list_of_different_names(attachments: object) -> None:
    assert "attachments" in refusal(line(attachments=attachments))


def test_a_line_too_long_for_memory_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST_LINE", 100)
    monkeypatch.setattr(lines, "MEBIBYTE", 10)
    read = list(numbered_lines(BytesIO(b"a\n" + b"x" * 1000 + b"\nb\n" + b"y" * 100 + b"\n" + b"z" * 1000)))
    assert [number for number, _line in read] == [1, 2, 3, 4, 5]
    assert [isinstance(entry, LineRefused) for _number, entry in read] == [False, True, False, False, True]


def test_blank_lines_count_and_are_left_out() -> None:
    assert list(numbered_lines(BytesIO(b"\xef\xbb\xbf\r\n\n a \r\nb"))) == [(3, b"a"), (4, b"b")]
