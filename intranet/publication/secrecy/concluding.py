"""Keeping the conclusion of a secrecy review."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Revision

from intranet.disclosure.models import MatterPage
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.organisation.models import User
from intranet.publication.models import MatterTaskState, SecrecyReview
from intranet.publication.secrecy.redaction import is_marked

Conclusion, Manner = SecrecyReview.Conclusion, SecrecyReview.Manner


def is_cleared(revision: Revision) -> bool:
    """Whether a secrecy review has concluded that this very version may be disclosed."""
    return SecrecyReview.objects.clearing().filter(cleared=revision).exists()


def was_cleared_before_its_record_was_redacted(translation: MatterPage, revision: Revision) -> bool:
    """Whether the text of record has been disclosed in part since this version of its translation was cleared.

    It may say what was left out there.
    """
    if translation.translation_of_id is None:
        return False
    redacted = SecrecyReview.objects.redactions().filter(matter=translation.translation_of_id)
    last = redacted.order_by("-concluded_at").values_list("concluded_at", flat=True).first()
    return last is not None and not (
        SecrecyReview.objects.clearing().filter(cleared=revision, concluded_at__gte=last).exists()
    )


def reasons_against_conclusion(conclusion: str, basis: str, third_party: str) -> list[str]:
    """What is missing from a conclusion, in words for the reviewer."""
    reasons = []
    if conclusion == Conclusion.OPEN:
        if basis and basis != SecrecyBasis.THIRD_PARTY:
            reasons.append(_("What may be disclosed has no basis for keeping it back: leave the basis empty."))
        if basis == SecrecyBasis.THIRD_PARTY and not third_party:
            reasons.append(_("Say why the third party does not stand against it: consent, or the public interest."))
    elif not basis:
        reasons.append(_("Choose the basis on which it is kept back."))
    return reasons


def keep_clearance(state: MatterTaskState, *, by: User | None, reason: str) -> None:
    """The step's version may be disclosed; nothing where a conclusion on the step is kept already."""
    if not SecrecyReview.objects.filter(step=state).exists():
        _say_that_it_is_whole(state)
        keep(
            state.matter,
            reviewed=state.revision,
            cleared=state.revision,
            by=by,
            step=state,
            reason=reason,
            basis=state.basis,
            third_party=state.third_party,
        )


def _say_that_it_is_whole(state: MatterTaskState) -> None:
    """The basis on which an earlier version was in part is no word of this one, whose author wrote it whole.

    It stays on what a redaction made, and on what was written on from there with the marks still in it.
    """
    version = state.revision
    if not version.content.get("withheld_basis"):
        return
    if SecrecyReview.objects.redactions().filter(cleared=version).exists() or is_marked(version.as_object()):
        return
    version.content["withheld_basis"] = ""
    Revision.objects.filter(pk=version.pk).update(content=version.content)
    # Released in an emergency, it is live already.
    MatterPage.objects.filter(live_revision=version.pk).update(withheld_basis="")


def keep(
    matter: MatterPage,
    *,
    reviewed: Revision,
    by: User | None,
    cleared: Revision | None = None,
    conclusion: str = Conclusion.OPEN,
    manner: str = Manner.STEP,
    **more: Any,
) -> SecrecyReview:
    """Write a conclusion into the register. Called inside the transaction of the decision."""
    return SecrecyReview.objects.create(
        matter=matter.as_matter(),
        title=((cleared or reviewed).object_str or matter.title)[:255],
        department_id=matter.department_id,
        category_id=matter.category_id,
        reviewed=reviewed,
        cleared=cleared,
        reviewer=by,
        conclusion=conclusion,
        manner=manner,
        **more,
    )
