"""A question at the window: writing it down, and its screen with all that can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intranet.access.rights import Right, holds
from intranet.hall.desk.doors import person_of
from intranet.hall.desk.typed import words_typed
from intranet.hall.inquiries import asking
from intranet.hall.inquiries.forms import AnswerForm, AskForm, DeclineForm, HandOverForm
from intranet.hall.models.inquiries import Inquiry, InquiryMove
from intranet.hall.models.inquiries import InquiryAct as Act
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar, is_provisional


def ask(request: HttpRequest) -> HttpResponse:
    """Write down a question; the one who does owns it."""
    user = person_of(request)
    if not holds(user, Right.HANDLE_CASES):
        raise PermissionDenied
    form = AskForm(request.POST or None, initial={"token": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.ask(by=user, **form.cleaned_data)
        except asking.InquiryRefused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Written down as %(number)s; it is yours.") % {"number": made})
            return redirect("hall_registers:inquiry", made.pk)
    return render(request, "hall/inquiries/ask.html", {"form": form})


def inquiry(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, what has happened to it, and what the reader can do with it."""
    user = person_of(request)
    return _screen(request, _inquiry_for(user, pk), {})


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Do something with the question. A second click finds it done and changes nothing."""
    user = person_of(request)
    if act not in asking.MOVES:
        raise PermissionDenied
    last = InquiryMove.objects.filter(inquiry=pk).order_by("pk").last()
    is_done = last is not None and (last.act, last.by_id) == (act, user.pk)
    if is_done and not _reads(user, pk):
        return _done(request, Act(act), pk)
    if not _reads(user, pk) and (gone := Inquiry.objects.once_in_the_hands_of(user).filter(pk=pk).first()):
        typed = words_typed(_form(Act(act), gone, request.POST))
        return render(request, "hall/inquiries/taken.html", {"inquiry": gone, "typed": typed}, status=409)
    found = _inquiry_for(user, pk)
    form = _form(Act(act), found, request.POST)
    if not form.is_valid():
        return _screen(request, found, {act: form})
    try:
        _do(Act(act), found, user, form.cleaned_data)
    except asking.InquiryRefused as refused:
        form.add_error(None, refused.reasons)
        return _screen(request, _inquiry_for(user, pk), {act: form}, refused=refused.reasons)
    return _done(request, Act(act), pk)


def _done(request: HttpRequest, act: Act, pk: int) -> HttpResponse:
    """Says so on the question's screen; in the register where it is no more for the reader, who has declined it."""
    messages.success(request, _("Done: %(act)s.") % {"act": act.label})
    if _reads(person_of(request), pk):
        return redirect("hall_registers:inquiry", pk)
    return redirect("hall_registers:inquiries")


def _reads(user: User, pk: int) -> bool:
    return Inquiry.objects.readable_by(user).filter(pk=pk).exists()


def _do(act: Act, found: Inquiry, user: User, said: dict[str, Any]) -> None:
    operations: dict[Act, Callable[..., Inquiry]] = {
        Act.HAND_OVER: asking.hand_over,
        Act.ACCEPT: asking.accept,
        Act.DECLINE: asking.decline,
        Act.ANSWER: asking.answer,
    }
    operations[act](found, by=user, **said)


def _form(act: Act, found: Inquiry, data: Any = None) -> forms.Form:
    if act == Act.HAND_OVER:
        return HandOverForm(data, besides=found.owner)
    kinds: dict[Act, type[forms.Form]] = {Act.DECLINE: DeclineForm, Act.ANSWER: AnswerForm}
    return kinds.get(act, forms.Form)(data)


def _screen(
    request: HttpRequest, found: Inquiry, sent: dict[str, forms.Form], *, refused: list[str] | None = None
) -> HttpResponse:
    """`sent` has the form of an act that was sent and could not be done."""
    calendar = WorkingCalendar()
    due_on = found.due_on(calendar)
    open_acts = asking.acts_open_to(found, person_of(request))
    closed = [form for act, form in sent.items() if act not in open_acts]
    acts = [(each, sent.get(each.value) or _form(each, found)) for each in open_acts]
    context = {
        "inquiry": found,
        "due_on": due_on,
        "is_provisional": is_provisional(due_on, calendar),
        "moves": found.moves.select_related("by", "to"),
        "acts": acts,
        "refused": refused or [] if closed or not sent else [],
        "typed": [line for form in closed for line in words_typed(form)],
    }
    return render(request, "hall/inquiries/inquiry.html", context)


def _inquiry_for(user: User, pk: int) -> Inquiry:
    found = Inquiry.objects.readable_by(user)
    return get_object_or_404(found.select_related("owner", "first_asked", "offered_to", "department", "item"), pk=pk)
