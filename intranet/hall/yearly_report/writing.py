"""The text of a yearly report: Chinese, with the numbers that the public is told anyway. Nothing is saved here.

A report that told other numbers than the page of open figures would let small ones be computed from both.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from intranet.disclosure.models import ReportFigure, ReportPage
from intranet.hall.open_figures.reading import MEASURES, OpenRow, OpenYear
from intranet.hall.small_numbers import FEWEST, Hidden, Told
from intranet.organisation.models import Department

LABELS = {"accepted": "受理", "completed": "办结", "granted": "准予", "refused": "不予"}
AVERAGE = "平均办理时间（工作日）"
WITHHELD = "不公布"


def report_of(found: OpenYear, department: Department) -> ReportPage:
    """A report on the department's items, or on all of them where it is the hall itself; not saved, nobody's yet."""
    rows = list(rows_of(found, department))
    name, (_name, total) = department.name_zh, rows[0]
    report = ReportPage(
        title=f"{found.year}年{name}政务服务事项办理情况",
        summary=f"{found.year}年{name}受理{_number(total.counts['accepted'])}件，"
        f"办结{_number(total.counts['completed'])}件。",
        period_year=found.year,
        formed_on=timezone.localdate(),
    )
    report.figures = [ReportFigure(name=label, value=value, unit=unit) for label, value, unit in _figures(total)]
    blocks = [{"type": kind, "value": value} for kind, value in _blocks(rows)]
    report.body = report.body.stream_block.to_python(blocks)
    return report


def rows_of(found: OpenYear, department: Department) -> Iterator[tuple[str, OpenRow]]:
    """The rows that the department reports on by their names, the sum of them first; none where it had no case."""
    is_hall = department.kind == Department.Kind.HALL
    if is_hall:
        yield "合计", found.row
    for one in found.departments:
        if is_hall:
            yield one.department.name_zh, one.row
        elif one.department == department:
            yield "合计", one.row
            yield from ((item.name_zh, row) for item, row in one.items)


def _figures(total: OpenRow) -> Iterator[tuple[str, str, str]]:
    for name in MEASURES:
        count = total.counts[name]
        yield LABELS[name], _number(count), "" if count is Hidden.WITHHELD else "件"
    if total.average_days is not None:
        yield "平均办理时间", str(total.average_days), "个工作日"


def _blocks(rows: list[tuple[str, OpenRow]]) -> Iterator[tuple[str, Any]]:
    yield "heading", "办理情况"
    data = [["事项", *(LABELS[name] for name in MEASURES), AVERAGE], *(_line(name, row) for name, row in rows)]
    yield (
        "table",
        {
            "data": data,
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_header_choice": "both",
            "table_caption": "各事项受理、办结件数和平均办理时间",
        },
    )
    words = f"不足{FEWEST}件的不列具体数字，以免识别出个人；由其他数字可以推算出来的，一并{WITHHELD}。"
    yield "paragraph", f"<p>{escape(words)}</p>"


def _line(name: str, row: OpenRow) -> list[str]:
    average = "—" if row.average_days is None else str(row.average_days)
    return [name, *(_number(row.counts[each]) if each in row.counts else "" for each in MEASURES), average]


def _number(told: Told) -> str:
    if told is Hidden.FEW:
        return f"少于{FEWEST}"
    return WITHHELD if told is Hidden.WITHHELD else str(told)
