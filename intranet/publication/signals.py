"""Wiring: what was for one version ends with it, a release and a request for a withdrawal; a move ends a review."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext
from wagtail.models import Page, WorkflowState
from wagtail.signals import page_published, page_unpublished, post_page_move

from intranet.audit.recording import record
from intranet.disclosure.models import Ending, MatterPage
from intranet.publication.models import MatterTaskState, Release
from intranet.publication.release import mark_used
from intranet.publication.withdrawal import take_down_translations, take_down_wider_translations
from intranet.publication.withdrawal_requests import overtake


@receiver(page_published)
def spend_release(sender: type, instance: Any, revision: Any, **kwargs: Any) -> None:
    if issubclass(sender, MatterPage) and instance.live:
        mark_used(revision)
        release = Release.objects.filter(revision=revision).select_related("released_by").first()
        take_down_wider_translations(instance, by=release.released_by if release else None)
        _record(instance, revision, release)


@receiver(page_unpublished)
def overtake_requests(sender: type, instance: Any, **kwargs: Any) -> None:
    """However the matter was taken down, what was asked of it is asked of nothing that is live."""
    if issubclass(sender, MatterPage):
        overtake(instance)


@receiver(page_unpublished)
def end_translations_with_their_record(sender: type, instance: Any, **kwargs: Any) -> None:
    """The last moment of a text of record is that of its translations, whatever theirs was to be."""
    if issubclass(sender, MatterPage) and instance.expired:
        words = gettext("The text of record was disclosed up to this day.")
        take_down_translations(instance, by=None, reason=words, ending=Ending.RETENTION)


@receiver(pre_save, sender=WorkflowState)
def keep_what_was_decided(instance: WorkflowState, raw: bool = False, **kwargs: Any) -> None:
    """A review that somebody's decision has ended meanwhile is not cancelled; its matter may be live."""
    if raw or instance.status != WorkflowState.STATUS_CANCELLED or instance.current_task_state is None:
        return
    step = instance.current_task_state.specific
    if not isinstance(step, MatterTaskState):
        return
    with transaction.atomic():
        step.locked()
        has_ended = WorkflowState.objects.filter(pk=instance.pk, status=WorkflowState.STATUS_APPROVED).exists()
    if has_ended:
        raise PermissionDenied(gettext("The review has ended meanwhile."))


@receiver(post_page_move)
def end_review(sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """In its new place others decide on a matter that came back, so it is reviewed from the start."""
    if not issubclass(sender, MatterPage) or parent_page_before == parent_page_after:
        return
    state = instance.specific.current_workflow_state
    if state is not None:
        state.cancel()


def _record(matter: MatterPage, revision: Any, release: Release | None) -> None:
    """With whose word it went live, and for whom."""
    facts = {"audience": matter.visibility, "category": matter.category.code, "version": revision.pk}
    if release is not None:
        facts["release"] = release.kind
    record("matter.live", thing=matter, person=release.released_by if release else None, facts=facts)
