"""`manage.py hall manual [--department CODE] --language zh-hans --output F`, `hall import-items F [--check]`, `hall
tell-anew YEAR --yes`.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.access.tokens import PUBLIC
from intranet.hall.item_files.applying import look_at, take_in
from intranet.hall.item_files.planning import Plan, What
from intranet.hall.item_files.tables import rows_of_file
from intranet.hall.manual.book import html_of
from intranet.hall.manual.reading import manual_of
from intranet.hall.models import ToldYear
from intranet.hall.open_figures.telling import tell_anew
from intranet.hall.printing.pdf import LettersMissing, pdf_of
from intranet.organisation.models import Department
from intranet.refusals import Refused


class Command(BaseCommand):
    help = "What the hall's keepers do from the shell."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        manual = actions.add_parser("manual", help="print the service guide manual, as the public reads it")
        manual.add_argument("--department", default="", metavar="CODE", help="of this department; else the whole hall")
        manual.add_argument("--language", default="zh-hans", choices=[code for code, _ in settings.CONTENT_LANGUAGES])
        manual.add_argument("--output", required=True, type=Path, metavar="FILE")
        items = actions.add_parser("import-items", help="take in service items from a CSV or XLSX file")
        items.add_argument("file", type=Path)
        items.add_argument("--check", action="store_true", help="say what would change, and change nothing")
        anew = actions.add_parser("tell-anew", help="count a year's public figures once more")
        anew.add_argument("year", type=int)
        anew.add_argument("--yes", action="store_true", help="though the difference may single out a person")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action.replace('-', '_')}")(**options)

    def do_manual(self, *, department: str, language: str, output: Path, verbosity: int, **options: Any) -> None:
        found = manual_of(frozenset({PUBLIC}), language, self._department(department))
        guides = len(list(found.entries))
        if not found.has_anything_in_its_language:
            raise CommandError(f"No guide that the public reads is in this language: {language}.")
        with tqdm(unit=" pages", disable=None if verbosity else True, leave=False) as bar:
            try:
                book = pdf_of(html_of(found), whole=True, progress=lambda page: bar.update())
            except LettersMissing as missing:
                raise CommandError(
                    f"No font of this machine has these letters: {missing.letters} Nothing was printed. "
                    "Tibetan needs Noto Serif Tibetan (fonts-noto-core), Chinese Noto CJK (fonts-noto-cjk)."
                ) from missing
        try:
            output.write_bytes(book)
        except OSError as error:
            raise CommandError(f"The book cannot be written: {error}") from error
        self.stdout.write(f"{guides} guides in {output}, {len(book) // 1024} KB.")

    def _department(self, code: str) -> Department | None:
        if not code:
            return None
        found = Department.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no department with this code: {code}.")
        return found

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

    def do_tell_anew(self, *, year: int, yes: bool, **options: Any) -> None:
        if not yes:
            raise CommandError(
                "Who kept the former figures can compute what was added since, and of fewer than five cases whose they "
                "are. Where many were entered, say so with --yes."
            )
        try:
            tell_anew(year)
        except ToldYear.DoesNotExist as error:
            raise CommandError(f"The public was not told the figures of {year} yet.") from error
        self.stdout.write(f"The figures of {year} are counted when they are next asked for.")

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
