"""The manual in public: which there are, and each of them as a PDF."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from intranet.access.tokens import AnyUser, tokens_of
from intranet.disclosure.models import GuidePage
from intranet.hall.manual.book import html_of, name_of
from intranet.hall.manual.kept import BeingPrinted, CannotBePrinted, printed
from intranet.hall.manual.reading import manual_of
from intranet.hall.trail import hall_trail
from intranet.organisation.models import Department
from search.views import mark_private

AGAIN_SECONDS = 3
"""After which the page of a book that is being printed asks for it again."""
LANGUAGES = dict(settings.CONTENT_LANGUAGES)


@dataclass(frozen=True, slots=True)
class Offer:
    """A department's manual, or the whole hall's where there is no department."""

    department: Department | None
    guides: int
    languages: list[tuple[str, str, int]]
    """Code and name of each language, and how many of the guides are in it."""


@require_safe
def manuals(request: HttpRequest) -> HttpResponse:
    """`GET /hall/manual/`: the manuals that this reader may have, with the number of guides in each."""
    context = {
        "offers": _offers_to(request.user),
        "trail": hall_trail(),
    }
    return mark_private(request, render(request, "hall/manual/manuals.html", context))


@require_safe
def manual(request: HttpRequest, language: str, code: str = "") -> HttpResponseBase:
    """`GET /hall/manual/[<code>/]<language>.pdf`: the book of today; while it is being printed, 202 and a page that
    asks again; 404 where no guide that this reader may read is in the language."""
    if language not in LANGUAGES:
        raise Http404
    department = get_object_or_404(Department, code=code) if code else None
    found = manual_of(tokens_of(request.user), language, department)
    if not found.has_anything_in_its_language:
        raise Http404
    try:
        book = printed(html_of(found))
    except BeingPrinted:
        return _later(request, "hall/manual/being_printed.html", 202, AGAIN_SECONDS)
    except CannotBePrinted as refused:
        return _later(request, "hall/manual/cannot_be_printed.html", 503, None, letters=refused.letters)
    etag = f'"{book.stem}"'
    unchanged = get_conditional_response(request, etag=etag, response=None)
    if unchanged is not None:
        return mark_private(request, unchanged)
    answer = FileResponse(book.open("rb"), content_type="application/pdf", filename=name_of(found))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = etag
    return mark_private(request, answer)


def _later(request: HttpRequest, template: str, status: int, seconds: int | None, **context: str) -> HttpResponse:
    response = mark_private(request, render(request, template, context, status=status))
    response["X-Robots-Tag"] = "noindex"
    if seconds:
        response["Refresh"] = str(seconds)
    return response


def _offers_to(user: AnyUser) -> list[Offer]:
    """The whole hall's, then each department's; empty where there is no guide."""
    readable = GuidePage.objects.readable_by(user)
    rows = readable.values_list("pk", "translation_of", "language", "department", "department__parent")
    by_unit: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    for pk, record, language, department, parent in rows:
        for unit in (None, parent or department):
            by_unit[unit].append((record or pk, language))
    if not by_unit:
        return []
    departments = Department.objects.filter(pk__in=[unit for unit in by_unit if unit])
    return [_offer(department, by_unit[department and department.pk]) for department in (None, *departments)]


def _offer(department: Department | None, guides: list[tuple[int, str]]) -> Offer:
    counts = Counter(language for _record, language in guides)
    languages = [(code, name, counts[code]) for code, name in LANGUAGES.items()]
    return Offer(department, len({record for record, _language in guides}), languages)
