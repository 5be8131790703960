"""The office's screen on which an account is closed, or opened again."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.organisation.closing import (
    ClosingRefused,
    close_account,
    open_account,
    reasons_against_closing,
    reasons_against_opening,
)
from intranet.organisation.models import Post, User


class ClosingForm(forms.Form):
    forget = forms.BooleanField(
        label=gettext_lazy("Delete the e-mail address and the picture"),
        help_text=gettext_lazy("The name stays: versions and the log name their authors."),
        required=False,
    )


def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what ends, and close the account where that is confirmed."""
    person = get_object_or_404(User, pk=pk)
    by: User = request.user  # type: ignore[assignment]
    if reasons_against_closing(person, by=by):
        raise Http404
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(person, by=by, forget=form.cleaned_data["forget"])
        except ClosingRefused as refused:
            refused.tell(request)
        else:
            messages.success(request, _("Closed: the account of %(name)s.") % {"name": person})
        return redirect("wagtailusers_users:index")
    posts = Post.objects.of_person(person).in_office().select_related("department")
    return render(request, "organisation/close_account.html", {"person": person, "posts": posts, "form": form})


def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is still needed, and open the account where that is confirmed; on to its password."""
    person = get_object_or_404(User, pk=pk)
    by: User = request.user  # type: ignore[assignment]
    if reasons_against_opening(person, by=by):
        raise Http404
    if request.method == "POST":
        open_account(person, by=by)
        messages.success(request, _("Open again: the account of %(name)s.") % {"name": person})
        return redirect("wagtailusers_users:edit", person.pk)
    return render(request, "organisation/open_account.html", {"person": person})
