"""The register of one-time notifications (一次性告知)."""

import re
import unicodedata
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column

from intranet.hall.case_links import linked
from intranet.hall.models.cases import Case
from intranet.hall.models.records import MaterialsNotice
from intranet.hall.registers.register import Register, RegisterFilterSet
from intranet.periods import period

_NUMBER = re.compile(r"(?P<case>[0-9]{4}-[A-Z]+-[0-9]+)-N(?P<ordinal>[0-9]{1,4})")
HEADINGS = {
    "shown_number": pgettext_lazy("one-time notification", "Notice"),
    "shown_given": _("Given on"),
    "shown_case": _("Case"),
    "shown_item": _("Service item"),
    "shown_department": _("Department"),
    "shown_wanted": _("What is to be supplemented"),
    "shown_by": _("Given by"),
    "shown_supplemented": _("Supplemented on"),
}


class NoticeFilterSet(RegisterFilterSet):
    given_on = period(_("Period"))
    searched = ("case__number", "lines__wanted", "lines__material__material__name")

    class Meta:
        model = MaterialsNotice
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["item"].field_name = "case__item"
        self.filters["department"].field_name = "case__item__department"

    def with_words(self, queryset: QuerySet, name: str, words: str) -> QuerySet:
        every = MaterialsNotice.objects.order_by()
        if (number := _NUMBER.fullmatch(unicodedata.normalize("NFKC", words).strip().upper())) is not None:
            return queryset.filter(case__number=number["case"], ordinal=number["ordinal"])
        return queryset.filter(pk__in=super().with_words(every, name, words).values("pk"))


class NoticeRegister(Register):
    """Every notice of what was missing, the newest first."""

    model = MaterialsNotice
    page_title = _("Register of one-time notifications")
    header_icon = "doc-full"
    filterset_class = NoticeFilterSet
    default_ordering = ("-given_on", "-pk")
    index_url_name = "hall_registers:notices"
    index_results_url_name = "hall_registers:notices_results"
    HEADINGS = HEADINGS
    unit = "notices"
    print_note = _("Administrative Licensing Law, article 32: all that is missing is told at once, within five days.")
    while_empty = _("Nobody was told yet that something is missing. Notices are given in the cases.")
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns = [
        Column("linked_case" if name == "shown_case" else name, label=label)
        for name, label in HEADINGS.items()
        if name != "shown_by"
    ]

    def rows_for(self, user: Any) -> QuerySet[MaterialsNotice]:
        notices = MaterialsNotice.objects.filter(case__in=Case.objects.readable_by(user))
        return notices.select_related("case__item__department", "by").prefetch_related("lines__material__material")

    def shown(self, row: MaterialsNotice) -> dict[str, Any]:
        return {
            "shown_number": row.number,
            "shown_given": row.given_on.isoformat(),
            "shown_case": row.case.number,
            "linked_case": linked(row.case),
            "shown_item": row.case.item.name,
            "shown_department": str(row.case.item.department),
            "shown_wanted": "; ".join(str(line) for line in row.lines.all()),
            "shown_by": str(row.by),
            "shown_supplemented": row.supplemented_on.isoformat() if row.supplemented_on else "",
        }

    def get_filename(self) -> str:
        return "one-time-notifications"
