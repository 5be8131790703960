"""Proposing a result by hand, from the case's screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.results.proposing import propose_again
from intranet.refusals import Refused


@require_POST
def propose_result(request: HttpRequest, number: str) -> HttpResponse:
    """Propose the case's result, and say on its screen what came of it."""
    user = person_of(request)
    case = case_for(user, number)
    try:
        proposal = propose_again(case, by=user)
    except Refused as refused:
        refused.tell(request)
    else:
        if proposal.obstacle:
            words = _("Nothing was proposed: %(obstacle)s.")
            messages.error(request, words % {"obstacle": proposal.get_obstacle_display()})
        else:
            messages.success(request, _("The result was proposed: a draft of the item's department."))
    return redirect("window:case", number)
