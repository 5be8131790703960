"""How acts stand in Wagtail's log: a label, and a sentence filled from what was logged."""

from collections import defaultdict
from typing import Any

from django.utils.functional import Promise
from wagtail.log_actions import LogFormatter


def register_act(actions: Any, action: str, label: str | Promise, words: str | Promise) -> None:
    """Register an act whose sentence takes its parts (`%(reason)s`) from the entry; one that is missing is empty."""

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return str(words) % defaultdict(str, log_entry.data)

    Formatter.label = label
    actions.register_action(action)(Formatter)
