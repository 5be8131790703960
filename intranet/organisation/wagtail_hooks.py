"""Registrations in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from intranet.organisation.panels import VacanciesPanel
from intranet.organisation.viewsets import OrganisationGroup

register_snippet(OrganisationGroup)


@hooks.register("construct_homepage_panels", order=300)
def warn_of_vacancies(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(VacanciesPanel())
