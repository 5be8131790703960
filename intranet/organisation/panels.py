"""What the leading group's office is warned of on the admin's first page."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from intranet.organisation.vacancies import staffing
from intranet.organisation.working_days import years_to_enter


class VacanciesPanel(Component):
    """Departments without a head or a liaison officer, or with two heads; shown to who keeps the posts."""

    name = "vacancies"
    template_name = "organisation/vacancies_panel.html"
    order = 40

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        if not parent_context["request"].user.has_perm("organisation.add_post"):
            return {"keeps_posts": False}
        found = staffing()
        return {"keeps_posts": True, "vacancies": found.vacancies, "several_heads": found.several_heads}


class CalendarPanel(Component):
    """The years whose holidays nobody has entered, shown to who keeps the calendar while deadlines run into them."""

    name = "calendar"
    template_name = "organisation/calendar_panel.html"
    order = 35

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        keeps_calendar = parent_context["request"].user.has_perm("organisation.add_calendarday")
        return {"years": years_to_enter(on=timezone.localdate()) if keeps_calendar else []}
