"""Every component once, in its states, for who writes templates. Development only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intranet.disclosure.facts import Fact
from intranet.disclosure.particulars.forms import FORMS, Filled
from intranet.disclosure.particulars.tables import table_of


@dataclass(frozen=True, slots=True)
class Sample:
    """What a component asks of a matter."""

    title: str
    language: str = "zh-hans"
    type_label: str = "法规文件"
    side: str = "external"
    validity_today: str = ""
    validity_label: str = ""
    document_number: str = ""
    get_visibility_display: str = "全局"
    url: str = "#"
    published_on: date = date(2026, 11, 24)
    translates_version_of: date = date(2007, 9, 12)
    index_number: str = "GK-E2-2026-00121"

    @property
    def category(self) -> SimpleNamespace:
        return SimpleNamespace(side=self.side)

    @property
    def department(self) -> SimpleNamespace:
        return SimpleNamespace(name="行政许可科")


class SampleForm(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证件一致")
    phone = forms.RegexField(r"^[0-9-]+$", label="电话")


FUNDS = {
    "year": "2025",
    "rows": [
        {"item": "头顶库治理", "budgeted": Decimal("9800000.00"), "spent": Decimal("9025000.00")},
        {"item": "应急救援装备", "budgeted": Decimal("3600000.00"), "spent": Decimal("3551800.00")},
    ],
}


def _samples() -> dict[str, Any]:
    form = SampleForm({"name": "", "phone": "无"})
    form.is_valid()
    return {
        "matters": [
            Sample("甘南州安全生产行政许可实施办法（2007年修订）", document_number="甘安监〔2007〕138号"),
            Sample("甘南州安全生产行政许可暂行规定", validity_today="repealed", validity_label="已废止"),
            Sample("2026年第三季度机关财务收支情况", type_label="报告", side="internal"),
            Sample("བདེ་འཇགས་ཐོན་སྐྱེད་སྲིད་འཛིན་ཆོག་མཆན་ལག་བསྟར་བྱེད་ཐབས།", language="bo"),
            Sample("Measures for the Implementation of Work Safety Licensing", language="en"),
        ],
        "matter": Sample("ཐབས།", language="bo"),
        "facts": [
            Fact("document_number", "文号", "甘安监〔2007〕138号"),
            Fact("issued_on", "发文日期", date(2007, 9, 12)),
            Fact("phone", "电话", "0941-8213401"),
        ],
        "table": table_of(Filled(FORMS["funds"], FUNDS), page_facts=[]),
        "steps": [
            {"name": "窗口受理", "who": "办事窗口", "days": "当场"},
            {"name": "现场核查", "who": "安全监察科", "days": "10 个工作日"},
            {"name": "送达", "who": "行政许可科", "days": ""},
        ],
        "files": [
            SimpleNamespace(file_extension="pdf", file_size=3_482_113, url="#", title="监督管理办法全文（含附表）"),
            SimpleNamespace(file_extension="docx", file_size=48_213, url="#", title="申请书（格式文本）"),
        ],
        "rows": [
            SimpleNamespace(category=SimpleNamespace(code=f"E{n}", name=name), count=n * n, url="#")
            for n, name in enumerate(("机构设置、职责范围、联系方式", "法律法规政策执行及监督", "专项资金"), start=1)
        ],
        "deadlines": [(date(2026, 12, 20), ""), (date(2026, 11, 27), "soon"), (date(2026, 11, 10), "overdue")],
        "page_numbers": [(1, "?page=1"), (2, "?page=2"), (3, "?page=3"), (None, ""), (10, "?page=10")],
        "trail": [("公开目录", "#"), ("法律法规政策", "#")],
        "form": form,
        "tokens": ("paper", "surface", "ink", "ink-soft", "line", "line-strong", "pine", "pine-wash", "seal",
                   "seal-wash", "amber-wash", "moss-wash", "mark", "band", "gilt"),
    }  # fmt: skip


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery; nothing outside development."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "gallery.html", _samples())
