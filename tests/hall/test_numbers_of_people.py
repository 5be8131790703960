"""No number of a person leaves the hall in a text that was typed there, and no word of the text goes with it."""

import re

import pytest

from intranet.hall.life import deciding
from intranet.hall.models import Case
from intranet.hall.numbers_of_people import without_numbers
from intranet.hall.progress.discretion import Discretion
from intranet.hall.results.masking import Masking
from intranet.hall.results.writing import result_of


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
        "(138)93012345",
        "138:9301:2345",
        "138 (9301) 2345",
        "620102（19800101）1234",
        "620102*19800101*1234",
        "CHN110080010101",
        "6222 0212 3456 7890 128",
    ],
)
def test_a_number_of_a_person_goes_however_it_is_written_or_mistyped(written):
    found = without_numbers(f"与王五（{written}）的申请冲突")
    assert not any(character.isdecimal() for character in found.text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("护照E 12345678已过期", "护照已过期"),
        ("护照号：K-1234567", "护照"),
        ("港澳通行证C 12345678", "港澳通行证"),
        ("电话8212345无人接听", "电话无人接听"),
        ("联系电话：0941-8212345", "联系电话："),
        ("手机号是 821 2345", "手机"),
    ],
)
def test_what_the_word_before_it_tells_goes_too(written, kept):
    assert re.sub(r"\[\w+\]", "", without_numbers(written).text) == kept


def test_telephones_of_offices_stay_where_it_is_said_whom_to_turn_to():
    said = "六十日内向甘肃省应急管理厅（电话0931-8212345）申请复议，联系人手机13893012345"
    assert without_numbers(said, landlines=False).text == said.replace("13893012345", "[phone]")


@pytest.mark.parametrize(
    "said",
    [
        "井深1350、1420、980米",
        "罚款分别为1500、1200、800元",
        "第1、3、5、7、9、11、13、15项材料",
        "注册资本5000000元",
        "总投资2500000.00元",
        "84123456吨",
        "编号620100200801230",
        "编号S20250001、C62000020",
        "经度103.8341，纬度36.0613，高程103.83",
        "甘安许〔2026〕6201001号",
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


@pytest.mark.django_db
def test_a_decision_is_told_with_its_number_as_it_was_given(hall):
    case, number = hall.in_review(), "甘安许〔2026〕6201001号"
    deciding.grant(case, by=hall.handler, document_number=number)
    decided = Case.objects.select_related("item", "version", "applicant").get(pk=case.pk)
    assert result_of(decided).decision_number == number
