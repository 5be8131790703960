"""Liveness and readiness."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import readiness

PLAIN = "text/plain; charset=utf-8"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type=PLAIN)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """A line for each dependency; 503 while one that is needed is not well."""
    lines = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        lines.append(readiness.Line("database", True, "answers"))
        lines += readiness.lines()
    except DatabaseError as error:
        lines.append(readiness.Line("database", False, type(error).__name__))
    text = "".join(f"{'ok' if line.ok else 'FAIL'} {line.name}: {line.text}\n" for line in lines)
    return HttpResponse(text, content_type=PLAIN, status=200 if all(line.ok for line in lines) else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Robots read what the public reads; result pages are no content of their own."""
    address = request.build_absolute_uri("/sitemap.xml")
    kept_off = "".join(f"Disallow: {path}\n" for path in ("/search/", "/api/", "/admin/", "/progress/"))
    text = f"User-agent: *\n{kept_off}Sitemap: {address}\n"
    return HttpResponse(text, content_type=PLAIN)
