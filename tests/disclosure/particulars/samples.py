"""A filled-in form of each kind, as the exchange format writes it, and the matter that it belongs to."""

import json
from copy import deepcopy
from typing import Any

from intranet.disclosure.models import Category, MatterPage
from intranet.disclosure.particulars.forms import FORMS, Filled
from intranet.disclosure.particulars.written import stored_from
from tests.factories import draft_matter, live_matter

FUNDS: dict[str, Any] = {
    "form": "funds",
    "year": "2025",
    "rows": [
        {"item": "头顶库治理", "budgeted": "9800000.00", "spent": "9025000.00", "beneficiaries": "四县"},
        {"item": "应急救援装备", "budgeted": "3600000.00", "spent": "3551800.00", "beneficiaries": "救护队"},
    ],
    "total_budgeted": "13400000.00",
    "total_spent": "12576800.00",
}
ACCOUNTS: dict[str, Any] = {
    "form": "accounts",
    "period": "2026年第一季度",
    "rows": [
        {"kind": "revenue", "item": "财政拨款", "budgeted": "12460000.00", "actual": "3124000.00"},
        {"kind": "expenditure", "item": "差旅费", "budgeted": "960000.00", "actual": "172800.00"},
        {"kind": "expenditure", "item": "培训费", "budgeted": "380000.00", "actual": "21600.00"},
    ],
    "total_expenditure": "194400.00",
}
VEHICLES: dict[str, Any] = {
    "form": "vehicles",
    "month": "2026-01",
    "rows": [
        {"vehicle": "甘P·00138", "kilometres": "2146", "fuel": "246.00", "repairs": "1280.00", "cost": "3492.72"},
        {"vehicle": "甘P·D00521", "kilometres": "836", "fuel": "0.00", "repairs": "0.00", "cost": "92.30"},
    ],
}
REWARDS: dict[str, Any] = {
    "form": "rewards",
    "year": "2025",
    "rows": [
        {"grade": "优秀", "people": "11", "amount": "19500.00"},
        {"grade": "称职", "people": "45", "amount": "0.00"},
    ],
    "total_people": "56",
}
SELECTION: dict[str, Any] = {
    "form": "selection",
    "conditions": "年度考核称职以上",
    "procedure": "推荐，投票，公示",
    "rows": [{"candidate": "卓某", "unit": "行政许可科", "proposed": "先进个人"}],
}
ACCOUNTABILITY: dict[str, Any] = {
    "form": "accountability",
    "incident": "碌曲县“3·18”机械伤害事故",
    "occurred_on": "2026-03-18",
    "organ": "州人民政府",
    "rows": [{"party": "某石料厂", "decision": "罚款35万元", "basis": "《安全生产法》第一百一十四条"}],
}
ACTS: dict[str, Any] = {
    "form": "acts",
    "rows": [
        {
            "decision_number": "甘安监罚〔2026〕9号",
            "party": "泥湾砂石料加工厂",
            "decision": "罚款1.2万元",
            "basis": "《安全生产法》第四十三条",
            "relief": "60日内申请行政复议",
        }
    ],
}
FEES: dict[str, Any] = {
    "form": "fees",
    "charging_unit": "州安全生产考试中心",
    "supervision_phone": "0941-5550199",
    "rows": [
        {
            "code": "KS-01",
            "item": "理论考试费",
            "amount": "60.00",
            "unit": "每人每次",
            "basis": "《关于考试收费标准的通知》第一条",
            "basis_number": "甘发改价格〔2024〕416号",
            "audit_organ": "州发展和改革委员会",
            "audit_number": "州发改价格〔2026〕3号",
            "audit_on": "2026-01-05",
            "effective_from": "2026-01-05",
        },
        {
            "code": "KS-01",
            "item": "理论考试费",
            "amount": "90.00",
            "unit": "每人每次",
            "basis": "《关于安全生产考试收费标准的通知》第二条",
            "basis_number": "甘发改收费〔2016〕88号",
            "audit_organ": "州发展和改革委员会",
            "audit_number": "州发改价格〔2016〕12号",
            "audit_on": "2016-02-18",
            "effective_from": "2016-03-01",
            "effective_until": "2026-01-04",
        },
    ],
}
GOALS: dict[str, Any] = {"form": "goals", "rows": [{"goal": "治理头顶库11座", "progress": "73"}]}

PLACES = {
    "funds": ("E5", "report"),
    "accounts": ("N7", "report"),
    "vehicles": ("N9", "report"),
    "rewards": ("N5", "report"),
    "selection": ("N4", "notice"),
    "accountability": ("E10", "report"),
    "acts": ("E6", "notice"),
    "fees": ("E9", "notice"),
    "goals": ("E3", "report"),
}
SAMPLES = {
    sample["form"]: sample
    for sample in (FUNDS, ACCOUNTS, VEHICLES, REWARDS, SELECTION, ACCOUNTABILITY, ACTS, FEES, GOALS)
}


def changed(sample: dict[str, Any], **row: str) -> dict[str, Any]:
    """The sample with these fields of its first row changed."""
    made = deepcopy(sample)
    made["rows"][0] |= row
    return made


def filled(sample: dict[str, Any]) -> Filled:
    """The sample as a version would have it, whatever does not hold in it."""
    form = FORMS[sample["form"]]
    return Filled(form, form.block.to_python({name: value for name, value in sample.items() if name != "form"}))


def stored(sample: dict[str, Any]) -> str:
    category, type_code = PLACES[sample["form"]]
    return stored_from(sample, category=category, type_code=type_code)


def as_stored(sample: dict[str, Any]) -> str:
    """The sample as a version stores it, whatever does not hold in it."""
    value = {name: each for name, each in sample.items() if name != "form"}
    return json.dumps([{"type": sample["form"], "value": value}])


def matter_with(department: Any, sample: dict[str, Any], *, live: bool = True, **attributes: Any) -> MatterPage:
    """A matter of a category that asks for the form, with the form filled in."""
    category, type_code = PLACES[sample["form"]]
    if Category.objects.get(code=category).side == "internal":
        attributes.setdefault("visibility", "staff")
    make = live_matter if live else draft_matter
    return make(department, category=category, type_code=type_code, particulars=as_stored(sample), **attributes)
