"""`manage.py publish_scheduled`: Wagtail's clock, in which one refused matter does not keep the others waiting."""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import Page, Revision

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage
from intranet.publication.holding_back import hold_back
from intranet.publication.outgoing.delivery import in_words
from intranet.publication.retention import end_terms, over

logger = logging.getLogger("gongkai.publication")


class Command(WagtailCommand):
    help = "Make approved matters live at their moment and take down those past their last one or their term."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what is due. What is refused stays as it is and is tried again; ends with an error that names it.

        Its author and its head are told of a refusal, once for the same reasons.
        """
        if options["dryrun"]:
            super().handle(*args, **options)
            for one in over():
                self.stdout.write(f"Its term is over: {one.matter.pk} {one.matter.index_number} {one.until}")
            return
        for page in list(expired().order_by("expire_at")):
            expire(page)
        end_terms()
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
        refusals = [refusal for revision in list(due) if (refusal := publish(revision))]
        if refusals:
            raise CommandError("\n".join(refusals))


def expired() -> QuerySet[Page]:
    """What is live past its last moment."""
    return Page.objects.live().filter(expire_at__lt=timezone.now())


@transaction.atomic
def expire(page: Page) -> None:
    """Take the page down, unless a version with another last moment went live meanwhile."""
    if issubclass(page.specific_class or Page, MatterPage):
        hold(page)
    if (held := expired().filter(pk=page.pk).first()) is not None:
        held.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(revision: Revision) -> str:
    """Make the revision live; returns why it was refused, or what broke, empty if neither."""
    try:
        reasons = reasons_of_refusal(revision)
        if reasons and isinstance(revision.content_object, MatterPage):
            hold_back(revision, reasons)
    except Exception as failure:
        logger.exception("Version %s was due and could not be made live; the next run tries it again", revision.pk)
        return f"{revision.object_str}: {in_words(failure)}"
    return f"{revision.object_str}: {' '.join(reasons)}" if reasons else ""


def reasons_of_refusal(revision: Revision) -> list[str]:
    """Make the revision live; returns every reason why it was refused."""
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except PublicationRefused as refused:
        return list(refused.reasons)
    except ValidationError as refused:
        return list(refused.messages)
    return []
