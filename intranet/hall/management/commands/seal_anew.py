"""`manage.py seal_anew`: everything that is kept encrypted comes under the newest key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import QuerySet

from intranet.hall.models import Applicant, Appointment, Case, ReceptionDraft
from intranet.hall.sealing import Unreadable, lookup_key, sealed_anew, unseal


class Command(BaseCommand):
    help = "Encrypt identifiers, phones, check codes and names in appointments with the newest of IDENTIFIER_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing. Raises `CommandError` where a key is missing for something."""
        try:
            with transaction.atomic():
                applicants = self._applicants()
                cases = self._column(Case.objects.select_for_update(of=("self",)), "check_code_sealed")
                self._column(Appointment.objects.select_for_update(), "name_sealed")
                self._column(ReceptionDraft.objects.select_for_update().exclude(content_sealed=""), "content_sealed")
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

    def _column(self, rows: QuerySet, name: str) -> int:
        found = list(rows.only(name))
        for row in found:
            setattr(row, name, sealed_anew(getattr(row, name)))
        rows.model._base_manager.bulk_update(found, [name], batch_size=500)
        return len(found)
