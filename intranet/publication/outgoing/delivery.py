"""Delivering what was put down: one mail a person, however much there is to tell."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation
from django.utils.translation import ngettext

from intranet.organisation.desk_language import desk_language_of
from intranet.organisation.models import User
from intranet.publication.models import OutgoingMail

logger = logging.getLogger("gongkai.publication")

CLAIM = timedelta(minutes=10)
"""Longer than one mail takes. A run that dies in it is made up for by the next one."""


@dataclass(slots=True)
class Delivered:
    """What a run did, in mails."""

    delivered: int = 0
    failed: int = 0


def deliver() -> Delivered:
    """Deliver what waits, all of one address in one mail. What fails waits for the next run and says why.

    A server that takes no connection is asked once a run, not once a person; one that refuses a mail gets the others.
    """
    done = Delivered()
    waiting = OutgoingMail.objects.unclaimed().order_by("address")
    addresses = list(waiting.values_list("address", flat=True).distinct())
    if not addresses:
        return done
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        connection.open()
    except OSError as failure:
        logger.exception("The mail server takes no connection; %s people wait for their mail", len(addresses))
        waiting.update(failure=in_words(failure))
        done.failed = len(addresses)
        return done
    for address in addresses:
        try:
            done.delivered += _deliver_to(address, connection)
        except Exception:
            logger.exception("A mail was not delivered; the next run tries it again")
            done.failed += 1
            connection.close()  # the next one opens another: this one may be in the middle of a mail
    connection.close()
    return done


def _deliver_to(address: str, connection: BaseEmailBackend) -> bool:
    """Deliver what waits for the address; False where another run is doing so. What failed is due again."""
    claim = timezone.now() + CLAIM
    OutgoingMail.objects.filter(address=address).unclaimed().update(claimed_until=claim)
    mine = OutgoingMail.objects.filter(address=address, claimed_until=claim).order_by("pk")
    waiting = list(mine)
    if not waiting:
        return False
    try:
        mail = together(waiting)
        mail.connection = connection
        mail.send()
    except BaseException as failure:
        mine.update(claimed_until=None, failure=in_words(failure))
        raise
    mine.delete()
    return True


def in_words(failure: BaseException) -> str:
    """What the office passes on to whoever keeps the mail server."""
    return f"{type(failure).__name__}: {failure}"[:255]


def together(waiting: Sequence[OutgoingMail]) -> EmailMultiAlternatives:
    """One mail of several for the same address. Sent a second time it has the same `Message-ID`."""
    first, host = waiting[0], urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname
    headers = {"Message-ID": f"<outgoing-{first.pk}-{waiting[-1].pk}@{host}>", "Auto-Submitted": "auto-generated"}
    if len(waiting) == 1:
        mail = EmailMultiAlternatives(first.subject, first.text, to=[first.address], headers=headers)
        if first.html:
            mail.attach_alternative(first.html, "text/html")
        return mail
    person = User.objects.filter(email=first.address, is_active=True).first()
    language = desk_language_of(person) if person else settings.LANGUAGE_CODE
    with translation.override(language):
        subject = ngettext("%(count)d message", "%(count)d messages", len(waiting)) % {"count": len(waiting)}
    text = "\n\n".join(f"{one.subject}\n{one.text.strip()}" for one in waiting)
    return EmailMultiAlternatives(subject, text, to=[first.address], headers=headers)
