"""Wiring: the file of a scan goes with its row; what is found of a case follows it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from intranet.hall.models import Case, Scan, ServiceItem
from intranet.hall.search import key_of
from search.outbox import enqueue


@receiver(post_delete, sender=Scan)
def delete_file(instance: Scan, **said: Any) -> None:
    file = instance.file
    transaction.on_commit(lambda: file.storage.delete(file.name))


@receiver([post_save, post_delete], sender=Case)
def case_changed(instance: Case, **said: Any) -> None:
    enqueue(key_of(instance.pk))


@receiver(post_save, sender=ServiceItem)
def item_changed(instance: ServiceItem, created: bool, **said: Any) -> None:
    """Its department decides who finds its cases, and they are found by its names."""
    if not created:
        enqueue(*map(key_of, Case.objects.filter(item=instance).order_by().values_list("pk", flat=True)))
