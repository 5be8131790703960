"""`manage.py search rebuild [--afresh] | check [--repair] [--quick] | work [--once] | status | forget | digest`."""

import sys
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from search import consistency, worker
from search.alone import RebuildRuns
from search.demand.recording import forget_outdated
from search.engines import engines_written
from search.engines.base import EngineUnavailable
from search.models import IndexTask
from search.outbox import enqueue_overtaken
from search.readiness import Line, lines
from search.rebuilding import rebuild
from search.saved.digest import send_digests


def read_calendar() -> None:
    """What a new day asks for: matters whose readers it changed are written anew, old searches are forgotten."""
    enqueue_overtaken()
    forget_outdated()


class Command(BaseCommand):
    help = "Keeps the search index, and what hangs on it. The exit code is 0 only when all is well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        rebuilds = actions.add_parser("rebuild", help="build a new index and put it in service without a gap")
        rebuilds.add_argument("--afresh", action="store_true", help="do not go on with a rebuild that was killed")
        check = actions.add_parser("check", help="compare the index with the database")
        check.add_argument("--repair", action="store_true", help="mend what differs")
        check.add_argument("--quick", action="store_true", help="compare keys and versions, not what is stored")
        work = actions.add_parser("work", help="write changes into the index as they come")
        work.add_argument("--once", action="store_true", help="write what is due, then end")
        actions.add_parser("status", help="say how the index is")
        actions.add_parser("forget", help="delete what is kept of searches for longer than 90 days")
        digest = actions.add_parser("digest", help="send what is new in saved searches by e-mail, on working days")
        digest.add_argument("--after", type=int, default=0, metavar="HOUR", help="send nothing before this hour")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            getattr(self, f"do_{action}")(**options)
        except RebuildRuns as running:
            raise CommandError(str(running)) from running
        except EngineUnavailable as unavailable:
            raise CommandError(f"The search engine does not answer: {unavailable}") from unavailable

    def do_rebuild(self, *, afresh: bool, **options: Any) -> None:
        with _Bars() as bars:
            count = rebuild(afresh=afresh, progress=bars.show)
        self.stdout.write(f"{count} things in the index.")
        self._fail_on_failed_tasks()

    def do_check(self, *, repair: bool, quick: bool, **options: Any) -> None:
        differences = consistency.check(repair=repair, whole=not quick)
        for difference in differences:
            if difference.defect:
                self.stdout.write(f"{difference.engine}: {difference.defect}")
            for kind in ("missing", "stale", "altered", "extra"):
                if keys := getattr(difference, kind):
                    first = ", ".join(keys[: consistency.SHOWN])
                    self.stdout.write(f"{difference.engine}: {len(keys)} {kind}: {first}")
        if any(differences):
            raise CommandError("The index differs from the database; “search check --repair” mends it.")
        self.stdout.write("The index agrees with the database.")
        self._fail_on_failed_tasks()

    def do_work(self, *, once: bool, **options: Any) -> None:
        if not once:
            worker.work(read_calendar=read_calendar)
            return
        done = worker.drain()
        self.stdout.write(f"{done.written} written, {done.failed} failed.")
        if done.failed:
            raise CommandError("Some changes were not written; “search status” names them.")

    def do_status(self, **options: Any) -> None:
        for engine in engines_written():
            with suppress(EngineUnavailable):  # its line below says why
                self.stdout.write(f"{engine.name}: {engine.count()} things")
        self.stdout.write(f"pending: {IndexTask.objects.pending().count()}")
        found = lines()
        for line in found:
            self.stdout.write(f"{_mark(line)} {line.name}: {line.text}")
        self._fail_on_failed_tasks()
        if failing := [line.name for line in found if not line.ok]:
            raise CommandError(f"Not well: {', '.join(failing)}.")

    def do_forget(self, **options: Any) -> None:
        self.stdout.write(f"{forget_outdated()} searches forgotten.")

    def do_digest(self, *, after: int, **options: Any) -> None:
        if timezone.localtime().hour < after:
            self.stdout.write(f"No digest is sent before {after} o'clock.")
            return
        done = send_digests()
        if done.is_day_off:
            self.stdout.write("A day off: no digest is sent.")
            return
        self.stdout.write(f"{done.sent} sent, {done.without_news} without news, {done.failed} failed.")
        if done.failed:
            raise CommandError("Some digests were not sent; the log names them, the next run tries them again.")

    def _fail_on_failed_tasks(self) -> None:
        failed = IndexTask.objects.failed()
        for task in failed[: consistency.SHOWN]:
            self.stdout.write(f"failed {task.attempts} times: {task.key}: {task.error[:200]}")
        if failed.exists():
            raise CommandError("Some changes could not be written.")


def _mark(line: Line) -> str:
    if not line.ok:
        return "FAIL"
    return "WARN" if line.is_warning else "ok  "


class _Bars:
    """A bar for each engine, with rate and time left; nothing where nobody looks."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._engine = ""

    def __enter__(self) -> "_Bars":
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def show(self, engine: str, done: int, total: int) -> None:
        if engine != self._engine or self._bar is None:
            self._close()
            self._engine = engine
            self._bar = tqdm(
                desc=engine, total=total, initial=done, unit=" things", disable=not sys.stderr.isatty(), file=sys.stderr
            )
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
