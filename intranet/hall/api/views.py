"""Guides, fees, results and figures as JSON; `described.py` says what each member means."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from intranet.access.tokens import PUBLIC
from intranet.disclosure.guide_translations import OfRecord, listed_otherwise
from intranet.disclosure.models import GuideMaterial, GuidePage, MatterPage, ResultPage
from intranet.disclosure.querysets import MatterQuerySet
from intranet.hall.api.answering import open_call, page_of
from intranet.hall.fees.reading import Standard, charged_on, complaint_phone, of_items, standards
from intranet.hall.guide_part import told_of_fees
from intranet.hall.items_by_guide import items_by_guide
from intranet.hall.models import ServiceItem
from intranet.hall.open_figures.reading import OpenDepartment, OpenRow
from intranet.hall.open_figures.telling import open_figures, open_years
from intranet.hall.small_numbers import FEWEST, Hidden
from search.query import InvalidQuery, SearchQuery

STANDINGS = ("charged", "all")
GUIDE_TEXTS = ("legal_basis", "conditions", "result_text", "place", "directions", "hours", "phone", "complaint")
RESULT_TEXTS = ("decision_kind", "decision_number", "party", "basis", "relief")
FEE_TEXTS = ("code", "item", "unit", "relief", "basis", "basis_number", "audit_organ", "audit_number")
FEE_DAYS = ("audit_on", "audit_until", "effective_from", "effective_until")
_YEAR = re.compile(r"[0-9]{4}")


def guides_content(request: HttpRequest, asked: SearchQuery) -> dict[str, Any]:
    """`GET /api/hall/guides/`: the service guides that the public reads, the newest first."""
    found = _public(GuidePage, asked)
    if languages := asked.filters.get("language"):
        found = found.filter(language__in=languages)
    guides, pages = page_of(found.prefetch_related("materials", "steps"), asked, found.count())
    items = items_by_guide(pk for guide in guides for pk in (guide.pk, guide.translation_of_id) if pk)
    charged, of_record = charged_on(), listed_otherwise(guides, frozenset({PUBLIC}))
    return {**pages, "guides": [_guide(guide, items, charged, of_record.get(guide.pk)) for guide in guides]}


def fees_content(request: HttpRequest, asked: SearchQuery) -> dict[str, Any]:
    """`GET /api/hall/fees/`: the fees that are charged today, or every standard that is disclosed."""
    standing = request.GET.get("standing") or STANDINGS[0]
    if standing not in STANDINGS:
        raise InvalidQuery(_("“standing” is one of: %(standings)s.") % {"standings": ", ".join(STANDINGS)})
    found = [fee for fee in standards() if fee.is_charged or standing == "all"]
    fees, pages = page_of(found, asked, len(found))
    return {**pages, "complaint_phone": complaint_phone(), "fees": list(map(_fee, fees))}


def results_content(request: HttpRequest, asked: SearchQuery) -> dict[str, Any]:
    """`GET /api/hall/results/`: the results that the public reads, the newest first."""
    found = _public(ResultPage, asked)
    if years := asked.filters.get("year"):
        if not all(map(_YEAR.fullmatch, years)):
            raise InvalidQuery(_("“year” is a year of four digits, like 2026."))
        found = found.filter(published_on__year__in=list(map(int, years)))
    results, pages = page_of(found, asked, found.count())
    return {**pages, "results": list(map(_result, results))}


def figures_content(request: HttpRequest, asked: SearchQuery) -> dict[str, Any]:
    """`GET /api/hall/figures/`: the open figures of the newest year that is over, or of the one asked for."""
    years = open_years()
    wanted = asked.filters.get("year", ())
    if len(wanted) > 1 or not set(wanted) <= set(map(str, years)):
        told = ", ".join(map(str, years)) or "—"
        raise InvalidQuery(_("“year” is one of: %(years)s.") % {"years": told})
    year = int(wanted[0]) if wanted else next(iter(years), None)
    found = open_figures(year) if year else None
    return {
        "years": years,
        "year": year,
        "fewest": FEWEST,
        "all": _row(found.row) if found else None,
        "departments": [_department(one) for one in found.departments] if found else [],
    }


guides = open_call(guides_content)
fees = open_call(fees_content)
results = open_call(results_content)
figures = open_call(figures_content)


def _public(kind: Any, asked: SearchQuery) -> MatterQuerySet:
    """The matters of the kind that everybody reads, whoever asks."""
    everybodys = MatterPage.objects.readable_with(frozenset({PUBLIC})).order_by()
    found = kind.objects.filter(pk__in=everybodys.values("pk")).select_related("department").defer("body")
    if departments := asked.filters.get("department"):
        found = found.filter(department__code__in=departments)
    return found.newest_first()


def _guide(
    guide: GuidePage, items: dict[int, list[ServiceItem]], charged: Sequence[Standard], of_record: OfRecord | None
) -> dict[str, Any]:
    """A translation tells of the items of its text of record, too; of their fees it says what its page says."""
    own = {item.code for pk in (guide.pk, guide.translation_of_id or 0) for item in items[pk]}
    fees = told_of_fees(guide, of_items(own, charged)) if own else {"fees": [], "said": guide.fee_text}
    return {
        **_matter(guide),
        "service_items": sorted(own),
        "legal_limit_days": guide.legal_limit_days,
        "promised_limit_days": guide.promised_limit_days,
        "materials": _materials(guide.materials.all()),
        "materials_of_record": _materials(of_record.materials) if of_record else [],
        "steps": [{"name": one.name, "who": one.who, "days": one.days} for one in guide.steps.all()],
        **{name: getattr(guide, name) for name in GUIDE_TEXTS},
        "fees": sorted({fee.code for fee in fees["fees"]}),
        "fee_text": fees["said"],
    }


def _materials(materials: Iterable[GuideMaterial]) -> list[dict[str, str]]:
    return [{"name": one.name, "form": one.form, "copies": one.copies} for one in materials]


def _result(result: ResultPage) -> dict[str, Any]:
    texts = {name: getattr(result, name) for name in RESULT_TEXTS}
    return {**_matter(result), **texts, "decided_on": _day(result.decided_on)}


def _matter(matter: MatterPage) -> dict[str, Any]:
    return {
        "id": matter.identifier,
        "title": matter.title,
        "url": matter.url or "",
        "department": matter.department.code,
        "language": matter.language,
        "document_number": matter.document_number,
        "published_on": _day(matter.published_on),
    }


def _fee(fee: Standard) -> dict[str, Any]:
    return {
        **{name: str(fee.row.get(name) or "").strip() for name in FEE_TEXTS},
        "amount": "" if fee.amount is None else f"{fee.amount:.2f}",
        **{name: _day(fee.row.get(name)) for name in FEE_DAYS},
        "last_day": _day(fee.last_day),
        "is_charged": fee.is_charged,
        "service_items": fee.service_items,
        "charging_unit": fee.charging_unit,
        "supervision_phone": fee.supervision_phone,
        "department": fee.matter.department.code,
        "url": fee.matter.url or "",
    }


def _department(one: OpenDepartment) -> dict[str, Any]:
    items = [{"code": item.code, **_row(row)} for item, row in one.items]
    return {"department": one.department.code, **_row(one.row), "items": items}


def _row(row: OpenRow) -> dict[str, Any]:
    """The row as the public page has it: what is hidden has a word in its place, days have one decimal."""
    counts = {name: count.value if isinstance(count, Hidden) else count for name, count in row.counts.items()}
    return {**counts, "average_days": None if row.average_days is None else float(row.average_days)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
