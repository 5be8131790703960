"""The screen of absences: who decides in whose place, from when to when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.access.delegating import (
    DelegationRefused,
    delegate,
    delegations_seen_by,
    end_early,
    may_end,
    posts_to_delegate,
)
from intranet.access.delegation_forms import DelegationForm
from intranet.organisation.models import User

SHOWN = 100
"""Past delegations that are listed."""


def absences(request: HttpRequest) -> HttpResponse:
    """Show the delegations that concern the person, and take a new one."""
    user = _person(request)
    seen = delegations_seen_by(user)
    delegates = posts_to_delegate(user).exists()
    if not delegates and not seen.exists():
        raise PermissionDenied
    form = DelegationForm(request.POST or None, by=user)
    if request.method == "POST" and form.is_valid():
        try:
            made = delegate(form.cleaned_data.pop("post"), by=user, **form.cleaned_data)
        except DelegationRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("%(person)s decides in these days, too.") % {"person": made.delegate})
            return redirect("absence:index")
    rows = [(each, may_end(each, user)) for each in seen]
    return render(
        request,
        "access/absences.html",
        {
            "form": form if delegates else None,
            "coming": [row for row in rows if not row[0].is_over],
            "past": [each for each, _may in rows if each.is_over][:SHOWN],
        },
    )


@require_POST
def end_absence(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End a delegation before its last day."""
    user = _person(request)
    delegation = get_object_or_404(delegations_seen_by(user), pk=delegation_id)
    try:
        end_early(delegation, by=user)
    except DelegationRefused as refused:
        refused.tell(request)
    else:
        messages.success(request, _("Ended: %(person)s no longer stands in.") % {"person": delegation.delegate})
    return redirect("absence:index")


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
