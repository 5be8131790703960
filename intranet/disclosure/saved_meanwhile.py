"""Two people in one draft: neither text goes under the other unseen.

What is saved by itself while somebody types Wagtail refuses where a newer version exists. Who presses a button saves a
version of their own all the same: nothing that was written is lost. They are told whose version lies between, and what
they wanted to do with the draft next waits until they have seen it.
"""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, Revision

from intranet.disclosure.models import MatterPage

OWN = "own_revision_id"
FOLLOWS = "versions_that_follow"
"""In the session: of a version, by its primary key, the one that the same window has left for it."""
MOST_KEPT = 50


def save_beside_the_newer_version(request: HttpRequest, page: Page) -> None:
    """Save as a version of its own what would be written into one that is the newest no more."""
    written_into = request.POST.get("overwrite_revision_id", "")
    if not (written_into and _is_pressed(request, page)) or written_into == str(page.latest_revision_id):
        return
    posted = request.POST.copy()
    posted[OWN] = posted.pop("overwrite_revision_id")[0]
    request.POST = posted  # type: ignore[assignment]


def tell_of_the_other_version(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After a draft was saved that was saved by somebody else meanwhile: back to the editor, with whose version it is.

    None where there was nobody, so that what the button asked for goes on.
    """
    _keep_what_follows(request, page)
    if not _is_pressed(request, page) or (other := saved_meanwhile(request, page)) is None:
        return None
    told = _(
        "While you were writing, %(person)s saved a version, on %(moment)s. Both are kept. Yours is the newest now and "
        "has nothing of what the other one changed: compare them, take over what is missing, then go on."
    ) % {
        "person": other.user or _("the system"),
        "moment": date_format(localtime(other.created_at), "DATETIME_FORMAT"),
    }
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, other.pk, page.latest_revision_id])
    messages.warning(request, told, buttons=[messages.button(compared, _("Compare the two versions"))])
    return redirect("wagtailadmin_pages:edit", page.pk)


def saved_meanwhile(request: HttpRequest, page: Page) -> Revision | None:
    """The newest version that came between the one that the editor showed and the one that it has saved, if any."""
    loaded = page.revisions.defer("content").filter(pk=_key(request, "loaded_revision_id")).first()
    if loaded is None:
        return None
    # A version can have been written into since it was shown.
    since = parse_datetime(request.POST.get("loaded_revision_created_at", "")) or loaded.created_at
    own = {page.latest_revision_id, *_own_versions(request)}
    others = page.revisions.filter(created_at__gt=since).exclude(pk__in=own)
    return others.defer("content").select_related("user").order_by("created_at", "pk").last()


def _keep_what_follows(request: HttpRequest, page: Page) -> None:
    """Where a version could be written into no more and this window went on in another, note which one it left."""
    left = _written_into(request)
    if left is None or left == page.latest_revision_id:
        return
    follows = {**request.session.get(FOLLOWS, {}), str(page.latest_revision_id): left}
    request.session[FOLLOWS] = dict(list(follows.items())[-MOST_KEPT:])


def _own_versions(request: HttpRequest) -> Iterator[int]:
    """The versions that this window has written into, the newest first; those of another window are none of them."""
    follows = request.session.get(FOLLOWS, {})
    version = _written_into(request)
    for _step in range(MOST_KEPT):
        if version is None:
            return
        yield version
        version = follows.get(str(version))


def _written_into(request: HttpRequest) -> int | None:
    """The version that the window has written into last."""
    return _key(request, "overwrite_revision_id") or _key(request, OWN)


def _is_pressed(request: HttpRequest, page: Page) -> bool:
    """Whether a person has pressed a button of a matter's editor; what saves by itself asks for JSON."""
    return request.method == "POST" and request.accepts("text/html") and isinstance(page.specific, MatterPage)


def _key(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
