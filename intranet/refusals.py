"""What everything raises that somebody asked for and may not have, or not now."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


class Refused(PermissionDenied):
    """It was not done; `reasons` say why, in words for the person who asked. Nothing has changed."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))

    def tell(self, request: HttpRequest) -> None:
        """Say the reasons above the page that comes next."""
        for reason in self.reasons:
            messages.error(request, reason)
