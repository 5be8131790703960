"""The mail itself, in the language in which its person works at the desk."""

from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import ngettext

from intranet.organisation.desk_language import desk_language_of
from intranet.organisation.models import User
from intranet.publication.reminders.waiting import Waiting

SHOWN = 20
"""Lines of each list; the desk shows the rest."""


def message(person: User, waiting: Waiting, day: date) -> EmailMultiAlternatives:
    """What waits for the person. A second one of the day has the same `Message-ID`, so that a mailbox knows it."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    with translation.override(desk_language_of(person)):
        context = {
            "person": person,
            "drafts": waiting.drafts[:SHOWN],
            "steps": waiting.steps[:SHOWN],
            "held_back": waiting.held_back[:SHOWN],
            "overdue": waiting.overdue[:SHOWN],
            "unmanned": waiting.unmanned[:SHOWN],
            "left_alone": waiting.left_alone[:SHOWN],
            "looks": waiting.looks[:SHOWN],
            "withdrawals": waiting.withdrawals[:SHOWN],
            "at_once": waiting.at_once[:SHOWN],
            "parts": [(part.heading, part.lines[:SHOWN]) for part in waiting.parts],
            "count": waiting.count,
            "base": base,
        }
        subject = _subject(waiting)
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("publication/reminder.txt", context),
            to=[person.email],
            connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
            headers={
                "Message-ID": f"<reminder-{person.pk}-{day:%Y%m%d}@{urlsplit(base).hostname}>",
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("publication/reminder.html", context), "text/html")
    return mail


def _subject(waiting: Waiting) -> str:
    """Of matters, unless something of another kind waits, too."""
    if waiting.parts:
        words = ngettext("%(count)d thing waits for you", "%(count)d things wait for you", waiting.count)
    else:
        words = ngettext("%(count)d matter waits for you", "%(count)d matters wait for you", waiting.count)
    return words % {"count": waiting.count}
