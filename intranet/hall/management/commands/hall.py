"""`manage.py hall import-items F [--check]`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from intranet.hall.item_files.applying import look_at, take_in
from intranet.hall.item_files.planning import Plan, What
from intranet.hall.item_files.tables import rows_of_file
from intranet.refusals import Refused


class Command(BaseCommand):
    help = "What the hall's keepers do from the shell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        items = actions.add_parser("import-items", help="take in service items from a CSV or XLSX file")
        items.add_argument("file", type=Path)
        items.add_argument("--check", action="store_true", help="say what would change, and change nothing")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action.replace('-', '_')}")(**options)

    def do_import_items(self, *, file: Path, check: bool, **options: Any) -> None:
        """All or nothing. Raises `CommandError` with every fault and its cell."""
        try:
            rows = rows_of_file(file.name, file.read_bytes())
            plan = look_at(rows, by=None)
            if plan.faults:
                raise CommandError("\n".join(map(str, plan.faults)))
            if not check:
                plan = take_in(rows, by=None, looked_at=plan.digest, file_name=file.name)
        except OSError as error:
            raise CommandError(str(error)) from error
        except (ValidationError, Refused) as error:
            reasons = error.reasons if isinstance(error, Refused) else error.messages
            raise CommandError("\n".join(reasons)) from error
        self._tell(plan)
        end = "Nothing was changed." if check else "Taken in."
        counts = plan.counts
        self.stdout.write(
            f"{counts['created']} new, {counts['changed']} changed, {counts['unchanged']} as before. {end}"
        )

    def _tell(self, plan: Plan) -> None:
        for item in plan.items:
            if item.what is What.UNCHANGED:
                continue
            self.stdout.write(f"{item.entry.code}: {item.what.value}")
            for change in [*item.changes, *(change for version in item.versions for change in version.changes)]:
                self.stdout.write(f"  {change.heading}: {change.before!r} → {change.after!r}")
            for version in item.versions:
                if version.what is What.CREATED:
                    self.stdout.write(f"  version from {version.valid_from.isoformat()}")
