"""One case: where it stands, by when what is due, what has happened, and what the person can do to it now."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from intranet.hall.clocks import Clocks
from intranet.hall.desk.doors import case_for, person_of
from intranet.hall.desk.move_forms import FORMS, MoveForm
from intranet.hall.desk.typed import words_typed
from intranet.hall.due import awaited
from intranet.hall.life.step import moves_open_to, reasons_against
from intranet.hall.models import Act, Case, Scan
from intranet.hall.progress.papers import papers_to_hand_over
from intranet.hall.results.standing import result_standing
from intranet.hall.scans import may_be_removed
from intranet.hall.signatures.awaited import waits_for_nobody
from intranet.hall.unmasking import unmask
from intranet.organisation.models import User
from intranet.refusals import Refused


class UnmaskForm(forms.Form):
    what = forms.ChoiceField(
        label=gettext_lazy("What you need to see"),
        choices=[("identifier", pgettext_lazy("of a person or body", "identifier")), ("phone", gettext_lazy("phone"))],
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("Kept in the audit log with your name.")
    )


@cache_control(private=True, no_store=True)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The case as it stands."""
    user = person_of(request)
    return _screen(request, case_for(user, number), user)


@require_POST
@cache_control(private=True, no_store=True)
def move(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Make the move; where it is refused, the case with the form as it was filled in, and why."""
    user = person_of(request)
    found = case_for(user, number)
    if act not in FORMS:
        raise Http404
    doing = Act(act)
    form = FORMS[doing](found, request.POST)
    if reasons := reasons_against(found, doing, by=user):
        return _screen(request, found, user, refused=reasons, tried=form)
    if form.is_valid():
        try:
            form.make(by=user)
        except Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Done: %(act)s.") % {"act": doing.label})
            return redirect("window:case", number)
    return _screen(request, found, user, tried=form)


@require_POST
@cache_control(private=True, no_store=True)
def unmasked(request: HttpRequest, number: str) -> HttpResponse:
    """The case with what was asked for in full, in this one answer."""
    user = person_of(request)
    found = case_for(user, number)
    form = UnmaskForm(request.POST)
    plain = ""
    if form.is_valid():
        try:
            plain = unmask(found, form.cleaned_data["what"], by=user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, refused.reasons)
    return _screen(request, found, user, unmasking=form, plain=plain)


def _screen(
    request: HttpRequest,
    case: Case,
    user: User,
    *,
    refused: list[str] | None = None,
    tried: MoveForm | None = None,
    unmasking: UnmaskForm | None = None,
    plain: str = "",
) -> HttpResponse:
    clocks = Clocks()
    state = clocks.state(case)
    filing = getattr(case, "filing", None)
    forms_offered = _forms(case, user, tried)
    closed = tried if tried not in forms_offered else None
    if closed is not None:
        refused = refused or [str(words) for words in closed.non_field_errors()]
    context: dict[str, Any] = {
        "case": case,
        "state": state,
        "is_deemed": case.is_deemed_accepted or state != case.state,
        "awaited": awaited(case, clocks),
        "stages": clocks.of(case),
        "materials": case.materials.select_related("material", "received_by"),
        "notices": case.notices.prefetch_related("lines__material__material"),
        "filing": filing,
        "waits_for_nobody": waits_for_nobody(filing, case),
        "scans": _scans(case, user),
        "papers": papers_to_hand_over(case),
        "result": result_standing(case, user),
        "moves": case.moves.select_related("by"),
        "forms": forms_offered,
        "typed": words_typed(closed),
        "refused": refused or [],
        "unmasking": unmasking or UnmaskForm(),
        "plain": plain,
    }
    status = 409 if refused else 200
    return render(request, "hall/desk/case.html", context, status=status)


def _scans(case: Case, user: User) -> list[tuple[Scan, bool]]:
    """Each scan, and whether the person may remove it."""
    scans = Scan.objects.filter(case=case).select_related("by", "removed_by", "case")
    return [(scan, may_be_removed(scan, by=user)) for scan in scans]


def _forms(case: Case, user: User, tried: MoveForm | None) -> list[MoveForm]:
    """The forms of the moves open to the person, the one that was tried as it was filled in."""
    offered = []
    for act in moves_open_to(case, user):
        form = tried if tried is not None and tried.act == act else FORMS[act](case)
        if form is tried or not form.is_pointless:
            offered.append(form)
    return offered
