"""What the editor says above a matter."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from intranet.disclosure.models import MatterPage
from intranet.publication.holding_back import reasons_told
from intranet.publication.withdrawal import reasons_against_calling_off


def say_that_it_was_held_back(request: HttpRequest, page: Page) -> None:
    """That an approved version is past its moment and not live, why, and what can be done."""
    matter = page.specific
    if request.method != "GET" or not isinstance(matter, MatterPage):
        return
    version = matter.revisions.filter(approved_go_live_at__lt=now()).defer("content").first()
    if version is None:
        return
    told = _(
        "Approved for %(moment)s, and not live at its moment: %(reasons)s It goes live as soon as nothing stands "
        "against it. Mend it and submit it again, or have it called off."
    ) % {
        "moment": date_format(localtime(version.approved_go_live_at), "DATETIME_FORMAT"),
        "reasons": " ".join(reasons_told([version.pk]).get(version.pk, [_("The clock has not come to it yet.")])),
    }
    may_call_off = not reasons_against_calling_off(matter, by=request.user)  # type: ignore[arg-type]
    call_off = messages.button(reverse("publication:call_off", args=[matter.pk]), _("Call off"))
    messages.warning(request, told, buttons=[call_off] if may_call_off else None)
