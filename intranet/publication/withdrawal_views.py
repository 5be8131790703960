"""Asking for a withdrawal, deciding on it, confirming one made at once, calling off what waits for its moment."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.models import WithdrawalAtOnce, WithdrawalRequest
from intranet.publication.naming import names_for
from intranet.publication.withdrawal import (
    WithdrawalRefused,
    call_off,
    reasons_against_calling_off,
    reasons_against_withdrawal,
    translations_taken_along,
    withdraw,
)
from intranet.publication.withdrawal_forms import (
    CallingOffForm,
    ConfirmationForm,
    WithdrawalDecisionForm,
    WithdrawalForm,
)
from intranet.publication.withdrawal_requests import (
    approve_withdrawal,
    ask,
    confirm,
    deciders_of_request,
    open_request,
    reasons_against_asking,
    reasons_against_confirming,
    reasons_against_deciding,
    refuse_withdrawal,
)


def withdraw_matter(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason, and put it before whoever approves; in an emergency take the matter down at once."""
    matter = get_object_or_404(MatterPage, pk=page_id).specific
    user: User = request.user  # type: ignore[assignment]
    against_asking = reasons_against_asking(matter, by=user)
    may_ask, may_at_once = not against_asking, not reasons_against_withdrawal(matter, by=user)
    waiting = open_request(matter)
    is_asker = waiting is not None and waiting.asked_by_id == user.pk
    if not (may_ask or may_at_once or is_asker):
        raise Http404
    name = names_for(user, [matter])[matter.pk]
    form = WithdrawalForm(request.POST if request.method == "POST" else None, may_ask=may_ask, may_at_once=may_at_once)
    if request.method == "POST" and (may_ask or may_at_once) and form.is_valid():
        reason = form.cleaned_data["reason"]
        if form.cleaned_data.get("at_once"):
            done = _("Withdrawn: %(title)s.") % {"title": name}
            return _acted(request, lambda: withdraw(matter, by=user, reason=reason), done)
        done = _("Asked for: %(title)s stays live until the withdrawal is approved.") % {"title": name}
        return _acted(request, lambda: ask(matter, by=user, reason=reason), done)
    return render(
        request,
        "publication/withdraw.html",
        {
            "matter": matter,
            "name": name,
            "form": form,
            "waiting": waiting,
            "may_ask": may_ask,
            "may_at_once": may_at_once,
            "translations": translations_taken_along(matter),
        },
    )


def decide_withdrawal(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show what was asked for and why, and take the decision."""
    asked = get_object_or_404(WithdrawalRequest.objects.select_related("matter", "asked_by"), pk=request_id)
    user: User = request.user  # type: ignore[assignment]
    if user.pk not in deciders_of_request(asked).keys:
        raise Http404
    if reasons := reasons_against_deciding(asked, by=user):
        messages.warning(request, " ".join(reasons))
        return redirect("wagtailadmin_home")
    form = WithdrawalDecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        title = names_for(user, [asked.matter])[asked.matter.pk]
        if form.cleaned_data["decision"] == WithdrawalDecisionForm.APPROVE:
            done = _("Withdrawn: %(title)s.") % {"title": title}
            return _acted(request, lambda: approve_withdrawal(asked, by=user, comment=comment), done)
        done = _("It stays live: %(title)s.") % {"title": title}
        return _acted(request, lambda: refuse_withdrawal(asked, by=user, comment=comment), done)
    deciders = deciders_of_request(asked)
    return render(
        request,
        "publication/decide_withdrawal.html",
        {
            "asked": asked,
            "matter": asked.matter,
            "name": names_for(user, [asked.matter])[asked.matter.pk],
            "form": form,
            "stands_in": deciders.stands_in,
            "translations": translations_taken_along(asked.matter),
        },
    )


def confirm_withdrawal(request: HttpRequest, withdrawal_id: int) -> HttpResponse:
    """Show who withdrew what at once and why, for the office's word."""
    made = get_object_or_404(WithdrawalAtOnce.objects.select_related("matter__category", "by"), pk=withdrawal_id)
    user: User = request.user  # type: ignore[assignment]
    if reasons := reasons_against_confirming(made, by=user):
        if made.confirmed_at is None:
            raise Http404
        messages.warning(request, " ".join(reasons))
        return redirect("wagtailadmin_home")
    form = ConfirmationForm(request.POST if request.method == "POST" else None)
    name = names_for(user, [made.matter])[made.matter.pk]
    if request.method == "POST" and form.is_valid():
        done = _("Confirmed: %(title)s.") % {"title": name}
        return _acted(request, lambda: confirm(made, by=user, remark=form.cleaned_data["remark"]), done)
    context = {"made": made, "matter": made.matter, "name": name, "form": form}
    return render(request, "publication/confirm_withdrawal.html", context)


def call_off_matter(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for the reason and keep the approved version from its moment."""
    matter: Any = get_object_or_404(MatterPage, pk=page_id).specific
    user: User = request.user  # type: ignore[assignment]
    if reasons_against_calling_off(matter, by=user):
        raise Http404
    name = names_for(user, [matter])[matter.pk]
    form = CallingOffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("Called off: %(title)s.") % {"title": name}
        return _acted(request, lambda: call_off(matter, by=user, reason=form.cleaned_data["reason"]), done)
    return render(request, "publication/call_off.html", {"matter": matter, "name": name, "form": form})


def _acted(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except WithdrawalRefused as refused:
        for each in refused.reasons:
            messages.error(request, each)
    else:
        messages.success(request, done)
    return redirect("wagtailadmin_home")
