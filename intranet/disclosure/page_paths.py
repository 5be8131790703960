"""Pages below a page, found through the index of paths on SQLite too.

SQLite takes no index for LIKE with an ESCAPE, which is what Django writes for `startswith`: each look below a section
read the path of every page. As bounds the same condition finds its rows at once. PostgreSQL has an index for LIKE.
"""

from typing import Any

from django.db.models.lookups import StartsWith
from wagtail.models import Page


class PathStartsWith(StartsWith):
    """`startswith` of the path of a page, of a value known beforehand."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        first = self.rhs
        if not (isinstance(first, str) and first):
            sql, params = self.as_sql(compiler, connection)
            return sql, list(params)
        path, params = self.process_lhs(compiler, connection)
        behind = first[:-1] + chr(ord(first[-1]) + 1)
        return f"({path} >= %s AND {path} < %s)", [*params, first, *params, behind]


def look_below_through_the_index() -> None:
    """Have every query over the paths of pages use `PathStartsWith`."""
    Page._meta.get_field("path").register_lookup(PathStartsWith)
