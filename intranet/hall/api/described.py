"""The hall's calls in the description of the data interface."""

from typing import Any

from django.utils.translation import gettext as _

from intranet.disclosure.models import ResultPage
from intranet.hall.api.answering import PAGE_SIZE
from intranet.hall.api.views import FEE_DAYS, FEE_TEXTS, GUIDE_TEXTS, RESULT_TEXTS, STANDINGS
from intranet.hall.open_figures.reading import MEASURES, OF_ITEMS
from intranet.hall.small_numbers import FEWEST, Hidden
from search.describing import (
    COUNT,
    DAY,
    TEXT,
    Described,
    answer,
    any_of,
    call,
    error,
    many,
    members,
    or_null,
    parameter,
    told,
)
from search.query import MAX_RESULTS

PAGES = MAX_RESULTS // PAGE_SIZE
MATTER = {
    "id": "matter-5f0c7d2e9a41",
    "title": "烟花爆竹经营（零售）许可",
    "url": "/external/licensing/e7/matter-5f0c7d2e9a41/",
    "department": "licensing",
    "language": "zh-hans",
    "document_number": "",
    "published_on": "2026-03-02",
}
GUIDE = {
    **MATTER,
    "service_items": ["AQ-001"],
    "legal_limit_days": 20,
    "promised_limit_days": 15,
    "materials": [{"name": "营业执照", "form": "复印件", "copies": "1"}],
    "materials_of_record": [],
    "steps": [{"name": "现场核查", "who": "行政许可科", "days": "5"}],
    "legal_basis": "《烟花爆竹安全管理条例》第十九条",
    "conditions": "有固定的经营场所。",
    "result_text": "烟花爆竹经营（零售）许可证，窗口领取或者邮寄。",
    "place": "政务大厅3号窗口",
    "directions": "乘2路公交车到人民街中段站，向东步行约100米。",
    "hours": "工作日9:00—17:00",
    "phone": "0941-8210000",
    "complaint": "0941-12345",
    "fees": ["KS-01"],
    "fee_text": "低保户免收。",
}
FEE = {
    "code": "KS-01",
    "item": "安全生产考试考务费",
    "unit": "每人每次",
    "relief": "",
    "basis": "《关于考试收费的规定》第三条",
    "basis_number": "甘发改收费〔2025〕12号",
    "audit_organ": "州发展和改革委员会",
    "audit_number": "甘价审〔2025〕7号",
    "amount": "70.00",
    "audit_on": "2025-11-20",
    "audit_until": None,
    "effective_from": "2026-01-01",
    "effective_until": None,
    "last_day": None,
    "is_charged": True,
    "service_items": ["AQ-002"],
    "charging_unit": "州应急管理局",
    "supervision_phone": "0941-12358",
    "department": "finance",
    "url": "/external/finance/e9/matter-0c7d2e9a415f/",
}
RESULT = {
    **MATTER,
    "title": "安全生产许可证核发决定",
    "url": "/external/licensing/e6/matter-2e9a415f0c7d/",
    "id": "matter-2e9a415f0c7d",
    "decision_kind": "licence",
    "decision_number": "甘安许〔2026〕1号",
    "party": "李*",
    "basis": "《安全生产许可证条例》第六条",
    "relief": "六十日内可以申请行政复议。",
    "decided_on": "2026-03-02",
}
FIGURES = {
    "years": [2025, 2024],
    "year": 2025,
    "fewest": FEWEST,
    "all": {"accepted": 214, "completed": 209, "granted": 203, "refused": 6, "average_days": 9.4},
    "departments": [
        {
            "department": "licensing",
            **{"accepted": 120, "completed": 118, "granted": "withheld", "refused": "few", "average_days": 11.2},
            "items": [{"code": "AQ-001", "accepted": 40, "completed": 39, "average_days": 12.0}],
        }
    ],
}


def described() -> Described:
    """The calls, in the language in force."""
    whom = [_department(), _page()]
    return Described(
        paths={
            "/api/hall/guides/": call(
                "guides",
                _("Service guides"),
                _answers(_("One page of guides, the newest first"), "Guides", "guides", GUIDE, _("“page” is no page")),
                [parameter("language", many(TEXT), _language_words(), ["zh-hans"]), *whom],
            ),
            "/api/hall/fees/": call(
                "fees",
                _("Fees"),
                _answers(
                    _("One page of fees, in the order of their codes"),
                    "Fees",
                    "fees",
                    FEE,
                    _("“standing” or “page” is out of its range; the message says how"),
                    complaint_phone="12345",
                ),
                [
                    parameter(
                        "standing",
                        {"type": "string", "enum": [*STANDINGS, ""], "default": STANDINGS[0]},
                        _("“charged” is what may be charged today, “all” every standard that is disclosed."),
                        STANDINGS[1],
                    ),
                    _page(),
                ],
            ),
            "/api/hall/results/": call(
                "results",
                _("Results of cases"),
                _answers(
                    _("One page of results, the newest first"),
                    "Results",
                    "results",
                    RESULT,
                    _("“year” is no year of four digits, or “page” is no page"),
                ),
                [parameter("year", many(TEXT), f"{_('Year of publication.')} {any_of()}", ["2026"]), *whom],
            ),
            "/api/hall/figures/": call(
                "figures",
                _("Figures of the hall"),
                {
                    "200": answer(_("The figures of one year by department and item"), "Figures", FIGURES),
                    "400": error("invalid_parameter", _("“year” is none of which there are figures")),
                    "429": _too_many(),
                },
                [parameter("year", TEXT, _("One of “years”; without it the newest that is over."), "2025")],
            ),
        },
        schemas=_schemas(),
    )


def _answers(words: str, schema: str, name: str, example: dict[str, Any], wrong: str, **others: Any) -> dict[str, Any]:
    whole = {"total": 1, "page": 1, "pages": 1, **others, name: [example]}
    return {
        "200": answer(words, schema, whole),
        "400": error("invalid_parameter", wrong),
        "429": _too_many(),
    }


def _too_many() -> dict[str, Any]:
    return error("too_many_requests", _("More than once a second for a minute; go on after “Retry-After” seconds"))


def _department() -> dict[str, Any]:
    return parameter("department", many(TEXT), f"{_('Code of a department.')} {any_of()}", ["licensing"])


def _page() -> dict[str, Any]:
    schema = {"anyOf": [{"type": "integer", "minimum": 1, "maximum": PAGES}, {"const": ""}], "default": 1}
    return parameter("page", schema, _("The page, of %(size)d each; empty is the first.") % {"size": PAGE_SIZE}, 1)


def _language_words() -> str:
    return f"{_('Language of the text: zh-hans, bo or en.')} {any_of()}"


def _schemas() -> dict[str, Any]:
    day = or_null(DAY)
    days = or_null({**COUNT, "description": _("Working days.")})
    address = told(TEXT, _("Relative to the portal."))
    items = told(many(TEXT), _("Codes of service items."))
    matter = {
        "id": told(TEXT, _("Stays the same for ever.")),
        "title": TEXT,
        "url": address,
        "department": TEXT,
        "language": TEXT,
        "document_number": told(TEXT, _("As printed; empty where there is none.")),
        "published_on": day,
    }
    material = members(name=TEXT, form=TEXT, copies=TEXT)
    row = dict.fromkeys(MEASURES, _count()) | {"average_days": _average()}
    item = members(code=TEXT, **dict.fromkeys(OF_ITEMS, _count()), average_days=_average())
    kinds = {"type": "string", "enum": [*ResultPage.DecisionKind.values, ""]}
    return {
        "Guide": members(
            **matter,
            service_items=items,
            legal_limit_days=days,
            promised_limit_days=days,
            materials=many(material),
            materials_of_record=told(
                many(material),
                _("Where a translation lists another number of materials: those of its text of record, which count."),
            ),
            steps=many(members(name=TEXT, who=TEXT, days=TEXT)),
            **dict.fromkeys(GUIDE_TEXTS, TEXT),
            fees=told(many(TEXT), _("Codes of the fees charged for its service items today, as the fees have them.")),
            fee_text=told(TEXT, _("In words; without amounts where there are service items. No “fees” is free then.")),
        ),
        "Fee": members(
            **dict.fromkeys(FEE_TEXTS, TEXT),
            amount=told(TEXT, _("Yuan, with two decimals.")),
            **dict.fromkeys(FEE_DAYS, day),
            last_day=told(day, _("The last day on which it is charged; null where it has no end.")),
            is_charged={"type": "boolean", "description": _("It may be charged today.")},
            service_items=items,
            charging_unit=TEXT,
            supervision_phone=TEXT,
            department=TEXT,
            url=address,
        ),
        "HallResult": members(
            **matter,
            **dict.fromkeys(RESULT_TEXTS, TEXT)
            | {"decision_kind": kinds, "party": told(TEXT, _("A natural person is masked: 李*"))},
            decided_on=day,
        ),
        "Guides": _whole(guides="Guide"),
        "Fees": _whole({"complaint_phone": told(TEXT, _("Where to complain about prices."))}, fees="Fee"),
        "Results": _whole(results="HallResult"),
        "Figures": members(
            years=told(many(COUNT), _("The years of which there are figures, the newest first.")),
            year=or_null(COUNT),
            fewest=told(COUNT, _("The smallest number that is told; “few” stands for less.")),
            all=or_null(members(**row)),
            departments=many(members(department=TEXT, **row, items=many(item))),
        ),
    }


def _count() -> dict[str, Any]:
    hidden = {"type": "string", "enum": [one.value for one in Hidden]}
    return told({"anyOf": [COUNT, hidden]}, _("“few” is one to four; “withheld” would tell another that is few."))


def _average() -> dict[str, Any]:
    return told(or_null({"type": "number", "minimum": 0}), _("Working days of a decision; null where cases are few."))


def _whole(others: dict[str, Any] | None = None, **listed: str) -> dict[str, Any]:
    """A page of things, by the name of the list and their schema, with what else it says."""
    things = {
        name: many({"$ref": f"#/components/schemas/{schema}"}, maxItems=PAGE_SIZE) for name, schema in listed.items()
    }
    return members(total=COUNT, page={**COUNT, "minimum": 1}, pages=COUNT, **(others or {}), **things)
