"""Django's `EMAIL_BACKEND` of the portal: sending a mail means to put it down, in the transaction of what it tells."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from intranet.publication.models import OutgoingMail


class EmailBackend(BaseEmailBackend):
    """Puts mails down for `manage.py publication deliver`; an approval that is undone takes its mail along."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            OutgoingMail(address=address, subject=str(message.subject), text=str(message.body), html=_html(message))
            for message in email_messages
            for address in message.recipients()
        ]
        OutgoingMail.objects.bulk_create(rows)
        return len(email_messages)


def _html(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
