"""Changes of a category's terms are acts: its terms decide on who reads its matters, by whose word, and how long."""

from typing import Any

from intranet.audit.recording import record
from intranet.disclosure.models.catalogue import CategoryTerms

FACTS = {
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "audience": "widest_audience",
    "retention": "retention_years",
    "route": "route",
    "deadline": "deadline_days",
    "interval": "update_interval",
    "elements": "required_elements",
    "notice_period": "notice_period_days",
}
"""What terms say, by its name in the log, where it is told with `_before` and `_after`."""
ALWAYS_TOLD = ("audience", "retention")
DAYS = ("valid_from", "valid_to")
"""Told as they are, and as they were before where they changed."""


def as_stored(terms: CategoryTerms) -> CategoryTerms | None:
    """The terms as the database has them now."""
    return CategoryTerms.objects.select_related("category").filter(pk=terms.pk).first()


def record_change(before: CategoryTerms | None, after: CategoryTerms | None) -> None:
    """Record that terms were entered (none before), changed or deleted (none after); nothing if they say the same."""
    said, says = _said_by(before), _said_by(after)
    terms = after or before
    if terms is None or said == says:
        return
    act = "changed" if before and after else "created" if after else "deleted"
    facts: dict[str, Any] = {
        "category": terms.category.code,
        "valid_from": terms.valid_from,
        "valid_to": terms.valid_to,
    }
    for name in FACTS:
        if name not in ALWAYS_TOLD and said.get(name) == says.get(name):
            continue
        if name not in DAYS:
            facts |= {f"{name}_before": said.get(name), f"{name}_after": says.get(name)}
        elif act == "changed":
            facts[f"{name}_before"] = said[name]
    record(f"terms.{act}", thing=terms, facts=facts)


def _said_by(terms: CategoryTerms | None) -> dict[str, Any]:
    return {name: getattr(terms, field) for name, field in FACTS.items()} if terms else {}
