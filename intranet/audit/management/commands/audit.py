"""`manage.py audit verify [--head SEAL] | seal`: whether the audit log is as it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from intranet.audit.chain import seal_pending, verify
from intranet.audit.models import AuditEntry


class Command(BaseCommand):
    help = "Verifies the chain of the audit log. The exit code is 0 only when it is whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verifies = actions.add_parser("verify", help="compute every seal anew and print the head")
        verifies.add_argument("--head", default="", metavar="SEAL", help="a head printed earlier, which must be there")
        actions.add_parser("seal", help="put into the chain what a failure has left outside")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action}")(**options)

    def do_verify(self, *, head: str, **options: Any) -> None:
        total = AuditEntry.objects.sealed().count()
        with tqdm(total=total, unit=" entries", disable=None, leave=False) as bar:
            found = verify(head=head.strip().lower(), progress=bar.update)
        self.stdout.write(f"{found.position} entries in the chain, {found.unsealed} not sealed yet.")
        self.stdout.write(f"head {found.seal}")
        if found.broken:
            places = ", ".join(map(str, found.broken))
            raise CommandError(f"The chain is broken at: {places}. What stands there is not what was written.")
        if found.is_short:
            raise CommandError("The chain does not end where it is known to end: entries are missing at its end.")
        if found.has_head is False:
            raise CommandError("The head that was kept is not in the chain: it was written anew since.")

    def do_seal(self, **options: Any) -> None:
        self.stdout.write(f"{seal_pending()} entries sealed.")
