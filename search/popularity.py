"""Counting what visitors look for: the words and how often in a day, nothing about who."""

from django.db import DatabaseError, transaction
from wagtail.contrib.search_promotions.models import Query

LONGEST = 40
"""A longer query is a passage that somebody copied, not what people look for."""


def note_query(text: str) -> None:
    """Count a visitor's query that found something. A count that cannot be written is left out."""
    if not text or len(text) > LONGEST:
        return
    try:
        with transaction.atomic():
            Query.get(text).add_hit()
    except DatabaseError:
        return
