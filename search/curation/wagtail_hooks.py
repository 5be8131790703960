"""Registrations in the Wagtail admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from intranet.audit.wording import Fact, register_facts
from search.curation import log, views
from search.curation.keepers import NothingVanishes, keeps_search
from search.curation.models import QueryRule, Synonyms
from search.curation.viewsets import CurationGroup

for model in (Synonyms, QueryRule):
    register_permission_policy(model, NothingVanishes(model))
register_snippet(CurationGroup)


@hooks.register("register_admin_urls")
def curation_urls() -> list:
    return [
        path("search-curation/try/", views.try_query, name="curation_try"),
        path("search-curation/history/", views.history, name="curation_history"),
    ]


class KeepersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_search(request.user)


@hooks.register("construct_settings_menu")
def hide_promotions_of_wagtail(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's own promoted results know neither reason nor dates, and no page of results here asks for them."""
    items[:] = [item for item in items if item.name != "promoted-search-results"]


@hooks.register(CurationGroup.submenu_hook)
def try_item() -> MenuItem:
    return KeepersItem(_("Try a query"), reverse("curation_try"), name="curation-try", icon_name="view", order=10)


@hooks.register(CurationGroup.submenu_hook)
def history_item() -> MenuItem:
    return KeepersItem(_("Log"), reverse("curation_history"), name="curation-history", icon_name="history", order=40)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(log.ADDED)(log.Added)
    actions.register_action(log.CHANGED)(log.Changed)
    register_facts(
        "curation",
        facts={
            "entry": _("entry"),
            "in_force": _("in use"),
            "kind": Fact(_("kind"), dict(Synonyms.Kind.choices)),
            "match": Fact(_("applies to"), dict(QueryRule.Match.choices)),
            "starts_on": _("first day"),
            "ends_on": _("last day"),
        },
    )
