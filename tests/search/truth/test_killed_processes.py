"""Workers and rebuilds as processes of their own, killed as the system kills them: at any instruction."""

import random

import pytest

from bench.matters import fill
from search.alone import alone
from search.engines import main_engine
from search.models import IndexTask
from search.outbox import enqueue
from search.rebuilding import rebuild
from search.worker import drain
from tests.factories import Bureau
from tests.search.truth.life import Life
from tests.search.truth.machinery import built_from_nothing, stored, verify
from tests.search.truth.processes import wait_for

CHANGES = 12
MATTERS = 300


@pytest.mark.django_db(transaction=True)
def test_two_workers_of_which_one_is_killed_again_and_again_lose_nothing(
    engine_in_service, processes, admin_user, seed, fresh_url
):
    life = Life(seed, Bureau(), admin_user)
    processes.start("search", "work")
    second = processes.start("search", "work")
    for kills in range(2):
        for _change in range(CHANGES):
            life.step()
        while not IndexTask.objects.exists():  # some lives begin with nothing that an index has to know
            life.step()
        if kills == 0:
            wait_for(lambda: IndexTask.objects.filter(written_version__gt=0).exists())
        processes.kill(second)
        second = processes.start("search", "work")
    processes.kill_all()
    verify(life, fresh_url=fresh_url)


@pytest.fixture
def matters(processes) -> int:
    """Some hundred matters, in an index that was built once."""
    fill(MATTERS)
    rebuild()
    return MATTERS


@pytest.fixture
def killed_rebuild(engine_in_service, matters, processes, seed) -> None:
    """Killed after a random batch, at a random line."""
    source = random.Random(seed)
    processes.run_until_killed(
        "search", "rebuild", "--afresh", batch=source.randrange(1, 14), calls=source.randrange(3000)
    )


def reached_in(engine) -> str | None:
    """The key up to which the index that is being built is complete; None where none is being built."""
    if engine.name == "embedded":
        connection = engine.connection("building")
        return connection.execute("SELECT reached FROM build").fetchone()[0] if connection else None
    for index in engine.behind(engine.building):
        return engine.client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]["reached"]
    return None


def test_a_rebuild_that_was_killed_goes_on_where_it_stopped(killed_rebuild, processes, fresh_url):
    engine = main_engine()
    reached = reached_in(engine)
    assert reached
    enqueue(*[key for key, *_ in engine.versions()][:: MATTERS // 5])
    drain()
    code, said = processes.run("search", "rebuild")
    assert (code, f"stopped at {reached} goes on" in said, f"{MATTERS} things" in said) == (0, True, True), said
    assert stored(engine) == built_from_nothing(fresh_url(engine))


def test_what_a_killed_rebuild_left_is_removed_by_a_repair(killed_rebuild, processes):
    code, said = processes.run("search", "check", "--repair")
    assert (code, reached_in(main_engine())) == (0, None), said


def test_two_rebuilds_at_once_are_refused_with_words(processes):
    with alone():
        code, said = processes.run("search", "rebuild")
    assert (code, "Another rebuild of this index is running" in said) == (1, True), said
