"""The written notices of a case as paper, printed by who handles it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from intranet.audit.recording import record
from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.printing.pdf import pdf_of
from intranet.hall.progress.papers import paper_called, papers_to_hand_over


@require_safe
@cache_control(private=True, no_store=True)
def paper(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """The notice as a PDF in the portal's own language; logged, because it names the applicant.

    Source: Administrative Licensing Law, articles 32, 38, 42 and 45: the applicant is told in writing.
    """
    user = person_of(request)
    case = case_for(user, number)
    with translation.override(settings.LANGUAGE_CODE):
        found = paper_called(papers_to_hand_over(case), key)
        if found is None:
            raise Http404
        context = {"case": case, "paper": found, "printed_at": timezone.localtime(), "language": settings.LANGUAGE_CODE}
        html = render_to_string("hall/desk/paper.html", context, request)
    record("hall.paper", thing=case, person=user, facts={"paper": found.key})
    response = HttpResponse(pdf_of(html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.number}-{found.key}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
