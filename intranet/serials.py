"""Numbers of a series, one after the other."""

from typing import Any

from django.db import models


def next_serial(series: type[models.Model], **key: Any) -> int:
    """The next number of the series with this key, from 1 on; `series` keeps a row a key, with the `last` one given.

    Within a transaction: the row is locked until it ends, so that two at once get two numbers, and a number goes back
    with a transaction that is undone.
    """
    rows = series._default_manager
    rows.get_or_create(**key)
    row: Any = rows.select_for_update().get(**key)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
