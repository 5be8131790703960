"""The register of refusals (否定备案): what was filed about each, and who signed it."""

from typing import Any

import django_filters
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from intranet.hall.case_links import linked
from intranet.hall.models.cases import Case, State
from intranet.hall.models.records import NegativeFiling, NegativeFilingQuerySet
from intranet.hall.registers.register import Register, RegisterFilterSet
from intranet.periods import period

HEADINGS = {
    "shown_prepared": _("Filed at"),
    "shown_case": _("Case"),
    "shown_item": _("Service item"),
    "shown_department": _("Department"),
    "basis": _("Legal basis"),
    "reasons": _("Reasons"),
    "relief": _("Relief"),
    "shown_prepared_by": _("Prepared by"),
    "shown_signed": _("Signed"),
    "shown_decision": _("Decision"),
}


WAITING, SIGNED = "waiting", "signed"
SIGNATURES = {WAITING: _("waits for the head"), SIGNED: _("signed by the head")}


class FilingFilterSet(RegisterFilterSet):
    signature = django_filters.ChoiceFilter(
        label=pgettext_lazy("negative filing", "Signature"), choices=SIGNATURES, method="with_signature"
    )
    prepared_at = period(_("Period"))
    searched = ("case__number", "case__decision_number", "basis", "reasons")

    class Meta:
        model = NegativeFiling
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["item"].field_name = "case__item"
        self.filters["department"].field_name = "case__item__department"

    def with_signature(self, queryset: NegativeFilingQuerySet, name: str, choice: str) -> NegativeFilingQuerySet:
        return queryset.to_sign() if choice == WAITING else queryset.exclude(signed_by=None)


class FilingRegister(Register):
    """Every filing, the newest first; the applicant is not in it, the case is."""

    model = NegativeFiling
    page_title = _("Register of refusals (negative filing)")
    header_icon = "cross"
    filterset_class = FilingFilterSet
    default_ordering = ("-prepared_at", "-pk")
    index_url_name = "hall_registers:filings"
    index_results_url_name = "hall_registers:filings_results"
    HEADINGS = HEADINGS
    unit = "filings"
    print_note = _("No refusal is issued before its basis, reasons and relief are filed and the head has signed.")
    while_empty = _("No refusal was filed yet. Refusals are filed in their cases, before they are issued.")
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns = [
        Column("linked_case" if name == "shown_case" else name, label=label)
        for name, label in HEADINGS.items()
        if name not in ("relief", "shown_prepared_by")
    ]

    def rows_for(self, user: Any) -> NegativeFilingQuerySet:
        filings = NegativeFiling.objects.filter(case__in=Case.objects.readable_by(user))
        return filings.select_related("case__item__department", "prepared_by", "signed_by")

    def shown(self, row: NegativeFiling) -> dict[str, Any]:
        signed = f"{row.signed_by} {localtime(row.signed_at):%Y-%m-%d}" if row.signed_at else _standing_of(row)
        issued = row.case.outcome == "refused" and row.case.decided_on is not None
        return {
            "shown_prepared": f"{localtime(row.prepared_at):%Y-%m-%d %H:%M}",
            "shown_case": row.case.number,
            "linked_case": linked(row.case),
            "shown_item": row.case.item.name,
            "shown_department": str(row.case.item.department),
            "shown_prepared_by": str(row.prepared_by),
            "shown_signed": signed,
            "shown_decision": f"{row.case.decision_number} {row.case.decided_on:%Y-%m-%d}" if issued else "",
        }

    def get_filename(self) -> str:
        return "negative-filings"


def _standing_of(row: NegativeFiling) -> str:
    """What has become of a filing that was never signed."""
    state = State(row.case.outcome or row.case.state)
    if state in (State.GRANTED, State.WITHDRAWN):
        return str(_("not signed: the case is %(state)s") % {"state": state.label})
    return str(_("not signed yet"))
