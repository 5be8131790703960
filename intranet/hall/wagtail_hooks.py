"""Registrations in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from intranet.hall.fees import admin_hooks as fee_hooks  # noqa: F401
from intranet.hall.figures import admin_hooks as figure_hooks  # noqa: F401
from intranet.hall.models import Act
from intranet.hall.viewsets import HallGroup

register_snippet(HallGroup)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    for act in Act:
        actions.register_action(f"hall.{act.value}", act.label, act.label)
    actions.register_action("hall.repeated", _("Refused a repeated application"), _("Refused a repeated application"))
    actions.register_action("hall.unmasked", _("Saw an applicant in full"), _("Saw an applicant in full"))
