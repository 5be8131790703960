"""Registrations with Wagtail: how an export stands in the audit log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from intranet.audit.wording import Fact, register_act, register_facts
from intranet.disclosure.models import Side


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    register_act(actions, "matters.export", _("Matters exported"))
    register_facts(
        "matters.export",
        facts={
            "audience": Fact(_("side of the catalogue"), dict(Side.choices)),
            "drafts": _("with drafts"),
            "files": _("with files"),
            "originals": _("with files as they were uploaded"),
        },
    )
