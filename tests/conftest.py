"""Fixtures for the whole suite."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.recalled import begin_recalling, begin_test
from tools.elasticsearch import shared_node

DATABASES = pytest.StashKey[DjangoDbBlocker]()
AFTER_MIGRATIONS = pytest.StashKey[dict[str, tuple[list[str], list[tuple]]]]()
"""The columns and rows of each table as the migrations left them: the catalogue, the groups, the first page."""

ASKED_OF_EACH_DATABASE = (
    # two at once: locks, and constraints that hold when both are through
    "tests/disclosure/test_index_numbers.py",
    "tests/disclosure/test_narrowing_meanwhile.py",
    "tests/hall/test_appointments",
    "tests/hall/test_two_clerks.py",
    "tests/organisation/test_closing.py",
    "tests/publication/test_withdrawal_requests.py",
    "tests/publication/under_stress/test_two_",
    "tests/search/test_claims.py",
    "tests/search/test_several_workers.py",
    # constraints and triggers
    "tests/audit/test_chain.py",
    "tests/disclosure/test_catalogue.py",
    "tests/disclosure/test_matters.py",
    "tests/hall/test_inquiries.py",
    "tests/hall/test_rules.py",
    "tests/organisation/test_posts.py",
    # the access rule in SQL
    "tests/access/test_index_agrees.py",
    "tests/access/test_rule_shapes.py",
    # sums, days, orders and JSON in SQL
    "tests/hall/test_figures.py",
    "tests/hall/test_open_figures.py",
    "tests/search/demand/test_log.py",
)
"""What may come out otherwise on another database."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", action="store_true", help="only what may come out otherwise on another database")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if config.getoption("--database") and collection_path.suffix == ".py":
        place = collection_path.relative_to(config.rootpath).as_posix()
        return not place.startswith(ASKED_OF_EACH_DATABASE) or None
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a second database the rest would do the same once more."""
    if config.getoption("--database"):
        chosen = [item for item in items if is_worth_it(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def is_worth_it(item: pytest.Item) -> bool:
    """Whether it asks the database, and is not done with the embedded engine, too."""
    names = {"db", "transactional_db", "live_server"}
    asks = bool(item.get_closest_marker("django_db") or names & set(getattr(item, "fixturenames", ())))
    return asks and "elasticsearch" not in item.name.partition("[")[2].rstrip("]").split("-")


def pytest_runtest_setup(item: pytest.Item) -> None:
    begin_test(lambda: has_replaced_anything(item))


def has_replaced_anything(item: pytest.Item) -> bool:
    """Whether the test has put something in the place of a part of the product; pytest-django names its mail host."""
    patch = getattr(item, "funcargs", {}).get("monkeypatch")
    return patch is not None and any(name != "DNS_NAME" for _target, name, _value in patch._setattr)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest) -> None:
    request.config.stash[DATABASES] = django_db_blocker
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        request.config.stash[AFTER_MIGRATIONS] = {}
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            request.config.stash[AFTER_MIGRATIONS][table] = columns, cursor.fetchall()
        begin_recalling()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What an earlier test had kept would run out in the middle of this one, or be of another bureau."""
    cache.clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Write again what the migrations wrote, which a test with transactions of its own has flushed.

    Django's `serialized_rollback` does so for the tests that ask for it, not for those that come after them, and
    loses what it has kept when an event loop runs in the test's thread, as it does once there was a browser.
    """
    result = yield
    # After the last test nobody needs them, and the browser has taken the database in memory along.
    if nextitem is not None and has_own_transactions(item):
        with item.config.stash[DATABASES].unblock():
            restore(item.config.stash[AFTER_MIGRATIONS])
    return result


def restore(tables: dict[str, tuple[list[str], list[tuple]]]) -> None:
    """Empty the database and write the rows as they were, without a signal that could add to them."""
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True)
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in tables.items():
            names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", rows)
    begin_recalling()
    ContentType.objects.clear_cache()


def has_own_transactions(item: pytest.Item) -> bool:
    """Whether the test commits, so that the database is flushed after it."""
    marker = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", ())
    return "transactional_db" in names or "live_server" in names or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def _language_of_the_settings() -> None:
    """A page that another test asked for in Chinese leaves its language to the thread."""
    translation.deactivate()


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Elasticsearch: the one that `ELASTICSEARCH_URL` names, else one node for the whole run.

    Tests that run at the same time share it: name your indices so that they are your own.
    """
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield url
        return
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with shared_node(folder / "elasticsearch") as url:
        yield url
