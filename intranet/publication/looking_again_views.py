"""The screen on which a live matter is said to be still right."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.looking_again import LookRefused, proposed_day, reasons_against_looking, still_right
from intranet.publication.withdrawal_forms import StillRightForm


def look_again(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask by when to look at the matter again, and record that it is right as it stands."""
    matter = get_object_or_404(MatterPage, pk=page_id).specific
    user: User = request.user  # type: ignore[assignment]
    if reasons_against_looking(matter, by=user):
        raise Http404
    form = StillRightForm(
        request.POST if request.method == "POST" else None, initial={"again_on": proposed_day(matter)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            still_right(matter, by=user, **form.cleaned_data)
        except LookRefused as refused:
            form.add_error("again_on", " ".join(refused.reasons))
        else:
            messages.success(request, _("Still right: %(title)s.") % {"title": matter.title})
            return redirect("wagtailadmin_home")
    return render(request, "publication/still_right.html", {"matter": matter, "form": form})
