"""Which price audits hold no more. An audit is one for all matters that name it: by its organ and its number."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from intranet.disclosure.particulars.form import Row
from intranet.hall.models.fees import LostAudit
from intranet.organisation.derivation_words import full
from search.normalisation import document_number_key, exact_key

Audit = tuple[str, str]
"""Its organ and its number, however their widths, brackets and spaces are written."""
Losses = Mapping[Audit, date]
"""From which day on each audit holds no more."""
ANY_ORGAN = ""
"""Of a loss that was written down before organs were, where its matter does not tell whose the number is."""


def audit_of(row: Row) -> Audit:
    """The audit on which the row of a form of fees stands; its number is empty where it stands on none."""
    return _audit(str(row.get("audit_organ") or ""), str(row.get("audit_number") or ""))


def losses() -> dict[Audit, date]:
    """Every loss that was written down and stands, the earliest of each audit."""
    rows = LostAudit.objects.standing().order_by("-lost_on").values_list("audit_organ", "audit_number", "lost_on")
    return {_audit(organ, number): day for organ, number, day in rows}


def lost_on(row: Row, found: Losses) -> date | None:
    """From which day on the row's audit holds no more; None while nobody has said so."""
    return min((found[audit] for audit in _known_as(row) if audit in found), default=None)


def written_down() -> dict[Audit, list[LostAudit]]:
    """Every loss that stands, by its audit."""
    found: dict[Audit, list[LostAudit]] = defaultdict(list)
    for loss in LostAudit.objects.standing().select_related("matter__department"):
        found[_audit(loss.audit_organ, loss.audit_number)].append(loss)
    return found


def losses_of(row: Row, found: Mapping[Audit, list[LostAudit]]) -> list[LostAudit]:
    """The losses by which the row's audit holds no more."""
    return [loss for audit in _known_as(row) for loss in found.get(audit, [])]


def _known_as(row: Row) -> set[Audit]:
    """The row's audit as a loss may name it: by organ and number, or by its number alone."""
    organ, number = audit_of(row)
    return {(organ, number), (ANY_ORGAN, number)} if number else set()


def told_of_loss(day: date) -> str:
    """Why what stands on such an audit is not charged."""
    return _("Its price audit holds no more from %(day)s.") % {"day": full(day)}


def _audit(organ: str, number: str) -> Audit:
    return exact_key(organ), document_number_key(number) or exact_key(number)
