"""Texts of a service item say exactly who may come and what to bring."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intranet.disclosure.vague_places import vague_places
from intranet.hall.models import ItemMaterial


@pytest.mark.parametrize(
    "text",
    [
        "其他材料",
        "其它证明",
        "有关证件",
        "与申请相关的文件",
        "身份证、户口簿等",
        "营业执照等材料",
        "Other relevant papers",
        "购销合同等材料",
        "劳动合同等",
        "以上等资料",
        "责任制上等",
        "技术水平等证明",
        "高中等学历证明",
        "工资等待遇证明",
        "营业执照等保险单",
        "附件一等材料",
        "相關材料",
        "有關證明",
        "其 他材料",
        "营业执照　等",
    ],
)
def test_a_vague_word_is_found(text):
    assert vague_places(text)


@pytest.mark.parametrize(
    "text",
    [
        "三级安全等级证明",
        "平等主体的说明",
        "不等于注册资本的金额",
        "《有关毒品和其他药品的公约》文本",
        "营业执照副本复印件一份",
        "一等奖证书",
        "甲等证书",
        "特等",
        "等保测评报告",
        "等离子切割机合格证",
        "等温线图",
        "同等学力证明",
        "中等职业学校毕业证书",
        "高等學校",
        "等同采用的标准",
        "等待公示结果",
        "等级证书",
        "与申请人没有关联的证明",
    ],
)
def test_a_word_that_only_looks_so_is_not(text):
    assert vague_places(text) == []


def test_the_place_is_shown():
    text = "法定代表人身份证复印件、其他需要提交的证明文件一份"
    assert vague_places(text) == ["…人身份证复印件、其他需要提交的证明文…"]


def test_the_place_is_shown_as_it_is_written():
    assert vague_places("申請書、其 他證明") == ["申請書、其 他證明"]


EXACT = ("同等学力", "平等", "高等学校", "初等教育", "中等专业", "一等奖", "甲等", "特等", "等级", "等同", "等保测评",
         "等离子", "等温线", "等效", "等值", "等于", "等候", "等待", "《有关药品》")  # fmt: skip
VAGUE = ("其他", "其它", "有关", "相关", "合同等", "相關", "有關", "等")
SPACES = st.text(" \u3000\t", max_size=2)


@given(st.text(st.sampled_from("其他它有关相等关關同合平高中一甲级保待《》、… \u3000\n申请书"), max_size=30))
def test_every_place_stands_in_the_text(text):
    assert [place for place in vague_places(text) if place.strip("…") not in text] == []


@given(st.lists(st.sampled_from(EXACT)), st.sampled_from(VAGUE), st.lists(st.sampled_from(EXACT)))
def test_a_vague_word_is_found_once_among_exact_ones(before, vague, after):
    assert len(vague_places("、".join([*before, vague, *after]))) == 1


@given(st.sampled_from(VAGUE), st.data())
def test_no_spaces_hide_a_vague_word(vague, data):
    spaced = "".join(character + data.draw(SPACES) for character in f"申请书、{vague}、材料")
    assert len(vague_places(spaced)) == 1


@pytest.mark.django_db
class TestAnItem:
    def test_a_material_with_a_vague_name_is_refused_where_it_stands(self, hall):
        with override("en"), pytest.raises(ValidationError) as refused:
            ItemMaterial(version=hall.version, name="其他相关材料").full_clean()
        assert "Say exactly what is meant" in refused.value.message_dict["name"][0]

    def test_a_material_with_a_plain_name_is_taken(self, hall):
        ItemMaterial(version=hall.version, name="采矿许可证副本").full_clean()

    def test_a_version_that_leaves_open_who_may_apply_is_refused(self, hall):
        hall.version.who_may_apply = "有关企业"
        with pytest.raises(ValidationError) as refused:
            hall.version.full_clean()
        assert "who_may_apply" in refused.value.message_dict
