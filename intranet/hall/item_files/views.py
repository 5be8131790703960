"""The list of items in the admin as a file: taken away, and taken in after a look at what it would change."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intranet.hall.item_files.applying import PlanChanged, look_at, take_in
from intranet.hall.item_files.forms import FileForm, opened, sealed
from intranet.hall.item_files.planning import Plan
from intranet.hall.item_files.tables import Rows
from intranet.hall.item_files.writing import FORMATS, file_of_items, template
from intranet.hall.models import ServiceItem
from intranet.organisation.models import User
from intranet.refusals import Refused

NEEDED = tuple(f"hall.{act}_{kind}" for kind in ("serviceitem", "itemversion") for act in ("add", "change"))


def keeps_items(user: Any) -> bool:
    """Whether the user enters and changes items and their versions."""
    return isinstance(user, User) and user.is_active and user.has_perms(NEEDED)


def keeper_of(request: HttpRequest) -> User:
    """Who asks; `PermissionDenied` for whoever keeps no items."""
    if not isinstance(request.user, User) or not keeps_items(request.user):
        raise PermissionDenied
    return request.user


def import_items(request: HttpRequest) -> HttpResponse:
    """Asks for a file, and shows what it would change; nothing is written."""
    user = keeper_of(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _screen(request, form)
    rows: Rows = form.cleaned_data["rows"]
    return _shown(request, rows, look_at(rows, by=user), form.cleaned_data["file"].name)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Does what was shown; where it would be something else by now, that is shown."""
    user = keeper_of(request)
    form = FileForm()
    try:
        rows, digest, name = opened(request.POST.get("seen", ""), by=user)
    except ValidationError as error:
        return _screen(request, form, refused=error.messages)
    try:
        plan = take_in(rows, by=user, looked_at=digest, file_name=name)
    except PlanChanged as changed:
        messages.warning(request, _("The items have been changed meanwhile. Look at what the file would do now."))
        return _shown(request, rows, changed.plan, name)
    except Refused as refused:
        return _screen(request, form, refused=refused.reasons)
    words = _("Taken in: %(created)d items created, %(changed)d changed, %(unchanged)d unchanged.")
    messages.success(request, words % plan.counts)
    return redirect(ServiceItem.snippet_viewset.get_url_name("list"))


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Every item as a file that can be taken in again."""
    keeper_of(request)
    return _file(kind, file_of_items, f"service-items-{timezone.localdate():%Y%m%d}")


@require_safe
def empty(request: HttpRequest, kind: str) -> HttpResponse:
    """The template."""
    keeper_of(request)
    return _file(kind, template, "service-items")


def _file(kind: str, made: Any, name: str) -> HttpResponse:
    if kind not in FORMATS:
        raise Http404
    response = HttpResponse(made(kind), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _shown(request: HttpRequest, rows: Rows, plan: Plan, name: str) -> HttpResponse:
    seen = sealed(rows, digest=plan.digest, name=name, by=keeper_of(request)) if plan.does_something else ""
    refused = (
        [_("The file is too large to be looked at; send it in parts.")] if plan.does_something and not seen else []
    )
    return _screen(request, FileForm(), plan=plan, seen=seen, name=name, refused=refused)


def _screen(request: HttpRequest, form: FileForm, **said: Any) -> HttpResponse:
    return render(request, "hall/item_files/import.html", {"form": form, "kinds": list(FORMATS), **said})
