"""Registrations in the Wagtail admin: how shares stand in the log."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    @actions.register_action("gongkai.share")
    class Share(LogFormatter):
        label = gettext_lazy("Share")

        def format_message(self, log_entry: Any) -> str:
            return _("Named as reader: %(name)s") % {"name": log_entry.data.get("with", "")}

    @actions.register_action("gongkai.unshare")
    class Unshare(LogFormatter):
        label = gettext_lazy("End sharing")

        def format_message(self, log_entry: Any) -> str:
            return _("No longer named as reader: %(name)s") % {"name": log_entry.data.get("with", "")}
