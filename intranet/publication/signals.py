"""Wiring: a release is spent when its revision is live."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from intranet.disclosure.models import MatterPage
from intranet.publication.release import mark_used


@receiver(page_published)
def spend_release(sender: type, instance: Any, revision: Any, **kwargs: Any) -> None:
    if issubclass(sender, MatterPage) and instance.live:
        mark_used(revision)
