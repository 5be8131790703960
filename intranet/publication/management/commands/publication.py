"""`manage.py publication remind [--after HOUR]` and `deliver`: what publication does by the clock."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from intranet.publication.outgoing.delivery import deliver
from intranet.publication.reminders.sending import send_reminders


class Command(BaseCommand):
    help = "Reminds people of what waits for them and is due soon or late, and delivers the mails of the desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        remind = actions.add_parser("remind", help="send each person one mail a working day with what waits for them")
        actions.add_parser("deliver", help="bring to the mail server what requests have put down")
        remind.add_argument("--after", type=int, default=0, metavar="HOUR", help="send nothing before this hour")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        getattr(self, f"do_{action}")(**options)

    def do_remind(self, *, after: int, **options: Any) -> None:
        if timezone.localtime().hour < after:
            self.stdout.write(f"No reminder is sent before {after} o'clock.")
            return
        done = send_reminders()
        if done.is_day_off:
            self.stdout.write("A day off: no reminder is sent.")
            return
        self.stdout.write(f"{done.sent} reminders sent, {done.failed} failed.")
        if done.failed:
            raise CommandError("Some reminders were not sent; the log names them, the next run tries them again.")

    def do_deliver(self, **options: Any) -> None:
        done = deliver()
        self.stdout.write(f"{done.delivered} mails delivered, {done.failed} failed.")
        if done.failed:
            raise CommandError(
                "Some mails were not delivered; the next run tries them again. Is the server at EMAIL_HOST up?"
            )
