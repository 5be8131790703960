"""Many matters at once, for measuring: written straight into the tables, live, with realistic text."""

import itertools
import json
import random
import uuid
import zlib
from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from intranet.disclosure.models import Category, RegulationPage
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Department

WORDS = """
安全生产 许可证 危险化学品 烟花爆竹 非煤矿山 尾矿库 特种作业 应急预案 隐患排查 专项整治 执法检查 行政处罚
事故调查 信访办理 办事指南 法定时限 承诺时限 材料清单 申请条件 监督管理 主管部门 生产经营单位 从业人员 教育培训
设备设施 风险评估 责任追究 公开目录 科室负责人 联络员 保密审查 公示期 资金使用 预算执行 年度计划 重点工作
""".split()
SYLLABLES = "市县镇村街矿厂站库桥路水电气火风土木金石油煤钢铁铜粮棉纸药车船机床炉塔管线泵阀井坑道洞棚房楼院校店场"
OTHERS = ["".join(pair) for pair in itertools.combinations(SYLLABLES, 2)][::7]
VOCABULARY = sorted(WORDS + OTHERS, key=lambda word: zlib.crc32(word.encode()))
"""The field's words among others, each as frequent as its place says: no query of real readers matches every document,
and few match one."""
WEIGHTS = [1 / place for place in range(1, len(VOCABULARY) + 1)]
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
INTERNAL_SHARE = 0.4


def text(source: random.Random, characters: int) -> str:
    pieces: list[str] = []
    while sum(map(len, pieces)) < characters:
        pieces.append("".join(source.choices(VOCABULARY, WEIGHTS, k=source.randint(2, 6))) + source.choice("，。；"))
    return "".join(pieces)


def _step(number: int) -> str:
    found = ""
    for _place in range(4):
        number, digit = divmod(number, 36)
        found = DIGITS[digit] + found
    return found


@transaction.atomic
def fill(count: int, *, seed: int = 7) -> None:
    """Add `count` live regulations of about 1 kB text each, two in five of them internal, over twelve departments."""
    source = random.Random(seed)
    departments = [
        Department.objects.get_or_create(code=f"bench-{n}", defaults={"name_zh": f"第{n}科"})[0] for n in range(12)
    ]
    sections = {
        (side, department.pk): section_for(department, Category.objects.get(code=code))
        for side, code in (("external", "E2"), ("internal", "N2"))
        for department in departments
    }
    with connection.cursor() as cursor:
        for rows in _chunks(_rows(count, source, departments, sections), 500):
            for table in rows[0]:
                columns = list(rows[0][table])
                names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
                cursor.executemany(
                    f"INSERT INTO {table} ({names}) VALUES ({marks})",
                    [[row[table][name] for name in columns] for row in rows],
                )
    for section in sections.values():
        section.numchild = section.get_descendants().count()
        section.save(update_fields=["numchild"], clean=False)


def _chunks(rows: Iterator[dict], size: int) -> Iterator[list[dict]]:
    chunk: list[dict] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _rows(count: int, source: random.Random, departments: list, sections: dict) -> Iterator[dict]:
    first = max(Page.objects.order_by("-pk").values_list("pk", flat=True).first() or 0, 100_000) + 1
    content_type = ContentType.objects.get_for_model(RegulationPage).pk
    locale = Locale.objects.first().pk
    now = timezone.now()
    used = {key: section.get_children_count() for key, section in sections.items()}
    for number in range(count):
        internal = source.random() < INTERNAL_SHARE
        side, department = "internal" if internal else "external", source.choice(departments)
        section = sections[side, department.pk]
        used[side, department.pk] += 1
        pk, identifier = first + number, f"bench-{first + number}"
        title = "关于" + "".join(source.choices(WORDS, k=3)) + "的通知"
        body = [
            {"type": "paragraph", "value": f"<p>{text(source, 170)}</p>", "id": str(uuid.uuid4())} for _ in range(6)
        ]
        audience = source.choice(["staff", "staff", "department", "leaders"]) if internal else "public"
        yield {
            "wagtailcore_page": {
                "id": pk, "path": section.path + _step(used[side, department.pk]), "depth": section.depth + 1,
                "numchild": 0, "title": title, "draft_title": title, "slug": identifier, "live": True,
                "has_unpublished_changes": False, "url_path": f"{section.url_path}{identifier}/", "seo_title": "",
                "show_in_menus": False, "search_description": "", "expired": False, "locked": False,
                "content_type_id": content_type, "locale_id": locale, "translation_key": uuid.uuid4().hex,
                "first_published_at": now, "last_published_at": now,
            },
            "disclosure_matterpage": {
                "page_ptr_id": pk, "identifier": identifier, "category_id": section.category_id,
                "department_id": department.pk, "visibility": audience, "summary": text(source, 60),
                "body": json.dumps(body, ensure_ascii=False),
                "document_number": f"甘安监〔{source.randint(2007, 2026)}〕{number + 1}号", "index_number": "",
                "formed_on": date(2026, 1, 1),
                "published_on": date(2020, 1, 1) + timedelta(days=source.randint(0, 2400)),
                "validity": "in_force", "language": "zh-hans", "keywords": "", "contact": "", "withdrawal_reason": "",
                "particulars": "[]", "withheld_basis": "", "correction": "", "ending": "",
            },
            "disclosure_regulationpage": {"matterpage_ptr_id": pk, "issuing_organ": "安监局"},
        }  # fmt: skip
