"""The acts that were recorded, for who chooses among them."""

from django.db import connection

from intranet.audit.models import AuditEntry
from intranet.audit.wording import act_in_words


def recorded_acts() -> list[str]:
    """Each act of which there is an entry, once: from one to the next by the index, however many entries there are."""
    table, act = (connection.ops.quote_name(name) for name in (AuditEntry._meta.db_table, "action"))
    following = f"""
        WITH RECURSIVE found(act) AS (
            SELECT MIN({act}) FROM {table}
            UNION ALL
            SELECT (SELECT MIN({act}) FROM {table} WHERE {act} > found.act) FROM found WHERE found.act IS NOT NULL
        )
        SELECT act FROM found WHERE act IS NOT NULL
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(following)
        return [row[0] for row in cursor.fetchall()]


def acts_to_choose_from() -> list[tuple[str, str]]:
    """The recorded acts with their labels, in their order: of characters by sound, as GB 18030 has the common ones."""
    choices = [(act, act_in_words(act)) for act in recorded_acts()]
    return sorted(choices, key=lambda choice: choice[1].casefold().encode("gb18030"))
