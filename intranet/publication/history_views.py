"""The public page of a matter's versions, and the text of an earlier one, behind the matter's own door."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from intranet.access.rule import can_read, readers_of
from intranet.access.tokens import PUBLIC
from intranet.disclosure.attachments import documents_of
from intranet.disclosure.doors import check_page, keep_private, matter_of_address, was_read_by
from intranet.disclosure.models import MatterPage
from intranet.publication.history import Version, told_to


@require_safe
def history(request: HttpRequest, path: str) -> HttpResponse:
    """`<address of a matter>/history/`: which versions were live from when to when, and what ended them.

    Whoever could read a withdrawn matter reads this too, without texts. 404 for everybody else.
    """
    matter = _matter(request, path)
    is_open = can_read(request.user, matter)
    rows = [(version, is_open and version.is_open_to(request.user)) for version in told_to(request.user, matter)]
    context = {"matter": matter, "rows": rows, "is_open": is_open}
    return _guarded(request, matter, render(request, "publication/history.html", context))


@require_safe
def earlier_version(request: HttpRequest, path: str, revision: str) -> HttpResponse:
    """The text of a version that a corrected one replaced, for who may read the matter now and might then."""
    matter = _matter(request, path)
    if not can_read(request.user, matter):
        raise Http404
    for version in told_to(request.user, matter):
        if str(version.revision.pk) == revision and version.is_open_to(request.user):
            return _guarded(request, matter, _rendered(request, matter, version))
    raise Http404


def _rendered(request: HttpRequest, matter: MatterPage, version: Version) -> HttpResponse:
    """Files that the live version uses no more are nobody's any more, and are not offered."""
    page = version.revision.as_object()
    fetched = {document.pk for document in documents_of(page) if can_read(request.user, document)}
    page.body = list(_body(request, page, fetched))
    context = page.get_context(request)
    context |= {
        "life": None,
        "corrections": [],
        "relations": [],
        "translations": [],
        "attachments": [row for row in page.attachments.all() if row.document_id in fetched],
        "earlier": version,
        "current": matter,
    }
    response = render(request, page.get_template(request), context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _body(request: HttpRequest, page: MatterPage, fetched: set[int]) -> Iterator[tuple[str, Any]]:
    """The body without files and images that the reader can fetch no more."""
    for block in page.body:
        match block.block_type:
            case "files":
                yield block.block_type, [file for file in block.value if file and file.pk in fetched]
            case "figure":
                if can_read(request.user, block.value["image"]):
                    yield block.block_type, block.value
            case _:
                yield block.block_type, block.value


def _matter(request: HttpRequest, path: str) -> MatterPage:
    matter = matter_of_address(path)
    if matter is None:
        raise Http404
    if not was_read_by(request.user, matter):
        check_page(matter, request, [], {})
    return matter


def _guarded(request: HttpRequest, matter: MatterPage, response: HttpResponse) -> HttpResponse:
    if PUBLIC not in readers_of(matter) or request.user.is_authenticated:
        keep_private(response)
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
