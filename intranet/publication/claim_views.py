"""Taking a step in hand, putting it down, handing it over: the buttons of the decision screen."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.organisation.models import User
from intranet.publication.approval import ApprovalRefused
from intranet.publication.claims import claim, give_back, hand_over
from intranet.publication.deciders import find_deciders
from intranet.publication.forms import HandOverForm
from intranet.publication.models import MatterTaskState
from intranet.publication.views import step_for


@require_POST
def claim_step(request: HttpRequest, state_id: int) -> HttpResponse:
    return _act(request, step_for(request, state_id), claim, _("In your hands now."))


@require_POST
def give_back_step(request: HttpRequest, state_id: int) -> HttpResponse:
    return _act(request, step_for(request, state_id), give_back, _("Put down; anybody who decides it may take it."))


@require_POST
def hand_over_step(request: HttpRequest, state_id: int) -> HttpResponse:
    state = step_for(request, state_id)
    user: User = request.user  # type: ignore[assignment]
    others = find_deciders(state.task.specific, state.matter).people.exclude(pk=user.pk)
    form = HandOverForm(request.POST, others=others)
    if not form.is_valid():
        messages.error(request, _("Choose to whom it is handed over."))
        return redirect("publication:decide", state.pk)
    to, note = form.cleaned_data["to"], form.cleaned_data["note"]
    return _act(
        request,
        state,
        lambda step, by: hand_over(step, by=by, to=to, note=note),
        _("Handed over to %(person)s.") % {"person": to},
    )


def _act(request: HttpRequest, state: MatterTaskState, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(state, by=request.user)
    except ApprovalRefused as refused:
        refused.tell(request)
    else:
        messages.success(request, done)
    return redirect("publication:decide", state.pk)
