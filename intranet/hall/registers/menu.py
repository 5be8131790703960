"""What is due and the registers in the hall's menu, for who reads cases."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intranet.access.handling import reads_cases
from intranet.hall.due_cases.views import sees_moved


class RegisterItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reads_cases(request.user)


class MovedItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_moved(request.user)


def register_items() -> Iterator[MenuItem]:
    """An item for each register, below the hall's own lists."""
    for order, (name, label, icon) in enumerate(
        (
            ("hall_due:due", _("Due at the hall"), "time"),
            ("hall_due:moved", _("Days moved by the calendar"), "calendar-alt"),
            ("hall_registers:notices", _("One-time notifications"), "doc-full"),
            ("hall_registers:filings", _("Refusals filed"), "cross"),
            ("hall_registers:inquiries", _("First inquiries"), "help"),
        ),
        start=60,
    ):
        key = name.replace(":", "-").replace("_", "-")
        kind = MovedItem if name == "hall_due:moved" else RegisterItem
        yield kind(label, reverse_lazy(name), name=key, icon_name=icon, order=order)
