"""Approving many matters at once: what was chosen, how far it is, and what became of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from intranet.organisation.models import User
from intranet.publication.awaiting import OpenStep, awaiting
from intranet.publication.deciding_many import (
    MOST,
    approve_many,
    approved_before,
    carried,
    chosen_steps,
    told_before,
)
from intranet.publication.forms import ApprovalOfManyForm
from intranet.publication.scrutiny.explanations import explanations_of


def decide_many(request: HttpRequest) -> HttpResponse:
    """Show what was chosen on the desk, or all that awaits the person; approve it where it is confirmed."""
    user: User = request.user  # type: ignore[assignment]
    if request.method == "GET" and request.GET.get("all"):
        steps = awaiting(user)
        return _ask(request, _first(request, steps)) if steps else _nothing_chosen(request)
    chosen = request.POST if request.method == "POST" else request.GET
    keys = {int(key) for key in chosen.getlist("state") if key.isdecimal() and len(key) < 19}
    steps = chosen_steps(user, keys)
    gone = keys - {step.state.pk for step in steps}
    form = ApprovalOfManyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, user, steps, gone, form)
    if gone:
        _tell_of_what_awaits_no_more(request)
    return _ask(request, _first(request, steps), form) if steps else _nothing_chosen(request)


def _go_on(
    request: HttpRequest, user: User, steps: list[OpenStep], gone: set[int], form: ApprovalOfManyForm
) -> HttpResponse:
    """Approve as many as one request can, and show how far it is, or what became of each."""
    before = told_before(request.POST.get("told", ""), by=user)
    made_up_for = approved_before(gone, by=user)
    if len(made_up_for) < len(gone):
        _tell_of_what_awaits_no_more(request)
    steps = steps if before else _first(request, steps)
    if not (steps or before or made_up_for):
        return _nothing_chosen(request)
    comment = form.cleaned_data["comment"]
    done = approve_many(steps, by=user, comment=comment)
    outcomes, rest = [*before, *made_up_for, *done], steps[len(done) :]
    context = {
        "outcomes": outcomes,
        "approved": sum(not outcome.reasons for outcome in outcomes),
        "refused": sum(bool(outcome.reasons) for outcome in outcomes),
    }
    if not rest:
        return render(request, "publication/decided_many.html", context)
    context |= {
        "rest": [step.state.pk for step in rest],
        "in_all": len(outcomes) + len(rest),
        "comment": comment,
        "told": carried(outcomes, by=user),
    }
    return render(request, "publication/deciding_many.html", context)


def _ask(request: HttpRequest, steps: list[OpenStep], form: ApprovalOfManyForm | None = None) -> HttpResponse:
    explained = explanations_of([step.state.revision_id for step in steps])
    rows = [(step, explained.get(step.state.revision_id)) for step in steps]
    return render(request, "publication/decide_many.html", {"rows": rows, "form": form or ApprovalOfManyForm()})


def _first(request: HttpRequest, steps: list[OpenStep]) -> list[OpenStep]:
    if len(steps) > MOST:
        messages.warning(request, _("Only the first %(most)d are approved at once.") % {"most": MOST})
    return steps[:MOST]


def _nothing_chosen(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Choose on your desk what you want to approve."))
    return redirect("wagtailadmin_home")


def _tell_of_what_awaits_no_more(request: HttpRequest) -> None:
    messages.warning(request, _("Some of what was chosen awaits your decision no more."))
