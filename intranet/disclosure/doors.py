"""The doors on the public side: pages, attached documents, images and their renditions.

Each asks the one rule. Absent and forbidden look the same: 404.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from intranet.access.rule import readers_of
from intranet.access.tokens import PUBLIC, AnyUser, tokens_of
from intranet.disclosure.models import (
    AttachedDocument,
    DisclosedImage,
    DisclosedRendition,
    Ending,
    MatterPage,
    PublicCopy,
)
from intranet.disclosure.particulars.files import table_file
from intranet.disclosure.presentation import relation_rows, relations, table_lines
from intranet.disclosure.public_copies import copy_of
from intranet.disclosure.readings import record_reading
from intranet.disclosure.validity.life import successor_of
from intranet.disclosure.validity.reading import facts_of

EDITORS = ["add", "change", "choose", "delete"]
AVATARS = "avatar_images/"
HOME_SLUG = "home"
"""The slug of the home page, where every address in the tree begins."""


def check_page(page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any) -> HttpResponse | None:
    """Before a page is served: let readers pass, tell former readers of a withdrawal, 404 for everyone else."""
    user = _user(request)
    readers = readers_of(page)
    if not readers.isdisjoint(tokens_of(user)):
        request.is_public_page = PUBLIC in readers  # type: ignore[attr-defined]
        record_reading(page, by=user, readers=readers)
        return None
    if isinstance(page, MatterPage) and was_read_by(user, page):
        return keep_private(gone(request, page))
    raise Http404


def was_read_by(user: AnyUser, matter: MatterPage) -> bool:
    """Whether the matter was taken down and the user could read it: such a reader is told when and why."""
    return not matter.former_reader_tokens().isdisjoint(tokens_of(user))


def matter_at(request: HttpRequest, path: str) -> HttpResponseBase:
    """`/<side>/<department>/<category>/<slug>/`: the matter by its whole address, without walking the tree to it.

    From there on it is Wagtail's own serving, hooks and all.
    """
    request._wagtail_route_for_request = _route(request, path)  # type: ignore[attr-defined]
    return serve(request, path)


def matter_of_address(path: str) -> MatterPage | None:
    """The matter at `<side>/<department>/<category>/<slug>`, whoever may read it."""
    address = f"/{HOME_SLUG}/{path.strip('/')}/"
    found = MatterPage.objects.filter(url_path=address).values_list("pk", "content_type_id").first()
    model = ContentType.objects.get_for_id(found[1]).model_class() if found else None
    if found is None or model is None or not issubclass(model, MatterPage):
        return None
    return model._default_manager.select_related("category", "department").get(pk=found[0])


def _route(request: HttpRequest, path: str) -> RouteResult | None:
    matter = matter_of_address(path)
    try:
        return matter.route(request, []) if matter else None
    except Http404:
        return None


@require_safe
def table_of_matter(request: HttpRequest, path: str, code: str) -> HttpResponse:
    """`/<side>/<department>/<category>/<slug>/<code>.csv`: a table of the matter as a file, through its own door."""
    route = _route(request, path)
    if route is None or not isinstance(route.page, MatterPage):
        raise Http404
    matter = route.page
    if answer := check_page(matter, request, [], {}):
        return answer
    lines = table_lines(matter, code)
    if lines is None:
        raise Http404
    response = HttpResponse(table_file(lines), content_type="text/csv; charset=utf-8")
    name = f"{matter.title[:60]}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    guard_response(response, is_public=getattr(request, "is_public_page", False) and request.user.is_anonymous)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def gone(request: HttpRequest, matter: MatterPage) -> HttpResponse:
    """410 with a plain notice: that it is disclosed no more, since when and why; not what it said."""
    named = {
        relation.matter.pk: relation.matter for relation in relations(matter, relation_rows(matter), _user(request))
    }
    successor = successor_of(facts_of(matter), named, timezone.localdate())
    context = {
        "matter_title": matter.index_number or matter.document_number,
        "withdrawn_on": matter.withdrawn_at,
        "is_retention": matter.ending == Ending.RETENTION,
        "is_review": matter.ending == Ending.REVIEW,
        "reason": matter.withdrawal_reason,
        "successor_url": successor.matter.url if successor else "",
        "history_url": f"{matter.url}history/",
    }
    return render(request, "410.html", context, status=410)


def is_editor(user: AnyUser, file: AttachedDocument | DisclosedImage) -> bool:
    """Whether the user works on the file, and may therefore have it as it was uploaded."""
    return user.is_authenticated and policy_registry.get(file).user_has_any_permission_for_instance(user, EDITORS, file)


def check_document(document: AttachedDocument, request: HttpRequest) -> None:
    """Before a document is served: have Wagtail serve what readers get of it, under the document's own name."""
    user = _user(request)
    readers = _readers_for(user, document)
    copy = _served_copy(user, document)
    if copy and copy.file:
        document.file, document.file_hash = copy.file.name, copy.content_hash[:40]
    record_reading(document, by=user, readers=readers)


def _readers_for(user: AnyUser, file: AttachedDocument | DisclosedImage) -> frozenset[str]:
    """The file's readers, where the user is one, or works on it, and may have what they get of it; or 404."""
    readers = readers_of(file)
    if readers.isdisjoint(tokens_of(user)) and not is_editor(user, file):
        raise Http404
    return readers


def _served_copy(user: AnyUser, file: AttachedDocument | DisclosedImage) -> PublicCopy | None:
    """What readers get of the file; None where that is not settled, and its editor sees what was uploaded; or 404."""
    copy = copy_of(file)
    if copy is None and not is_editor(user, file):
        raise Http404
    return copy


@require_safe
def stored_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """`/files/<path>`: an image, a rendition or a document by its stored name, through the same door."""
    thing: Any = (
        DisclosedRendition.objects.filter(file=path).select_related("image").first()
        or DisclosedImage.objects.filter(file=path).first()
        or AttachedDocument.objects.filter(file=path).first()
    )
    if thing is None:
        return _avatar(request, path)
    user = _user(request)
    owner = thing.image if isinstance(thing, DisclosedRendition) else thing
    readers = _readers_for(user, owner)
    served = thing.file
    if not isinstance(thing, DisclosedRendition):  # which is made anew from the pixels alone
        copy = _served_copy(user, thing)
        served = copy.served if copy else thing.file
    try:
        handle = served.storage.open(served.name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    record_reading(owner, by=user, readers=readers)
    is_image = not isinstance(thing, AttachedDocument) and not path.lower().endswith(".svg")
    response = FileResponse(handle, as_attachment=not is_image, filename=path.rpartition("/")[2])
    return guard_response(response, is_public=PUBLIC in readers)


def _avatar(request: HttpRequest, path: str) -> HttpResponseBase:
    from wagtail.users.models import UserProfile

    profile = UserProfile.objects.filter(avatar=path).first() if path.startswith(AVATARS) else None
    if profile is None or not request.user.is_authenticated:
        raise Http404
    response = FileResponse(profile.avatar.open("rb"), filename=path.rpartition("/")[2])
    return guard_response(response, is_public=False)


def guard_response(response: HttpResponseBase, *, is_public: bool) -> HttpResponseBase:
    """No sniffing; nobody between us and the reader keeps what is not the public's."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
    if is_public:
        patch_cache_control(response, public=True, max_age=300)
    else:
        patch_cache_control(response, private=True, no_store=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def keep_private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_store=True)
    return response


def _user(request: HttpRequest) -> AnyUser:
    return request.user


@require_safe
def original_file(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The document as it was uploaded, for its editors."""
    document = get_object_or_404(AttachedDocument, pk=document_id)
    if not is_editor(_user(request), document):
        raise Http404
    response = FileResponse(document.file.open("rb"), as_attachment=True, filename=document.filename)
    record_reading(document, by=_user(request))
    return guard_response(response, is_public=False)
