"""What Wagtail logs is recorded too, where it bears on access: one place to log an act, one chain that seals it."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import ModelLogEntry, PageLogEntry

from intranet.audit.recording import append

OF_PAGES = ("gongkai.", "wagtail.publish.", "wagtail.unpublish", "wagtail.workflow.", "wagtail.view_restriction.")
"""Beginnings of acts on pages that decide on who reads what. Saving a draft gives nobody anything to read."""
OF_PAGES_TOO = frozenset({"wagtail.copy", "wagtail.move", "wagtail.delete", "wagtail.revert"})


@receiver(post_save, sender=PageLogEntry)
def record_act_on_page(instance: PageLogEntry, created: bool, **kwargs: Any) -> None:
    if created and (instance.action.startswith(OF_PAGES) or instance.action in OF_PAGES_TOO):
        _record(instance, subject=str(instance.page_id))


@receiver(post_save, sender=ModelLogEntry)
def record_act_on_model(instance: ModelLogEntry, created: bool, **kwargs: Any) -> None:
    """Departments, posts, people, the catalogue, files: all of them bear on access."""
    if created:
        _record(instance, subject=str(instance.object_id))


def _record(logged: PageLogEntry | ModelLogEntry, *, subject: str) -> None:
    kind = logged.content_type
    append(
        at=logged.timestamp,
        action=logged.action,
        person=logged.user_id,
        person_name=logged.user.get_username() if logged.user else "",
        subject_type=f"{kind.app_label}.{kind.model}" if kind else "",
        subject=subject,
        subject_name=logged.label,
        facts=logged.data or {},
    )
