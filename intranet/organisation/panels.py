"""What the leading group's office is warned of on the admin's first page."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from intranet.organisation.vacancies import staffing


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
