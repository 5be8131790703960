"""Wiring: what bears on another regulation changes that one's place in the index, in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from intranet.disclosure.models import RegulationPage, RegulationRelation
from intranet.disclosure.search import key_of
from search.outbox import enqueue


@receiver([post_save, pre_delete], sender=RegulationPage)
@receiver([page_published, page_unpublished], sender=RegulationPage)
def enqueue_those_it_bears_on(instance: RegulationPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        targets = RegulationRelation.objects.filter(page=instance.pk).values_list("target_id", flat=True)
        enqueue(*(key_of(pk) for pk in targets))


@receiver([post_save, post_delete], sender=RegulationRelation)
def enqueue_the_other(instance: RegulationRelation, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        enqueue(key_of(instance.target_id))
