"""A bureau of one department, written as the demo's content is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

ORGANISATION = """
[bureau]
name_zh = "某州安全生产监督管理局"
address = "人民街1号"

[home]
title = "某州安监局"
introduction_zh = "依法公开。"

[responsible]
E4 = "licensing"

[asked_for]
"烟花爆竹" = 3

[[departments]]
code = "leading-group-office"
kind = "leading_group_office"
name_zh = "公开办"

[[departments]]
code = "licensing"
name_zh = "行政许可科"

[[people]]
username = "admin"
last_name = "管"
first_name = "理员"
superuser = true

[[people]]
username = "liaison"
last_name = "李"
first_name = "联络"
posts = [{ department = "licensing", kind = "liaison", starts_on = 2020-01-01, responsibilities = "起草" }]

[[people]]
username = "reviewer"
last_name = "王"
first_name = "审查"
posts = [{ department = "leading-group-office", kind = "secrecy_reviewer", starts_on = 2020-01-01 }]

[[people]]
username = "head"
last_name = "张"
first_name = "科长"
posts = [{ department = "licensing", kind = "head", starts_on = 2020-01-01 }]

[[people]]
username = "office"
last_name = "赵"
first_name = "主任"
posts = [{ department = "leading-group-office", kind = "office_staff", starts_on = 2020-01-01 }]
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def content(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder of content: the bureau above and these files of matters."""

    def write(**files: str) -> Path:
        folder = tmp_path / "content"
        folder.mkdir(exist_ok=True)
        (folder / "organisation.toml").write_text(ORGANISATION, encoding="utf-8")
        for name, text in files.items():
            (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        return folder

    return write
