"""Nobody runs a portal with accounts whose password is printed in the documentation."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


def demo_accounts_present() -> list[str]:
    """The usernames of the demo's accounts in this database, active or not; none where it has no tables yet.

    Raises `OperationalError` where the database does not answer.
    """
    from django.db import connection

    from intranet.demo.models import DemoAccount

    with connection.cursor() as cursor:
        if DemoAccount._meta.db_table not in connection.introspection.table_names(cursor):
            return []
    return list(DemoAccount.objects.order_by("person__username").values_list("person__username", flat=True))


def no_demo_accounts(**kwargs: Any) -> list[CheckMessage]:
    """An error where demo accounts exist and this environment does not allow them."""
    if getattr(settings, "DEMO_ALLOWED", False) is True:
        return []
    try:
        usernames = demo_accounts_present()
    except DatabaseError as error:
        return [
            Error(
                f"Whether demo accounts exist could not be found out: {error}",
                hint="Start the database.",
                id="demo.E002",
            )
        ]
    if not usernames:
        return []
    return [
        Error(
            f"The database holds accounts of the demo: {', '.join(usernames)}. Their password is public.",
            hint="Set up production on a database of its own; the demo belongs in development.",
            id="demo.E001",
        )
    ]


def require_no_demo_accounts() -> None:
    """Raise `ImproperlyConfigured` where `no_demo_accounts` finds an error: no server starts with them."""
    if errors := no_demo_accounts():
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in errors))


def register_checks() -> None:
    """Run the check with `check --deploy`, and with `migrate` and `check --database`."""
    register(no_demo_accounts, Tags.security, deploy=True)
    register(_of_database, Tags.database)


def _of_database(**kwargs: Any) -> list[CheckMessage]:
    return no_demo_accounts() if kwargs.get("databases") else []
