"""Releasing a revision to go live, and the check that the gate makes of it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision, Task, TaskState, WorkflowState

from intranet.access.audience import is_within
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.models import Release
from intranet.publication.route_records.notice_period import hold_notice_of, notice_of, reasons_against_result
from intranet.publication.scrutiny.checks import errors_at_the_gate
from intranet.publication.scrutiny.texts_of_record import is_before_its_record
from intranet.publication.secrecy.concluding import (
    Manner,
    is_cleared,
    keep,
    was_cleared_before_its_record_was_redacted,
)


def reasons_against_release(matter: MatterPage, revision: Revision, user: Any) -> list[str]:
    """Every reason why the revision may not go live now: the gate's own check, whatever route was taken.

    There must be an unused release of this very revision, and a secrecy review that cleared it; an approved one must
    have every step of its route approved for it; its audience must still lie below its category's ceiling, which may
    have been narrowed between approval and a scheduled moment; a result waits for its notice period; a service guide
    says all that it must; and the law's own bans hold whoever has released it.
    """
    release = Release.objects.filter(revision_id=revision.pk, matter_id=matter.pk, used_at=None).first()
    if release is None:
        return [_("This version has not been released by review and approval.")]
    reasons = []
    if not is_cleared(revision):
        reasons.append(_("No secrecy review has concluded that this version may be disclosed."))
    if release.kind == Release.Kind.APPROVAL and not _every_step_is_approved(release.workflow_state, revision):
        reasons.append(_("Not every step of the review has approved this version."))
    if revision.pk != matter.latest_revision_id and revision.approved_go_live_at is None:
        reasons.append(_("A newer version exists; that one has to be reviewed."))
    content = revision.as_object()
    terms = matter.category.terms_on()
    if terms is None or not is_within(content.visibility, terms.widest_audience):
        reasons.append(_("The audience is wider than category %(code)s allows.") % {"code": matter.category.code})
    if was_cleared_before_its_record_was_redacted(content, revision):
        reasons.append(_("Its text of record was disclosed in part after this version was cleared: submit it anew."))
    is_import = release.kind == Release.Kind.IMPORT
    if not is_import and is_before_its_record(content):
        reasons.append(_("Its text of record is not disclosed: that goes live first."))
    if not is_import or notice_of(matter) is not None:
        hold_notice_of(matter)
        reasons += reasons_against_result(matter)
    return reasons + errors_at_the_gate(content, is_import=is_import)


def _every_step_is_approved(workflow_state: WorkflowState, revision: Revision) -> bool:
    steps = Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow, active=True)
    approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision=revision)
    return steps.exists() and not steps.exclude(pk__in=approved.values("task")).exists()


@transaction.atomic
def release_approved(workflow_state: WorkflowState, *, by: User | None) -> None:
    """Release the revision that a finished review approved, and publish it through the gate.

    Raises `PublicationRefused` where the gate has something against it; the approval is undone with it. What was
    released in an emergency is live already, and its debt is settled; that of another version once this one is live.
    """
    matter = workflow_state.content_object.specific
    revision = workflow_state.current_task_state.revision
    if matter.live and matter.live_revision_id == revision.pk:
        settle(matter, by=by)
        return
    Release.objects.filter(revision=revision, used_at=None).delete()
    Release.objects.create(
        matter_id=matter.pk,
        revision=revision,
        kind=Release.Kind.APPROVAL,
        workflow_state=workflow_state,
        released_by=by,
    )
    revision.publish(user=by, skip_permission_checks=True)


@transaction.atomic
def release_imported(matter: MatterPage, *, by: User | None, reason: str, reviewed_by: User | None = None) -> None:
    """Make the newest version live on the word of the operator who imports it; recorded and logged.

    Review and approval happened where the matter comes from: by whom, the operator says, and the register of secrecy
    reviews says it, too. Only commands of an operator call this, no screen. Raises `PublicationRefused` where its
    audience is wider than its category allows.
    """
    revision = matter.get_latest_revision()
    keep(matter, reviewed=revision, cleared=revision, by=reviewed_by, manner=Manner.IMPORT, reason=reason)
    Release.objects.filter(revision=revision, used_at=None).delete()
    Release.objects.create(
        matter_id=matter.pk, revision=revision, kind=Release.Kind.IMPORT, released_by=by, reason=reason[:255]
    )
    revision.publish(user=by, skip_permission_checks=True)
    log(instance=matter, action="gongkai.release_imported", user=by, data={"reason": reason}, revision=revision)


def is_owed(matter: MatterPage) -> bool:
    """Whether what is live was released in an emergency, and the steps that it skipped are still to be made."""
    owed = _owed(matter).filter(revision=matter.live_revision_id).exclude(used_at=None)
    return bool(matter.live and matter.live_revision_id) and owed.exists()


def settle(matter: MatterPage, *, by: User | None) -> None:
    """The review that an emergency release went before has ended: nothing is owed any more."""
    if _owed(matter).update(settled_at=timezone.now()):
        log(instance=matter, action="gongkai.emergency_settled", user=by)


def _owed(matter: MatterPage) -> QuerySet[Release]:
    return Release.objects.filter(kind=Release.Kind.EMERGENCY, settled_at=None, matter_id=matter.pk)


def mark_used(revision: Revision) -> None:
    """The revision went live: its release is spent and cannot bring it back later.

    Where a review approved it, nothing is owed any more of what was live before it.
    """
    spent = Release.objects.filter(revision=revision, used_at=None)
    approved = spent.filter(kind=Release.Kind.APPROVAL).select_related("matter", "released_by").first()
    spent.update(used_at=timezone.now())
    if approved is not None:
        settle(approved.matter, by=approved.released_by)
