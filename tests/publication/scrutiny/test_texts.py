"""Numbers, days and words of a draft."""

from datetime import timedelta

import pytest

from intranet.disclosure.models import GuideMaterial


@pytest.mark.parametrize(
    "number",
    ["甘安监〔2007〕138号", "国务院令第397号", "安监总局令第88号", "州安监局公告2024年第1号", "甘府发〔2024〕1号", ""],
)
def test_a_number_in_the_standard_form_is_no_matter(drafted, number):
    assert drafted("document_numbers", document_number=number) == []


@pytest.mark.parametrize(
    "number", ["甘安监[2007]138号", "甘安监（2007）第138号", "甘安监〔07〕138号", "甘安监〔2007〕0138号", "138"]
)
def test_a_number_in_another_form_is_doubtful(drafted, number):
    assert drafted("document_numbers", document_number=number) == [("WARNING", number)]


def test_a_number_of_a_translation_is_written_as_its_language_writes_it(drafted):
    assert drafted("document_numbers", document_number="No. 138", language="en") == []


def test_the_number_of_a_decision_is_looked_at_too(drafted):
    found = drafted("document_numbers", type_code="result", category="E6", decision_number="罚(2026)1号")
    assert found == [("WARNING", "罚(2026)1号")]


@pytest.mark.parametrize("field", ["formed_on", "issued_on"])
def test_a_day_ahead_is_an_error(drafted, today, field):
    assert [weight for weight, _ in drafted("dates", **{field: today + timedelta(days=1)})] == ["ERROR"]


def test_today_is_not_ahead(drafted, today):
    assert drafted("dates", formed_on=today) == []


def test_what_is_not_yet_in_force_may_not_say_that_it_is(drafted, today):
    found = drafted("dates", validity="in_force", effective_from=today + timedelta(days=30))
    assert [weight for weight, _ in found] == ["WARNING"]


def test_being_late_wants_a_reason(drafted, today):
    assert [weight for weight, _ in drafted("dates", formed_on=today - timedelta(days=60))] == ["WARNING"]


def test_a_correction_of_what_was_disclosed_is_not_late(drafted, today):
    def disclosed_before(matter):
        matter.first_published_at = "2026-01-10T00:00:00Z"

    assert drafted("dates", formed_on=today - timedelta(days=60), prepare=disclosed_before) == []


def test_a_guide_that_asks_for_other_materials_is_vague(drafted):
    def ask_for_more(matter):
        matter.materials = [GuideMaterial(name="其他材料")]

    found = drafted("vague_words", type_code="guide", category="E4", prepare=ask_for_more)
    assert found == [("ERROR", "其他材料")]


def test_conditions_of_a_guide_that_leave_it_open_are_refused_with_the_place(drafted):
    found = drafted("vague_words", type_code="guide", category="E4", conditions="具有营业执照，符合国家有关标准。")
    assert found == [("ERROR", "…业执照，符合国家有关标准。")]


def test_a_law_is_called_by_its_name(drafted):
    named = "符合《安全生产许可证条例等有关法律》第六条"
    assert drafted("vague_words", type_code="guide", category="E4", conditions=named) == []


def test_all_vague_words_are_told_at_once(drafted):
    body = [("paragraph", "<p>到有关部门尽快办理</p>")]
    assert drafted("vague_words", type_code="guide", category="E4", body=body) == [("WARNING", "有关部门、尽快")]


def test_a_statute_may_refer_to_other_law(drafted):
    assert drafted("vague_words", body=[("paragraph", "<p>依照有关规定处罚</p>")]) == []
