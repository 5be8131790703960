"""What the office is told of mails that did not get through."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, DateTimeField, Max, Min, Value
from django.utils import timezone

from intranet.publication.models import OutgoingMail, Reminder


@dataclass(frozen=True, slots=True)
class Undelivered:
    """Mails that were tried and wait for the mail server."""

    mails: int
    since: datetime | None
    failure: str
    reminders: int
    """People whose reminder of today was tried and not sent."""

    def __bool__(self) -> bool:
        return bool(self.mails or self.reminders)


def undelivered() -> Undelivered:
    """What failed and is still owed; one query."""
    mails = OutgoingMail.objects.failed().order_by().values(kind=Value("mails", output_field=CharField()))
    mails = mails.annotate(number=Count("pk"), since=Min("put_at"), why=Max("failure"))
    unsent = Reminder.objects.unsent().filter(day=timezone.localdate()).order_by()
    reminders = unsent.values(kind=Value("reminders", output_field=CharField())).annotate(
        number=Count("pk"), since=Value(None, output_field=DateTimeField()), why=Value("", output_field=CharField())
    )
    rows = mails.union(reminders, all=True).values_list("kind", "number", "since", "why")
    found = {kind: told for kind, *told in rows}
    number, since, why = found.get("mails", (0, None, ""))
    return Undelivered(number, since, why, found.get("reminders", (0,))[0])
