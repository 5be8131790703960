"""The twenty categories of the bureau's catalogue with their first terms."""

from datetime import date

from django.db import migrations

VALID_FROM = date(2004, 1, 1)
STAFF, PUBLIC = "staff", "public"

# code, Chinese, English, deadline in working days, interval, route, required elements
EXTERNAL = [
    ("E1", "机构设置、职责范围、联系方式", "Organisation, duties, contact", 20, "on_change", "HO",
     ["address", "phone", "hours", "person_in_charge"]),
    ("E2", "法律法规政策执行及监督", "Laws, regulations, policies and their implementation", 20, "on_change", "H",
     ["document_number", "issuing_organ", "issued_on", "effective_from", "validity"]),
    ("E3", "年度计划、目标、重大决策、重要工作及完成情况",
     "Annual plan, goals, major decisions, important work and completion", 20, "quarterly", "HO",
     ["period_year", "goals"]),
    ("E4", "安全生产行政许可", "Safety production licensing", 20, "on_change", "H", ["service_item"]),
    ("E5", "专项资金的分配和使用", "Distribution and use of important special funds", 20, "yearly", "HOM",
     ["fund", "fund_year", "budgeted", "spent", "beneficiaries", "meeting_decision"]),
    ("E6", "行政行为的依据、程序、时限、结果、救济",
     "Administrative acts: basis, procedure, time limit, result, relief", 7, "on_change", "H",
     ["basis", "decision_number", "party", "relief"]),
    ("E7", "便民措施、服务承诺、监督", "Convenience measures, service commitments, supervision", 20, "yearly", "H",
     ["commitment", "supervisor", "phone"]),
    ("E8", "公开与监督部门名称、联系方式", "Department responsible for disclosure and supervision", 20,
     "on_change", "HO", ["address", "phone", "email", "hours"]),
    ("E9", "行政收费", "Administrative fees", 20, "yearly", "HP", ["fee_items", "price_audit"]),
    ("E10", "安全生产责任追究", "Safety production accountability", 20, "on_event", "HOM",
     ["incident", "decision", "basis", "organ", "meeting_decision"]),
]
INTERNAL = [
    ("N1", "领导干部廉洁自律", "Integrity of leading cadres", 20, "half_yearly", "HO", []),
    ("N2", "会议、监督制度执行", "Meeting and supervision systems and their implementation", 20, "monthly", "H", []),
    ("N3", "信访办理", "Handling of letters and visits", 20, "quarterly", "HO", []),
    ("N4", "选拔任用、评先选优", "Selection and appointment; choice of the advanced", 20, "on_event", "HOM",
     ["objection_channel", "meeting_decision"]),
    ("N5", "年度考核奖惩", "Annual assessment and rewards", 20, "yearly", "HO", []),
    ("N6", "岗位分工", "Distribution of posts", 20, "on_change", "HO", []),
    ("N7", "财务收支", "Internal revenue and expenditure", 20, "quarterly", "HO", []),
    ("N8", "各类专项资金管理使用", "Management and use of special funds", 20, "half_yearly", "HOM",
     ["fund", "fund_year", "budgeted", "spent", "meeting_decision"]),
    ("N9", "车辆管理使用", "Vehicles", 20, "monthly", "H", []),
    ("N10", "其他内部事项", "Other internal matters", 20, "as_needed", "H", []),
]


def seed(apps, schema_editor):
    Category = apps.get_model("disclosure", "Category")
    CategoryTerms = apps.get_model("disclosure", "CategoryTerms")
    for side, audience, rows in (("external", PUBLIC, EXTERNAL), ("internal", STAFF, INTERNAL)):
        for ordinal, (code, chinese, english, days, interval, route, elements) in enumerate(rows, start=1):
            category, created = Category.objects.get_or_create(
                code=code,
                defaults={"side": side, "ordinal": ordinal, "name_zh": chinese, "name_en": english},
            )
            if created:
                CategoryTerms.objects.create(
                    category=category,
                    valid_from=VALID_FROM,
                    deadline_days=days,
                    update_interval=interval,
                    widest_audience=audience,
                    route=route,
                    required_elements=elements,
                )


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_relations")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
