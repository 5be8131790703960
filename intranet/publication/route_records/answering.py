"""Telling whoever objected what became of it. The mail goes to them alone: nobody else learns who it was."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.organisation.desk_language import desk_language_of
from intranet.publication.models import Objection


def tell_outcome(objection: Objection) -> None:
    """Put down a mail with the outcome and its reasons, in the objector's language.

    Nothing where nobody is known, or has an address or an account any more. Called in the decision's transaction.
    """
    person = objection.raised_by
    if person is None or not person.is_active or not person.email:
        return
    with translation.override(desk_language_of(person)):
        subject = _("Your objection was decided: %(title)s") % {"title": objection.notice.title}
        text = render_to_string("publication/records/outcome.txt", {"person": person, "objection": objection})
    send_mail(subject, text, None, [person.email])
