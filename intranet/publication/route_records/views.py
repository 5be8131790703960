"""The screens of records and objections."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.auth import permission_denied

from intranet.access.rule import can_read
from intranet.disclosure.doors import guard_response
from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import User
from intranet.publication.approval import current_step, reasons_against_person
from intranet.publication.models import RouteRecord
from intranet.publication.naming import names_for
from intranet.publication.route_records.forms import (
    DecisionRecordForm,
    NoticeRecordForm,
    ObjectionDecisionForm,
    ObjectionEntryForm,
    ObjectionForm,
)
from intranet.publication.route_records.notice_period import notice_of
from intranet.publication.route_records.objections import (
    ObjectionRefused,
    decide_objection,
    enter_objection,
    handles,
    handles_any,
    objections_handled_by,
    objector_shown_to,
    raise_objection,
    takes_objections,
    was_announced,
)
from intranet.publication.route_records.recording import (
    Kind,
    RecordRefused,
    kinds_asked,
    may_record,
    may_record_notice,
    missing_records,
    possible_notices,
    record_decision,
    record_notice,
    records_of,
)


def records(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the matter's route asks for, what is on record, and the forms to record it."""
    matter = _matter(page_id)
    user = _person(request)
    if not may_record(matter, user):
        raise Http404
    asked = kinds_asked(matter)
    decisions = [kind for kind in asked if kind != Kind.NOTICE]
    is_notice = request.method == "POST" and "notice" in request.POST
    posted = request.POST if request.method == "POST" else None
    decision_form = DecisionRecordForm(None if is_notice else posted, request.FILES or None, kinds=decisions)
    notices, is_replacement = possible_notices(matter), notice_of(matter) is not None
    notice_form = NoticeRecordForm(
        posted if is_notice else None, names=names_for(user, notices), is_replacement=is_replacement
    )
    form = notice_form if is_notice else decision_form
    if request.method == "POST" and form.is_valid():
        try:
            _record(matter, form, user)
        except RecordRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Put on record."))
            return redirect("publication:records", matter.pk)
    context = {
        "matter": matter,
        "name": names_for(user, [matter])[matter.pk],
        "records": records_of(matter, reader=user),
        "missing": list(missing_records(matter)),
        "decision_form": decision_form if decisions else None,
        "notice_form": notice_form if Kind.NOTICE in asked else None,
        "has_notices": bool(notices),
        "may_record_notice": may_record_notice(matter, user),
    }
    return render(request, "publication/records/records.html", context)


@transaction.atomic
def _record(matter: MatterPage, form: DecisionRecordForm | NoticeRecordForm, by: User) -> None:
    if isinstance(form, NoticeRecordForm):
        record_notice(matter, by=by, **form.cleaned_data)
        return
    chosen = form.cleaned_data
    document = None
    if minutes := chosen.pop("minutes"):
        document = AttachedDocument(title=minutes.name, collection=collection_of(matter.department), file=minutes)
        document.uploaded_by_user = by
        document.save()
    record_decision(matter, document=document, by=by, **chosen)


def record_file(request: HttpRequest, record_id: int) -> HttpResponseBase:
    """The minutes, for those who work on the matter and those who decide on it now."""
    found = get_object_or_404(RouteRecord.objects.exclude(document=None), pk=record_id)
    matter, user = found.matter.specific, _person(request)
    step = current_step(matter)
    decides = step is not None and not reasons_against_person(step, by=user)
    if not (may_record(matter, user) or decides) or found.document is None:
        raise Http404
    response = FileResponse(found.document.file.open("rb"), as_attachment=True, filename=found.document.filename)
    return guard_response(response, is_public=False)


def object_to(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A reader's objection to a notice while its period runs."""
    notice = _matter(notice_id)
    if not can_read(request.user, notice) or not takes_objections(notice):
        raise Http404
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            raise_objection(notice, text=form.cleaned_data["text"], by=request.user)
        except ObjectionRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            return render(request, "publication/records/objected.html", {"notice": notice})
    return render(request, "publication/records/object.html", {"notice": notice, "form": form})


def objections(request: HttpRequest) -> HttpResponseBase:
    """The objections that the person handles, undecided ones first."""
    user = _person(request)
    found = list(objections_handled_by(user))
    if not handles_any(user):
        return permission_denied(request)
    names = names_for(user, [each.notice for each in found])
    context = {
        "undecided": [(each, names[each.notice_id]) for each in found if each.is_undecided],
        "decided": [(each, names[each.notice_id]) for each in reversed(found) if not each.is_undecided],
    }
    return render(request, "publication/records/objections.html", context)


def objection(request: HttpRequest, objection_id: int) -> HttpResponse:
    """One objection, and its decision."""
    user = _person(request)
    found = get_object_or_404(objections_handled_by(user), pk=objection_id)
    form = ObjectionDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_objection(found, by=user, **form.cleaned_data)
        except ObjectionRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Decided."))
            return redirect("publication:objections")
    context = {
        "objection": found,
        "name": names_for(user, [found.notice])[found.notice_id],
        "form": form,
        "objector": objector_shown_to(user, found),
    }
    return render(request, "publication/records/objection.html", context)


def enter(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Enter an objection that came by letter, by phone or in person."""
    notice, user = _matter(notice_id), _person(request)
    if not (handles(notice, user) and was_announced(notice)):
        raise Http404
    form = ObjectionEntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            enter_objection(notice, by=user, **form.cleaned_data)
        except ObjectionRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Entered."))
            return redirect("publication:objections")
    context = {"name": names_for(user, [notice])[notice.pk], "form": form}
    return render(request, "publication/records/enter.html", context)


def _matter(page_id: int) -> MatterPage:
    return get_object_or_404(MatterPage, pk=page_id).specific


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user
