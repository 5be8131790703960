"""What was approved for a moment and refused at it: logged, and told to those who can do something about it."""

from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision, TaskState

from intranet.access.rights import Right, holders
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import MatterPage
from intranet.organisation.desk_language import desk_language_of
from intranet.organisation.models import User
from intranet.publication.draft_mail import may_open
from intranet.publication.models import HeadApprovalTask, Release
from intranet.publication.release import reasons_against_release
from intranet.publication.withdrawal import reasons_against_calling_off

ACTION = "gongkai.held_back"


@transaction.atomic
def hold_back(revision: Revision, reasons: Sequence[str]) -> bool:
    """Log why the version of a matter did not go live at its moment, and owe its author and its head a mail.

    False, and nothing is done, where the same reasons were the last ones told of this version.
    """
    matter = hold(revision.content_object)
    if set(reasons) == set(reasons_told([revision.pk]).get(revision.pk, ())):
        return False
    log(instance=matter, action=ACTION, data={"reason": "\n".join(reasons)}, revision=revision)
    for person in people_to_tell(matter, revision):
        _message(person, matter, revision, reasons).send()
    return True


def reasons_told(revisions: Collection[int]) -> dict[int, list[str]]:
    """Why each of these versions was held back the last time, by primary keys, in the portal's own language."""
    entries = PageLogEntry.objects.filter(action=ACTION, revision__in=revisions).order_by("timestamp", "pk")
    return {entry.revision_id: entry.data["reason"].splitlines() for entry in entries}


def people_to_tell(matter: MatterPage, revision: Revision) -> list[User]:
    """Whose draft it is and who submitted it, and who approved it; where none of these may open it any more, whoever
    drafts for the department now, or approves for it."""
    release = Release.objects.filter(revision=revision, used_at=None).select_related("workflow_state").first()
    review = release.workflow_state if release else None
    authors, heads = {matter.owner_id}, {release.released_by_id if release else None}
    if review is not None:
        authors.add(review.requested_by_id)
        steps = review.task_states.filter(revision=revision, status=TaskState.STATUS_APPROVED)
        approved = steps.filter(task__content_type__model=HeadApprovalTask._meta.model_name)
        heads.update(approved.values_list("finished_by", flat=True))
    groups = ((authors, Right.DRAFT_MATTERS), (heads, Right.APPROVE_MATTERS))
    found = {
        person.pk: person
        for keys, right in groups
        for person in _who_open(matter, User.objects.filter(pk__in=keys - {None}))
        or _who_open(matter, holders(right, matter.department))
    }
    return [person for _pk, person in sorted(found.items()) if person.email]


def _who_open(matter: MatterPage, people: Iterable[User]) -> list[User]:
    return [person for person in people if may_open(matter, person)]


def _message(person: User, matter: MatterPage, revision: Revision, reasons: Sequence[str]) -> EmailMultiAlternatives:
    """In the language in which the person works at the desk, the reasons too: they are asked for again in it."""
    with translation.override(desk_language_of(person)):
        context = {
            "person": person,
            "title": revision.object_str,
            "matter": matter,
            "moment": revision.approved_go_live_at,
            "reasons": reasons_against_release(revision.as_object(), revision, None) or reasons,
            "may_call_off": not reasons_against_calling_off(matter, by=person),
            "base": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
        }
        subject = _("Held back at its moment: %(title)s") % {"title": revision.object_str}
        mail = EmailMultiAlternatives(
            subject, render_to_string("publication/held_back_mail.txt", context), to=[person.email]
        )
        mail.attach_alternative(render_to_string("publication/held_back_mail.html", context), "text/html")
    return mail
