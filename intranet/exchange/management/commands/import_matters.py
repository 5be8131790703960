"""`manage.py import_matters`: the exchange format in."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _
from tqdm import tqdm

from intranet.exchange.importing import ImportOptions, Outcome, Result, import_matters
from intranet.exchange.lines import MEBIBYTE
from intranet.organisation.models import User


class Command(BaseCommand):
    help = (
        "Import matters from a file with one JSON object a line. Each bad line is reported with its number and "
        "reason, the others go in; running it again changes nothing. The exit code is 1 if a line was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.jsonl", type=Path)
        parser.add_argument("--files", metavar="DIR", type=Path, help="the folder of the attachments")
        parser.add_argument("--dry-run", action="store_true", help="check every line, write nothing")
        parser.add_argument(
            "--publish",
            action="store_true",
            help="make the matters live on the operator's word, with a recorded release; else they become drafts, "
            "which get their day of publication when they are approved",
        )
        parser.add_argument("--create-departments", action="store_true", help="create departments of unknown codes")
        parser.add_argument(
            "--by", metavar="USERNAME", help="who approved what is published, or in whose name drafts are imported"
        )
        parser.add_argument(
            "--reviewed-by", metavar="USERNAME", help="who concluded the secrecy review of what is published"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        folder: Path | None = options["files"]
        if folder is not None and not folder.is_dir():
            raise CommandError(_("There is no folder %(folder)s.") % {"folder": folder})
        chosen = ImportOptions(
            folder=folder,
            publish=options["publish"],
            dry_run=options["dry_run"],
            create_departments=options["create_departments"],
            source=path.name,
            by=_person(options["by"]),
            reviewed_by=_person(options["reviewed_by"]),
        )
        _require_names(chosen)
        counts: Counter[Result] = Counter()
        try:
            self._run(path, chosen, counts)
        except OSError as error:
            raise CommandError(
                _("The file %(path)s cannot be read: %(error)s") % {"path": path, "error": error}
            ) from error
        except OperationalError as error:
            raise CommandError(
                _("The database does not answer: %(error)s. %(done)s lines are done; run it again for the rest.")
                % {"error": error, "done": counts.total()}
            ) from error
        self._summarise(counts, dry_run=chosen.dry_run)
        if counts[Result.REFUSED]:
            sys.exit(1)

    def _run(self, path: Path, chosen: ImportOptions, counts: Counter[Result]) -> None:
        silent = not self.stderr.isatty()
        with (
            path.open("rb") as stream,
            tqdm(total=_lines_of(path) if not silent else None, unit=" lines", disable=silent) as progress,
        ):
            for outcome in import_matters(stream, options=chosen):
                counts[outcome.result] += 1
                if outcome.result == Result.REFUSED:
                    progress.clear()
                    self.stderr.write(_sentence(outcome))
                progress.update()

    def _summarise(self, counts: Counter[Result], *, dry_run: bool) -> None:
        words = _("%(created)s created, %(updated)s updated, %(unchanged)s unchanged, %(refused)s refused.") % {
            result.value: counts[result] for result in Result
        }
        self.stdout.write(f"{_('Nothing was written (dry run).')} {words}" if dry_run else words)


def _require_names(chosen: ImportOptions) -> None:
    """Nothing is published without a named reviewer and approver where the portal is in use."""
    if not chosen.publish:
        return
    if settings.IMPORT_NEEDS_NAMES and (chosen.by is None or chosen.reviewed_by is None):
        raise CommandError(
            _("Say who approved what is published (--by) and who concluded its secrecy review (--reviewed-by).")
        )
    if chosen.by is not None and chosen.by == chosen.reviewed_by:
        raise CommandError(_("Reviewer and approver are two people: name another with --reviewed-by."))


def _person(username: str | None) -> User | None:
    if username is None:
        return None
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(_("There is no active account %(username)s.") % {"username": username})
    return person


def _lines_of(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(part.count(b"\n") for part in iter(lambda: stream.read(MEBIBYTE), b""))


def _sentence(outcome: Outcome) -> str:
    place = _("Line %(number)s") % {"number": outcome.number}
    if outcome.id:
        place = f"{place} ({outcome.id})"
    return f"{place}: {' '.join(outcome.reasons)}"
