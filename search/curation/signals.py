"""Wiring: whatever the office changes changes the stamp, in the same transaction."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search.curation.models import Exclusion, Pin, QueryRule, Synonyms
from search.kept import stamp_anew


@receiver([post_save, post_delete], sender=Synonyms)
@receiver([post_save, post_delete], sender=QueryRule)
@receiver([post_save, post_delete], sender=Pin)
@receiver([post_save, post_delete], sender=Exclusion)
def kept_copies_are_old(**kwargs: Any) -> None:
    stamp_anew()
