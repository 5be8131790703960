"""`manage.py demo`: a believable bureau to look at and to try things on."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings
from django.utils.translation import gettext as _
from tqdm import tqdm

from intranet.demo.content import ContentError
from intranet.demo.loading import Demo
from intranet.demo.organisation import DEFAULT_PASSWORD, accounts
from intranet.disclosure.models import MatterPage

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
"""Nobody is told of decisions that the demo's people made before anyone saw it."""


class Command(BaseCommand):
    help = (
        "Load the demo: a bureau with its people and matters in every state. Running it again adds only what is "
        "missing. Its accounts have the password in DEMO_PASSWORD; it refuses outside development."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--organisation-only", action="store_true", help="departments and people, no matters")

    def handle(self, *args: Any, **options: Any) -> None:
        if getattr(settings, "DEMO_ALLOWED", False) is not True:
            raise CommandError(
                _(
                    "The demo is not loaded here: its accounts have a public password, and the settings in use "
                    "(%(settings)s) do not allow it. It belongs in development."
                )
                % {"settings": os.environ.get("DJANGO_SETTINGS_MODULE", "")}
            )
        before = MatterPage.objects.count()
        try:
            demo = Demo(only=frozenset() if options["organisation_only"] else None)
            with (
                override_settings(EMAIL_BACKEND=NO_MAIL),
                tqdm(total=demo.parts, unit=" matters", disable=not self.stderr.isatty()) as progress,
            ):
                for _loaded in demo.load():
                    progress.update()
        except ContentError as error:
            raise CommandError(str(error)) from error
        self._print_accounts()
        added = MatterPage.objects.count() - before
        self.stdout.write(
            _("%(added)s matters added; open %(address)s")
            % {
                "added": added,
                "address": settings.WAGTAILADMIN_BASE_URL,
            }
        )

    def _print_accounts(self) -> None:
        listed = [(account.username, account.person, account.role) for account in accounts()]
        headings = (_("username"), _("person"), _("role"))
        widths = [max(map(_width, column)) for column in zip(headings, *listed, strict=True)]
        for row in (headings, *listed):
            self.stdout.write(
                "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
            )
        password = os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD
        self.stdout.write(_("The password of each is %(password)s") % {"password": password})


def _width(text: str) -> int:
    """How many columns a terminal gives the text: a Chinese character has two."""
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
