"""No number of a person leaves the hall in a text that was typed there, and no word of the text goes with it."""

import pytest

from intranet.hall.models import Case
from intranet.hall.numbers_of_people import without_numbers
from intranet.hall.progress.discretion import Discretion
from intranet.hall.results.masking import Masking


@pytest.mark.parametrize(
    "written",
    [
        "623001198001010011",
        "623001198001010015",
        "62300119800101001X",
        "623001  19800101  001X",
        "623001_19800101_001x",
        "623001，1980，01，01，001X",
        "６２３００１１９８００１０１００１Ｘ",
        "130503670401001",
        "130503 670401 001",
        "13893012345",
        "138/9301/2345",
        "138_9301_2345",
        "138,9301,2345",
        "1 3 8 9 3 0 1 2 3 4 5",
        "0086-138-9301-2345",
        "+86 138 9301 2345",
        "E12345678",
        "EA1234567",
        "H12345678",
        "e12345678",
    ],
)
def test_a_number_of_a_person_goes_however_it_is_written_or_mistyped(written):
    found = without_numbers(f"与王五（{written}）的申请冲突")
    assert not any(character.isdecimal() for character in found.text)


@pytest.mark.parametrize(
    "said",
    [
        "投资138,930,123.45元",
        "甘安许〔2026〕1234号",
        "统一社会信用代码916211198501000012",
        "2008年1月2日至2008年12月30日",
        "库房1380平方米，93米，01号，23号，45号",
        "执照号623000000012345",
        "型号AQ12345678",
    ],
)
def test_what_is_no_persons_number_stays(said):
    assert without_numbers(said).text == said


@pytest.mark.django_db
@pytest.mark.parametrize("of", [lambda c: Masking(c).of, lambda c: Discretion(c).without])
@pytest.mark.parametrize("phone", ["无", "1", "8", "110"])
def test_what_is_no_phone_takes_nothing_out_of_the_reasons(hall, of, phone):
    case = Case.objects.select_related("applicant").get(pk=hall.received(phone=phone).pk)
    assert of(case)("无安全设施，第1项、第8项、第110条不符。") == "无安全设施，第1项、第8项、第110条不符。"


@pytest.mark.django_db
def test_a_subject_of_one_character_takes_nothing_out_of_a_public_page(hall):
    case = Case.objects.select_related("applicant").get(pk=hall.received(subject="库").pk)
    assert Discretion(case).without("油库与药库相邻。") == "油库与药库相邻。"


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["_", "/", ",", "，", "、"])
@pytest.mark.parametrize(("of", "put"), [(lambda c: Masking(c).of, "李*"), (lambda c: Discretion(c).without, "×××")])
def test_a_stroke_within_a_name_does_not_hide_it(hall, sign, of, put):
    case = Case.objects.select_related("applicant").get(pk=hall.received(name="李小明").pk)
    assert of(case)(f"请李{sign}小明补交。") == f"请{put}补交。"
