"""The fees' registrations in the Wagtail admin."""

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from intranet.audit.wording import register_act
from intranet.hall.fees import admin_views


@hooks.register("register_log_actions")
def fee_log_actions(actions: Any) -> None:
    words = _("Price audit %(audit)s holds no more from %(on)s: %(reason)s")
    register_act(actions, "hall.audit_lost", _("Price audit lost"), words)
    words = _("The loss of price audit %(audit)s was a mistake: %(reason)s")
    register_act(actions, "hall.audit_loss_taken_back", _("Loss of a price audit taken back"), words)


@hooks.register("register_admin_urls")
def fee_urls() -> list:
    patterns = [
        path("", admin_views.fee_list, name="list"),
        path("<int:matter_id>/lost/", admin_views.audit_lost, name="lost"),
        path("<int:matter_id>/lost/taken-back/", admin_views.loss_taken_back, name="taken_back"),
    ]
    return [path("fees/", include((patterns, "hall_fees"), namespace="hall_fees"))]


@hooks.register("register_reports_menu_item")
def fees_item() -> MenuItem:
    return MenuItem(_("Fees"), reverse_lazy("hall_fees:list"), name="fees", icon_name="decimal", order=697)
