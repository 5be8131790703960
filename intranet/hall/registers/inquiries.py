"""The register of first inquiries (首问负责): each question, who answers for it, and what became of it."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button

from intranet.hall.models.inquiries import Inquiry
from intranet.hall.registers.register import Register, RegisterFilterSet, departments_read_by
from intranet.organisation.working_days import WorkingCalendar, is_provisional
from intranet.periods import period

HEADINGS = {
    "number": pgettext_lazy("serial", "Number"),
    "shown_asked": _("Asked on"),
    "question": _("Question"),
    "shown_item": _("Service item"),
    "shown_first": _("Asked first"),
    "shown_owner": _("Owner"),
    "shown_state": _("State"),
    "shown_due": _("To be answered by"),
    "shown_answered": _("Answered"),
    "answer": pgettext_lazy("to a question", "Answer"),
}
LATE = "overdue"


class InquiryFilterSet(RegisterFilterSet):
    asked_on = period(_("Period"))
    department = django_filters.ModelChoiceFilter(label=_("Department"), queryset=departments_read_by)
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(LATE, _("overdue")), *Inquiry.State.choices], method="in_state"
    )
    searched = ("number", "question", "answer")

    class Meta:
        model = Inquiry
        fields: list[str] = []

    def in_state(self, queryset: QuerySet, name: str, state: str) -> QuerySet:
        """Those in the state, or those that are late."""
        if state == LATE:
            return queryset.filter(pk__in=Inquiry.objects.overdue().values("pk"))
        return queryset.filter(state=state)


class InquiryRegister(Register):
    """Every question, the newest first; who asked is in none."""

    model = Inquiry
    page_title = _("Register of first inquiries")
    header_icon = "help"
    filterset_class = InquiryFilterSet
    default_ordering = ("-asked_on", "-pk")
    index_url_name = "hall_registers:inquiries"
    index_results_url_name = "hall_registers:inquiries_results"
    HEADINGS = HEADINGS
    unit = "inquiries"
    print_note = _("First-inquiry responsibility: who is asked first answers for it until somebody else has taken it.")
    while_empty = _("No question was written down yet. Write down what is asked: who is asked answers for it.")
    list_export = list(HEADINGS)
    export_headings = HEADINGS
    columns = [
        Column("linked_number" if name == "number" else name, label=label)
        for name, label in HEADINGS.items()
        if name not in ("answer", "shown_first")
    ]

    @cached_property
    def _calendar(self) -> WorkingCalendar:
        return WorkingCalendar()

    def rows_for(self, user: Any) -> QuerySet[Inquiry]:
        return Inquiry.objects.readable_by(user).select_related("item", "owner", "first_asked", "offered_to")

    def _note(self, due: date, *, is_late: bool) -> str:
        if is_late:
            return str(_("overdue"))
        return pgettext("deadline", "provisional") if is_provisional(due, self._calendar) else ""

    def shown(self, row: Inquiry) -> dict[str, Any]:
        due = row.due_on(self._calendar)
        is_late = row.state != Inquiry.State.ANSWERED and due < localdate()
        state = row.get_state_display()
        if row.offered_to is not None:
            state = f"{state}: {row.offered_to}"
        answered = f"{row.answered_on:%Y-%m-%d} {row.get_answered_by_display()}" if row.answered_on else ""
        address = reverse("hall_registers:inquiry", args=[row.pk])
        return {
            "linked_number": format_html('<a href="{}">{}</a>', address, row.number),
            "shown_asked": row.asked_on.isoformat(),
            "shown_item": row.item.name if row.item else "",
            "shown_first": str(row.first_asked),
            "shown_owner": str(row.owner),
            "shown_state": state,
            "shown_due": " ".join(filter(None, (f"{due:%Y-%m-%d}", self._note(due, is_late=is_late)))),
            "shown_answered": answered,
        }

    @property
    def header_more_buttons(self) -> list[Button]:
        new = Button(_("Write down a question"), url=reverse("hall_registers:ask"), icon_name="plus", priority=5)
        late = Button(_("Overdue"), url=f"?state={LATE}", icon_name="warning", priority=6)
        return [*super().header_more_buttons, new, late]

    def get_filename(self) -> str:
        return "first-inquiries"
