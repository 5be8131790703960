"""An earlier conclusion that the matter is not to be disclosed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from intranet.disclosure.attachments import documents_of
from intranet.disclosure.models import MatterPage
from intranet.disclosure.wording import wording_of
from intranet.publication.models import Release, SecrecyReview
from intranet.publication.scrutiny.finding import Finding, Weight
from intranet.publication.secrecy.passages import folded


def conclusions(draft: MatterPage) -> Iterator[Finding]:
    """An error where the draft says what was not to be disclosed, however long ago that was concluded; a warning for
    its author, its reviewer and its head while nothing of the matter went live since.

    Source: Regulations on Open Government Information (2019), articles 14 to 17.
    """
    closed = SecrecyReview.objects.filter(matter=draft.pk, conclusion=SecrecyReview.Conclusion.CLOSED)
    reviews = list(closed.select_related("reviewed", "reviewer"))
    if not reviews:
        return
    said = _said(draft)
    if same := next((one for one in reviews if one.reviewed and _said(one.reviewed.as_object()) == said), None):
        words = _("Concluded as not to be disclosed on %(day)s by %(person)s, basis: %(basis)s. This is the same text.")
        yield Finding(Weight.ERROR, words % _told(same), "conclusions")
        return
    if unanswered := _unanswered(draft, closed):
        words = _(
            "Concluded as not to be disclosed on %(day)s by %(person)s, basis: %(basis)s. "
            "Say why it may be disclosed as it is now."
        )
        yield Finding(Weight.WARNING, words % _told(unanswered), "conclusions")


def _unanswered(draft: MatterPage, closed: QuerySet[SecrecyReview]) -> SecrecyReview | None:
    """The last of them that no review answered by letting the matter go live; an emergency answers nothing."""
    answered = Release.objects.filter(matter=draft.pk).exclude(kind=Release.Kind.EMERGENCY, settled_at=None)
    since = answered.aggregate(since=Max("used_at"))["since"]
    return (closed.filter(concluded_at__gt=since) if since else closed).select_related("reviewer").first()


def _told(review: SecrecyReview) -> dict[str, Any]:
    return {
        "day": date_format(localtime(review.concluded_at), "DATE_FORMAT"),
        "person": review.reviewer or "—",
        "basis": review.get_basis_display(),
    }


def _said(version: MatterPage) -> tuple[Any, ...]:
    """What its readers would get, and who they are; spaces and the width of signs are no other text."""
    images = [block["value"]["image"] for block in version.body.raw_data if block["type"] == "figure"]
    files = sorted(document.file_hash or str(document.pk) for document in documents_of(version))
    return folded("".join(wording_of(version))), version.visibility, files, images
