"""Texts of a service item say exactly who may come and what to bring."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

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
    ],
)
def test_a_word_that_only_looks_so_is_not(text):
    assert vague_places(text) == []


def test_the_place_is_shown():
    text = "法定代表人身份证复印件、其他需要提交的证明文件一份"
    assert vague_places(text) == ["…人身份证复印件、其他需要提交的证明文…"]


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
