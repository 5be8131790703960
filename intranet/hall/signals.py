"""Wiring: the file of a scan goes with its row."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from intranet.hall.models import Scan


@receiver(post_delete, sender=Scan)
def delete_file(instance: Scan, **said: Any) -> None:
    file = instance.file
    transaction.on_commit(lambda: file.storage.delete(file.name))
