"""Wiring: what a migration brought is found in the admin as well."""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from search.desk import add_missing


@receiver(post_migrate)
def complete_the_desks_index(app_config: Any, **kwargs: Any) -> None:
    """Once, when nothing is left to migrate: models and tables are the same only then."""
    if app_config.label != "wagtailcore":
        return  # before the graph of all migrations is read, which takes half a second: the signal comes for each app
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        add_missing()
