"""`manage.py seal_anew`: everything that is kept encrypted comes under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from intranet.hall.models import Applicant, Appointment, Case
from intranet.hall.sealing import Unreadable, lookup_key, sealed_anew, unseal


class Command(BaseCommand):
    help = "Encrypt identifiers, phones, check codes and names in appointments with the newest of IDENTIFIER_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing. Raises `CommandError` where a key is missing for something."""
        try:
            with transaction.atomic():
                applicants, cases = self._applicants(), self._cases()
                self._appointments()
        except Unreadable as error:
            raise CommandError("Something cannot be read with these keys; nothing was changed.") from error
        self.stdout.write(f"{applicants} applicants and {cases} cases are under the newest key.")

    def _applicants(self) -> int:
        rows = list(Applicant.objects.select_for_update())
        for row in rows:
            row.identifier_key = lookup_key(row.kind, unseal(row.identifier_sealed))
            row.identifier_sealed, row.phone_sealed = sealed_anew(row.identifier_sealed), sealed_anew(row.phone_sealed)
        fields = ["identifier_key", "identifier_sealed", "phone_sealed"]
        Applicant.objects.bulk_update(rows, fields, batch_size=500)
        return len(rows)

    def _cases(self) -> int:
        rows = list(Case.objects.select_for_update(of=("self",)).only("check_code_sealed"))
        for row in rows:
            row.check_code_sealed = sealed_anew(row.check_code_sealed)
        Case.objects.bulk_update(rows, ["check_code_sealed"], batch_size=500)
        return len(rows)

    def _appointments(self) -> None:
        rows = list(Appointment.objects.select_for_update())
        for row in rows:
            row.name_sealed = sealed_anew(row.name_sealed)
        Appointment.objects.bulk_update(rows, ["name_sealed"], batch_size=500)
