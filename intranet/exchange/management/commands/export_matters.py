"""`manage.py export_matters`: the exchange format out."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from intranet.audit.recording import record
from intranet.disclosure.models import Side
from intranet.exchange.exporting import Export


class Command(BaseCommand):
    help = (
        "Write the live matters to the standard output, one JSON object a line, ordered by id, in the format that "
        "import_matters reads. Internal matters are included unless --audience says otherwise: keep the file as "
        "closely as its narrowest reader. Text is plain: bold, links and images stay behind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--audience", choices=Side.values, help="only this side of the catalogue")
        parser.add_argument(
            "--files",
            metavar="DIR",
            type=Path,
            help="copy the attachments below this folder, as readers get them: without names, dates and places",
        )
        parser.add_argument(
            "--originals",
            action="store_true",
            help="with --files: the attachments as they were uploaded, which may name people; for moving to another "
            "installation, never to hand out",
        )
        parser.add_argument(
            "--drafts",
            action="store_true",
            help="drafts too: who may not read them must not get the file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["originals"] and options["files"] is None:
            raise CommandError(_("--originals needs --files: it says which files go into that folder."))
        export = Export(
            side=options["audience"],
            drafts=options["drafts"],
            folder=options["files"],
            originals=options["originals"],
        )
        told = {name: options[name] for name in ("audience", "drafts", "originals") if options[name]}
        record("matters.export", facts={**told, "files": bool(options["files"])})
        silent = not self.stderr.isatty()
        total = None if silent else export.count()
        try:
            for line in tqdm(export.lines(), total=total, unit=" matters", disable=silent):
                self.stdout.write(line)
            self.stdout.flush()
        except OSError as error:
            raise CommandError(_("The export cannot be written, and ends in its midst: %s") % error) from error
        for problem in export.problems:
            self.stderr.write(problem)
        if export.problems:
            sys.exit(1)
