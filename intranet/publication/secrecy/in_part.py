"""Disclosing a matter in part: a version with passages left out goes on, the original stays with its handlers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState

from intranet.disclosure.attachments import documents_of
from intranet.disclosure.body import rich_texts
from intranet.disclosure.corrections import correction_of, last_live_version
from intranet.disclosure.holding_matters import hold
from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterPage
from intranet.disclosure.models.matter import Language
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.disclosure.texts import files_linked_in
from intranet.organisation.models import User
from intranet.publication.approval import ApprovalRefused, current_step, end_emergency, require_decision
from intranet.publication.models import MatterTaskState, SecrecyReviewTask
from intranet.publication.secrecy.concluding import Conclusion, keep, reasons_against_conclusion
from intranet.publication.secrecy.redaction import CORRECTIONS, LeftOut, Redaction, redact
from intranet.publication.secrecy.remaining import left_in
from intranet.publication.withdrawal import take_down_translations


def redacted(matter: MatterPage, revision: Revision, left_out: LeftOut) -> tuple[MatterPage, Redaction]:
    """The version as readers would get it, and what was found of what is left out. Nothing is saved."""
    made = redact(revision.content, type(matter), left_out)
    return matter.with_content_json(made.content), made


def images_of(draft: MatterPage) -> list[DisclosedImage]:
    """The images in the body of this version, each once."""
    found = {block.value["image"].pk: block.value["image"] for block in draft.body.blocks_by_name("figure")}
    return list(found.values())


def files_of(draft: MatterPage) -> tuple[list[AttachedDocument], list[DisclosedImage]]:
    """The documents, those that its text links to among them, and images that can be left out of this version."""
    attached = documents_of(draft)
    linked = {key for html in rich_texts(draft.body) for key in files_linked_in(html)}
    linked -= {document.pk for document in attached}
    return [*attached, *AttachedDocument.objects.filter(pk__in=linked).order_by("pk")], images_of(draft)


def reasons_against_version(version: MatterPage, made: Redaction) -> list[str]:
    """Passages that stand nowhere in the matter, and those that the version made without them still tells."""
    reasons = [
        _("This passage stands nowhere in the matter: “%(passage)s”.") % {"passage": passage}
        for passage in made.not_found
    ]
    documents, images = files_of(version)
    return reasons + left_in(version, list(made.times), documents=documents, images=images)


@transaction.atomic
def disclose_in_part(matter: MatterPage, *, by: User, basis: str, reason: str, left_out: LeftOut) -> None:
    """Conclude the matter's secrecy review: it may be disclosed without what is left out.

    A new version without it is what the next steps decide on; it says that it is in part, and on which basis. The
    version with everything in it stays among the matter's versions, which its department's drafters and deciders see.
    What was released in an emergency comes down at once: without the passages it goes live after the next steps.
    Raises `ApprovalRefused` with every reason; nothing has changed then.
    """
    state = current_step(matter)
    if state is None or state.task.specific_class is not SecrecyReviewTask:
        raise ApprovalRefused([_("This matter awaits no secrecy review.")])
    require_decision(state, by=by)
    original = state.revision
    version, made = redacted(matter, original, left_out)
    if reasons := _reasons_against(basis, left_out) + reasons_against_version(version, made):
        raise ApprovalRefused(reasons)
    version.withheld_basis = basis
    _say_what_was_corrected(version)
    try:
        cleared = version.save_revision(user=by, log_action=False)
    except ValidationError as error:
        raise ApprovalRefused(error.messages) from error
    times = sum(made.times.values())
    keep(
        matter,
        reviewed=original,
        cleared=cleared,
        by=by,
        step=state,
        conclusion=Conclusion.IN_PART,
        basis=basis,
        reason=reason.strip(),
        passages_left_out=times,
        files_left_out=len(left_out.documents) + len(left_out.images),
    )
    told = {"reason": reason.strip(), "basis": basis, "passages": times}
    log(instance=matter, action="gongkai.redact", user=by, data=told, revision=cleared)
    state.revision, state.basis = cleared, basis
    state.save(update_fields=["revision", "basis"])
    _as_stored(state).approve(user=by, comment=reason)
    end_emergency(matter, by=by)
    # A translation says what is left out: it comes down now, and comes again as the version in part does.
    words = _("The text of record is disclosed in part: a translation of what is disclosed follows.")
    take_down_translations(hold(matter), by=by, reason=words)


def _say_what_was_corrected(version: MatterPage) -> None:
    """Readers of a version before are told; of what went live before its review, nobody has said anything yet."""
    replaced = last_live_version(version)
    if replaced is not None and not correction_of(version):
        version.correction, version.corrects = CORRECTIONS[version.language or Language.ZH_HANS], replaced


def _reasons_against(basis: str, left_out: LeftOut) -> list[str]:
    reasons = reasons_against_conclusion(Conclusion.IN_PART, basis, "")
    if not left_out:
        reasons.append(_("Say what is left out: passages, word for word, or files."))
    if basis and basis not in SecrecyBasis.values:
        reasons.append(_("Choose the basis on which it is kept back."))
    return reasons


def _as_stored(state: MatterTaskState) -> MatterTaskState:
    """Read anew: the review's own copy of the matter still names the version before."""
    stored = MatterTaskState.objects.get(pk=state.pk)
    stored.workflow_state = WorkflowState.objects.get(pk=state.workflow_state_id)
    return stored


def told_of(times: int, files: int) -> str:
    """What was left out, in words for the register."""
    told = []
    if times:
        told.append(ngettext("%(times)d passage", "%(times)d passages", times) % {"times": times})
    if files:
        told.append(ngettext("%(files)d file", "%(files)d files", files) % {"files": files})
    return _(", ").join(told)
