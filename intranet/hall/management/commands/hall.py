"""`manage.py hall manual [--department CODE] --language zh-hans --output F`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.access.tokens import PUBLIC
from intranet.hall.manual.book import html_of
from intranet.hall.manual.reading import manual_of
from intranet.hall.printing.pdf import LettersMissing, pdf_of
from intranet.organisation.models import Department


class Command(BaseCommand):
    help = "Prints what the hall hands out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        manual = actions.add_parser("manual", help="print the service guide manual, as the public reads it")
        manual.add_argument("--department", default="", metavar="CODE", help="of this department; else the whole hall")
        manual.add_argument("--language", default="zh-hans", choices=[code for code, _ in settings.CONTENT_LANGUAGES])
        manual.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action}")(**options)

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
