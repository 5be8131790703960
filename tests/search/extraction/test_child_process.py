"""Whatever a file makes of the child that reads it, the parent answers, and goes on to the next file."""

import os
import select

import pytest

from search.extraction import ExtractionUnavailable, Extractor, Limits, Reason, Status, extract_many
from search.extraction import child as child_module
from search.extraction import extractor as extractor_module

WORKER = "tests.search.extraction.misbehaving_worker"


@pytest.fixture
def ordered(tmp_path):
    """Have the misbehaving child read files that tell it what to do."""
    open_extractors = []

    def ordered(*orders: str, **limits):
        extractor = Extractor(limits=Limits(**limits), worker=WORKER)
        open_extractors.append(extractor)
        results = []
        for number, order in enumerate(orders):
            path = tmp_path / str(number)
            path.write_text(order)
            results.append(extractor.extract(path))
        return results if len(results) > 1 else results[0]

    yield ordered
    for extractor in open_extractors:
        extractor.close()


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("abort", Reason.CRASHED),
        ("exit 0", Reason.CRASHED),
        ("exit 3", Reason.CRASHED),
        ("nonsense", Reason.CRASHED),
        ("promise", Reason.CRASHED),
        ("flood", Reason.CRASHED),
        ("raise", Reason.DAMAGED),
        ("be-killed", Reason.TOO_MUCH_MEMORY),
        ("eat", Reason.TOO_MUCH_MEMORY),
    ],
)
def test_a_file_that_makes_its_reader(ordered, monkeypatch, order, reason):
    monkeypatch.setattr(child_module, "_DEATH_SECONDS", 0.1)
    assert ordered(order).reason is reason


def test_a_file_that_makes_its_reader_wait_forever_is_refused_in_time(ordered):
    assert ordered("sleep", seconds=0.3).reason is Reason.TOO_SLOW


def test_a_file_that_makes_its_reader_work_forever_is_refused_by_its_cpu_time(ordered):
    assert ordered("spin", seconds=120, cpu_seconds=1).reason is Reason.TOO_SLOW


def test_what_the_reader_started_ends_with_it(ordered, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    pipe = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    ordered(f"spawn {tmp_path / 'pipe'}", seconds=2)
    readable, _, _ = select.select([pipe], [], [], 30)
    assert readable
    assert os.read(pipe, 1) == b""
    os.close(pipe)


def test_the_reader_knows_nothing_of_its_parents_environment(ordered, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    assert "SECRET_KEY" not in ordered("tell-environment").text


def test_the_reader_has_no_open_file_but_its_own(ordered):
    # Standard streams, the socket, the file, and the folder that it lists them in.
    assert int(ordered("tell-open-files").text) <= 6


def test_the_reader_can_write_no_file(ordered, tmp_path):
    ordered(f"write {tmp_path / 'written'}")
    assert not (tmp_path / "written").exists() or (tmp_path / "written").read_text() == ""


def test_the_reader_starts_without_django(ordered):
    modules = ordered("tell-modules").text
    assert "search.extraction" in modules
    assert "django" not in modules


def test_one_child_reads_many_files(ordered):
    first, second = ordered("tell-pid", "tell-pid")
    assert first.text == second.text


def test_a_child_that_a_file_killed_is_replaced(ordered):
    first, killed, third = ordered("tell-pid", "abort", "tell-pid")
    assert killed.reason is Reason.CRASHED
    assert third.status is Status.READ
    assert third.text != first.text


def test_a_file_that_its_reader_only_could_not_understand_costs_no_new_child(ordered):
    first, _, third = ordered("tell-pid", "raise", "tell-pid")
    assert first.text == third.text


def test_a_child_is_replaced_before_it_wears_out(ordered, monkeypatch):
    monkeypatch.setattr(extractor_module, "_FILES_A_CHILD", 2)
    pids = [extraction.text for extraction in ordered(*["tell-pid"] * 4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_cpu_time_is_counted_for_each_file_apart(ordered):
    results = ordered("spin", "tell-pid", "spin", cpu_seconds=1, seconds=120)
    assert [result.reason for result in results] == [Reason.TOO_SLOW, None, Reason.TOO_SLOW]


def test_a_child_that_does_not_start_is_the_installations_fault_and_no_files(tmp_path):
    (tmp_path / "file").write_text("text")
    with Extractor(worker="no.such.worker") as extractor, pytest.raises(ExtractionUnavailable):
        extractor.extract(tmp_path / "file")


def test_a_batch_goes_on_after_a_file_that_cannot_be_read(tmp_path):
    contents = [b"one", b"PK\x03\x04", b"three"]
    for number, content in enumerate(contents):
        (tmp_path / str(number)).write_bytes(content)
    results = [extraction.text for _, extraction in extract_many(tmp_path / str(n) for n in range(3))]
    assert results == ["one", "", "three"]


def test_a_pool_reads_in_order_and_leaves_no_child_behind(tmp_path, monkeypatch):
    for number in range(7):
        (tmp_path / str(number)).write_text(f"text {number}")
    closed = set()
    close = Extractor.close
    monkeypatch.setattr(Extractor, "close", lambda self: (closed.add(self), close(self)))
    batch = extract_many([tmp_path / str(number) for number in range(7)], processes=3)
    assert [extraction.text for _, extraction in batch] == [f"text {number}" for number in range(7)]
    assert 1 <= len(closed) <= 3


def test_a_batch_that_is_left_early_leaves_no_child_behind(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("text")
    closed = []
    monkeypatch.setattr(Extractor, "close", lambda self: closed.append(self))
    batch = extract_many([tmp_path / "file"] * 2)
    next(batch)
    batch.close()
    assert len(closed) == 1
