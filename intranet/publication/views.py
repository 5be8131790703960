"""The decision screen, submission and timeline in the admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.disclosure.comparison import differences
from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import MatterPage
from intranet.disclosure.written_into import is_as_seen, mark_of
from intranet.organisation.models import User
from intranet.publication.approval import (
    ApprovalRefused,
    already_decided,
    approve,
    clear,
    in_other_hands,
    reject,
    return_to_author,
)
from intranet.publication.deadlines import due_on
from intranet.publication.deciders import find_deciders
from intranet.publication.forms import (
    DecisionForm,
    HandOverForm,
    SecrecyReviewForm,
    SubmissionForm,
)
from intranet.publication.models import MatterTaskState, SecrecyReviewTask
from intranet.publication.release import is_owed
from intranet.publication.route_records.recording import kinds_asked, records_of
from intranet.publication.scrutiny.checks import findings_in
from intranet.publication.scrutiny.explanations import explanation_of
from intranet.publication.secrecy.in_part import disclose_in_part, files_of
from intranet.publication.submission import SubmissionRefused, reasons_against_person, submit
from intranet.publication.timeline import timeline_of
from intranet.publication.withdrawal import translations_taken_along

DECISIONS: dict[str, Any] = {
    DecisionForm.APPROVE: lambda matter, by, form: _approve(matter, by, form),
    DecisionForm.RETURN: lambda matter, by, form: return_to_author(matter, by=by, comment=form.cleaned_data["comment"]),
    DecisionForm.REJECT: lambda matter, by, form: reject(
        matter, by=by, reason=form.cleaned_data["comment"], basis=form.cleaned_data["basis"]
    ),
    SecrecyReviewForm.IN_PART: lambda matter, by, form: disclose_in_part(
        matter,
        by=by,
        basis=form.cleaned_data["basis"],
        reason=form.cleaned_data["comment"],
        left_out=form.left_out(),
    ),
}


def decide(request: HttpRequest, state_id: int) -> HttpResponse:
    """Show what is to be decided and take the decision; says who was first where somebody was."""
    state = step_for(request, state_id)
    matter = state.matter
    if state.status != state.STATUS_IN_PROGRESS:
        messages.warning(request, already_decided(state))
        return redirect("wagtailadmin_home")
    form = decision_form(request, state)
    if request.method == "POST" and form.is_valid():
        try:
            DECISIONS[form.cleaned_data["decision"]](matter, request.user, form)
        except (ApprovalRefused, PublicationRefused, SubmissionRefused) as refused:
            state.refresh_from_db()
            if state.status != state.STATUS_IN_PROGRESS:
                messages.warning(request, already_decided(state))
                return redirect("wagtailadmin_home")
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Decided: %(title)s.") % {"title": matter.get_admin_display_title()})
            return redirect("wagtailadmin_home")
    draft = state.revision.as_object()
    deciders = find_deciders(state.task.specific, matter)
    user: User = request.user  # type: ignore[assignment]
    others = deciders.people.exclude(pk=user.pk)
    return render(
        request,
        "publication/decide.html",
        {
            "state": state,
            "matter": draft,
            "form": form,
            "comes_down": is_owed(matter),
            "taken_down": matter if matter.is_withdrawn else None,
            "comes_along": translations_taken_along(matter),
            "is_secrecy_review": isinstance(form, SecrecyReviewForm),
            "due": due_on(draft),
            "findings": findings_in(draft, reader=user),
            "explanation": explanation_of(state.revision),
            "records": records_of(matter, reader=user) if kinds_asked(matter) else None,
            "stands_in": deciders.stands_in,
            "absent": User.objects.filter(pk__in=deciders.absent.get(user.pk, ())),
            "in_other_hands": in_other_hands(state, by=user),
            "hand_over_form": HandOverForm(others=others) if others.exists() else None,
            "timeline": timeline_of(matter),
            "compared": differences(matter, draft, request) if matter.live_revision_id else None,
        },
    )


def decision_form(request: HttpRequest, state: MatterTaskState) -> DecisionForm:
    """The form of the kind of step; a secrecy review concludes more than an approval does."""
    posted = request.POST if request.method == "POST" else None
    if state.task.specific_class is not SecrecyReviewTask:
        return DecisionForm(posted)
    documents, images = files_of(state.revision.as_object())
    return SecrecyReviewForm(posted, documents=documents, images=images)


def _approve(matter: MatterPage, by: User, form: DecisionForm) -> None:
    chosen = form.cleaned_data
    if isinstance(form, SecrecyReviewForm):
        clear(matter, by=by, reason=chosen["comment"], basis=chosen["basis"], third_party=chosen["third_party"])
    else:
        approve(matter, by=by, comment=chosen["comment"])


def preview(request: HttpRequest, state_id: int) -> HttpResponse:
    """The version under review as its readers would see it."""
    state = step_for(request, state_id)
    response = state.revision.as_object().make_preview_request(request, "")
    response.render()
    # A link of the preview leads to a tab of its own: the frame has no way back to the matter.
    response.content = response.content.replace(b"<head>", b'<head><base target="_blank">', 1)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def timeline(request: HttpRequest, page_id: int) -> HttpResponse:
    """Everything that was done to the matter."""
    matter = _editable_matter(request, page_id)
    return render(request, "publication/timeline.html", {"matter": matter, "timeline": timeline_of(matter)})


def submit_matter(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show what is missing or doubtful in the matter's newest saved version, and submit it."""
    matter = _editable_matter(request, page_id)
    draft = matter.get_latest_revision_as_object()
    findings = findings_in(draft, reader=request.user)
    obstacles = reasons_against_person(matter, request.user)
    form = SubmissionForm(
        request.POST if request.method == "POST" else None,
        is_asked=any(finding.is_warning for finding in findings),
        initial={"seen": mark_of(matter.latest_revision)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if not is_as_seen(matter, form.cleaned_data["seen"]):
                    messages.warning(request, _("The draft was changed meanwhile. This is what is found in it now."))
                    return redirect("publication:submit", matter.pk)
                submit(matter, by=request.user, reason=form.cleaned_data.get("reason", ""))  # type: ignore[arg-type]
        except SubmissionRefused as refused:
            refused.tell(request)
        else:
            messages.success(request, _("Submitted: %(title)s.") % {"title": matter.get_admin_display_title()})
            return redirect("wagtailadmin_home")
    return render(
        request,
        "publication/submit.html",
        {
            "matter": draft,
            "page_id": matter.pk,
            "findings": findings,
            "obstacles": obstacles,
            "asks_for_records": bool(kinds_asked(matter)),
            "is_stopped": bool(obstacles) or any(finding.is_error for finding in findings),
            "due": due_on(draft),
            "form": form,
        },
    )


def step_for(request: HttpRequest, state_id: int) -> MatterTaskState:
    """The step, for who may decide it and, once it is decided, for who might have; 404 for everyone else."""
    state = get_object_or_404(MatterTaskState, pk=state_id)
    if not state.task.specific.deciders(state.matter).filter(pk=request.user.pk).exists():
        raise Http404
    return state


def _editable_matter(request: HttpRequest, page_id: int) -> MatterPage:
    matter = get_object_or_404(MatterPage, pk=page_id).specific
    if not matter.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return matter
