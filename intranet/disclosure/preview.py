"""The preview of a draft, by the eyes of those who will read it, and on paper."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from intranet.access.tokens import AnyCadre, AnyUser, tokens_of

DRAFT, PUBLIC, CADRE, COLLEAGUE, PRINT = "", "public", "cadre", "colleague", "print"
MODES = [
    (DRAFT, _("The draft")),
    (PUBLIC, _("As the public sees it")),
    (CADRE, _("As a cadre of the bureau sees it")),
    (COLLEAGUE, _("As a cadre of its department sees it")),
    (PRINT, _("In print")),
]
"""Phone, tablet and desk width are Wagtail's sizes of the frame, in each of these."""


class PreviewedAs:
    """A page whose preview shows what a reader gets once it is live: nothing at all to whom it is not for.

    Who may open a preview is decided by Wagtail's views, which give it to editors alone, and by the screens of the
    review; by whose eyes it is shown changes only what is on it.
    """

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return MODES

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        reader = _reader(self, mode_name)
        if reader is not None:
            request.user = reader
            if tokens_of(reader).isdisjoint(self.tokens_if_disclosed(shares=tuple)):  # type: ignore[attr-defined]
                return _nothing(request, self, mode_name)
        return super().serve_preview(request, mode_name)  # type: ignore[misc]


def _reader(matter: Any, mode: str) -> AnyUser | None:
    readers = {PUBLIC: AnonymousUser(), CADRE: AnyCadre(), COLLEAGUE: AnyCadre(matter.department.code)}
    return readers.get(mode)


def _nothing(request: HttpRequest, matter: Any, mode: str) -> HttpResponse:
    context = {"audience": matter.get_visibility_display(), "mode": dict(MODES)[mode]}
    return render(request, "disclosure/preview_nothing.html", context)
