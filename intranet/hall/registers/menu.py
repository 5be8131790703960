"""The registers in the hall's menu, for who reads cases."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from intranet.hall.registers.register import reads_registers


class RegisterItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reads_registers(request.user)


def register_items() -> Iterator[MenuItem]:
    """An item for each register, below the hall's own lists."""
    for order, (name, label, icon) in enumerate(
        (
            ("notices", _("One-time notifications"), "doc-full"),
            ("filings", _("Refusals filed"), "cross"),
            ("inquiries", _("First inquiries"), "help"),
        ),
        start=60,
    ):
        yield RegisterItem(
            label, reverse_lazy(f"hall_registers:{name}"), name=f"hall-{name}", icon_name=icon, order=order
        )
