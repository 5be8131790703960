"""`manage.py forget_appointments`: nothing is kept of appointments whose day is over. To be run every night."""

from typing import Any

from django.core.management.base import BaseCommand

from intranet.hall.models import Appointment


class Command(BaseCommand):
    help = "Deletes the appointments of days that are over; their pages do so, too, whenever they are used."

    def handle(self, *args: Any, **options: Any) -> None:
        number, _by_model = Appointment.objects.outdated().delete()
        self.stdout.write(f"{number} appointments deleted.")
