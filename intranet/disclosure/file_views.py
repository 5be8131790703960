"""The screens about files in the admin: what needs attention, and one file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.disclosure.attachments import answers_for_documents, documents_answered_for, in_need_of_attention
from intranet.disclosure.doors import is_editor
from intranet.disclosure.file_states import state_of, states_of
from intranet.disclosure.models import AttachedDocument
from intranet.disclosure.public_copies import hand_out_as_it_is
from intranet.organisation.models import User

PER_PAGE = 25


def files(request: HttpRequest) -> HttpResponse:
    """The files that the user answers for: those that need attention, or with `all=1` every one."""
    user: User = request.user  # type: ignore[assignment]
    if not answers_for_documents(user):
        raise PermissionDenied
    answered_for = documents_answered_for(user)
    troubled = in_need_of_attention(answered_for)
    shows_all = "all" in request.GET
    chosen = answered_for if shows_all else troubled
    page = Paginator(chosen.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page": page,
        "states": states_of(list(page.object_list)),
        "shows_all": shows_all,
        "number": answered_for.count(),
        "troubled_number": troubled.count(),
    }
    return render(request, "disclosure/admin/files.html", context)


def file(request: HttpRequest, document_id: int) -> HttpResponse:
    """One file: what search reads, what readers get, and the original."""
    document = _document(request, document_id)
    context = {"state": state_of(document), "is_editor": is_editor(request.user, document)}
    return render(request, "disclosure/admin/file.html", context)


@require_POST
def hand_out(request: HttpRequest, document_id: int) -> HttpResponse:
    """Let readers have a withheld file as it is; its editors alone can vouch for it."""
    document = _document(request, document_id)
    copy = state_of(document).copy
    if copy is None or not copy.is_withheld or not is_editor(request.user, document):
        raise Http404
    user: User = request.user  # type: ignore[assignment]
    hand_out_as_it_is(copy, by=user)
    messages.success(request, _("Readers get the file “%(title)s” as it is.") % {"title": document.title})
    return redirect("disclosure:file", document.pk)


def _document(request: HttpRequest, document_id: int) -> AttachedDocument:
    user: User = request.user  # type: ignore[assignment]
    if not answers_for_documents(user):
        raise Http404
    return get_object_or_404(documents_answered_for(user), pk=document_id)
