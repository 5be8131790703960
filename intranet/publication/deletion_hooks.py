"""A matter on which a secrecy review has concluded is not deleted: the conclusion is about something."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from intranet.publication.models import SecrecyReview


def keep_what_was_reviewed(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's question before it deletes a page."""
    return _refusal(request, [page])


def keep_what_was_reviewed_of_many(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Wagtail's question before it does something to many."""
    return _refusal(request, objects) if action_type == "delete" else None


def _refusal(request: HttpRequest, things: list[Any]) -> HttpResponse | None:
    keys = [thing.pk for thing in things if isinstance(thing, Page)]
    if not keys or not SecrecyReview.objects.filter(matter__in=keys).exists():
        return None
    messages.error(
        request, _("A secrecy review has concluded on it: it stays, with its conclusion, and goes no further.")
    )
    return redirect("wagtailadmin_home")
