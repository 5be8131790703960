"""What every page's frame shows."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from home.models import BureauSettings
from intranet.access.rights import works_at_the_desk


@dataclass(frozen=True, slots=True)
class NavigationItem:
    label: str
    url: str
    is_current: bool


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The main navigation, and the bureau's name and address for header, footer and print."""
    entries = [
        (_("Home"), "/"),
        (_("Catalogue"), reverse("catalogue:index")),
        (_("Hall"), reverse("hall:home")),
        (_("Departments"), reverse("departments:index")),
        (_("Search"), reverse("search:results")),
    ]
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        entries.append((_("Intranet"), reverse("intranet:home")))
    items = [NavigationItem(label, url, _is_current(request.path, url)) for label, url in entries]
    return {
        "navigation": items,
        "bureau": SimpleLazyObject(lambda: bureau_of(request)),
        "works_at_the_desk": user is not None and works_at_the_desk(user),
    }


BUREAU_KEY = "bureau-settings"
BUREAU_SECONDS = 60


def bureau_of(request: HttpRequest) -> BureauSettings:
    """The bureau's name and address; the same on every page, so read once a minute and when it changes."""
    found = cache.get(BUREAU_KEY)
    if found is None:
        found = BureauSettings.load(request_or_site=request)
        cache.set(BUREAU_KEY, found, BUREAU_SECONDS)
    return found


OF_THE_HALL = ("hall:fees", "hall_progress")
"""The hall's pages that lie beside its address."""


def _is_current(path: str, url: str) -> bool:
    if url == reverse("hall:home") and path.startswith(tuple(map(reverse, OF_THE_HALL))):
        return True
    return path == url if url == "/" else path.startswith(url)
