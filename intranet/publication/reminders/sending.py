"""Sending the day's reminders: as often as one likes, to everybody once."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.models import Reminder
from intranet.publication.reminders.mail import message
from intranet.publication.reminders.waiting import Waiting, waiting_by_person

logger = logging.getLogger("gongkai.publication")

CLAIM = timedelta(minutes=10)
"""Longer than one mail takes. A run that dies in it is made up for by the next one."""
KEPT = timedelta(days=90)
"""How long it is known who was reminded when."""


@dataclass(slots=True)
class Sent:
    """What a run did, in persons."""

    sent: int = 0
    failed: int = 0
    is_day_off: bool = False


def send_reminders() -> Sent:
    """Send today's reminders, one mail a person; nothing on a day off, and to nobody for whom nothing waits.

    Repeating it sends nothing twice. A person whose mail fails is told of in the log and is due again in the next
    run; the others go on.
    """
    day, done = timezone.localdate(), Sent()
    if not WorkingCalendar().is_working_day(day):
        done.is_day_off = True
        return done
    Reminder.objects.filter(day__lt=day - KEPT).delete()
    waiting = waiting_by_person()
    people = User.objects.filter(pk__in=waiting, is_active=True).exclude(email="").order_by("pk")
    for person in people:
        try:
            done.sent += _send_to(person, waiting[person.pk], day)
        except Exception:
            logger.exception("The reminder of account %s was not sent; the next run tries it again", person.pk)
            done.failed += 1
    return done


def _send_to(person: User, waiting: Waiting, day: date) -> bool:
    """Send the person's mail of the day; False where it was sent already or another run is sending it."""
    reminder, _is_new = Reminder.objects.get_or_create(person=person, day=day)
    mine = Reminder.objects.filter(pk=reminder.pk)
    if not mine.unsent().update(claimed_until=timezone.now() + CLAIM):
        return False
    try:
        message(person, waiting, day).send()
    except BaseException:
        mine.update(claimed_until=None)
        raise
    mine.update(sent_at=timezone.now(), claimed_until=None)
    return True
