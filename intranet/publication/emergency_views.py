"""The screen on which a head releases a matter in an emergency."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import MatterPage
from intranet.disclosure.written_into import is_as_seen, mark_of
from intranet.organisation.models import User
from intranet.publication.deadlines import due_on
from intranet.publication.emergency import (
    EmergencyReleaseRefused,
    reasons_against_emergency_release,
    reasons_against_person,
    release_in_emergency,
)
from intranet.publication.forms import EmergencyForm
from intranet.publication.models.steps import name_of_step
from intranet.publication.routes import workflow_for
from intranet.publication.scrutiny.checks import findings_in


def release(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say which steps are skipped, ask for the reason, and make the newest version live."""
    matter = get_object_or_404(MatterPage, pk=page_id).specific
    user: User = request.user  # type: ignore[assignment]
    if reasons_against_person(matter, by=user):
        raise Http404
    form = EmergencyForm(request.POST or None, initial={"seen": mark_of(matter.latest_revision)})
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                if not is_as_seen(matter, form.cleaned_data["seen"]):
                    messages.warning(request, _("The draft was changed meanwhile: look through it as it is now."))
                    return redirect("publication:emergency", matter.pk)
                release_in_emergency(matter, by=user, reason=form.cleaned_data["reason"])
        except (EmergencyReleaseRefused, PublicationRefused) as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Live now: %(title)s. Its steps are still to be made.") % {"title": matter})
            return redirect("wagtailadmin_home")
    draft = matter.get_latest_revision_as_object()
    workflow = workflow_for(matter.category)
    return render(
        request,
        "publication/emergency.html",
        {
            "matter": draft,
            "page_id": matter.pk,
            "form": form,
            "obstacles": reasons_against_emergency_release(matter, by=user),
            "findings": findings_in(draft, reader=user),
            "steps": [name_of_step(step) for step in workflow.tasks] if workflow else [],
            "due": due_on(draft),
        },
    )
