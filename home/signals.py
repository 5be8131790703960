"""Wiring: a change of the bureau's name or address is seen at once in the process that made it."""

from typing import Any

from django.core.cache import cache
from django.db.models.signals import post_save
from django.dispatch import receiver

from home.context_processors import BUREAU_KEY
from home.models import BureauSettings


@receiver(post_save, sender=BureauSettings)
def forget_bureau(**kwargs: Any) -> None:
    cache.delete(BUREAU_KEY)
