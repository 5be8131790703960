"""Whoever goes live under a category's terms, and whoever changes them, wait for each other.

Otherwise a matter that goes live in one transaction is not seen by another that narrows its category, and is
indexed under the old terms. SQLite lets one write at a time, so only PostgreSQL has anything to lock.
"""

from django.db import connection

from intranet.disclosure.models.catalogue import Category


def hold_terms(category_id: int) -> None:
    """Keep the category's terms as they are until the transaction ends. Any number of matters may hold them."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        table = connection.ops.quote_name(Category._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [category_id])  # noqa: S608


def wait_for_holders(category_id: int) -> None:
    """Let every transaction that holds the terms end, and none take them until this one has ended."""
    if connection.in_atomic_block:
        list(Category.objects.select_for_update(no_key=True).filter(pk=category_id).values_list("pk"))
