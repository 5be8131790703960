"""Reading the facts, for one regulation or for however many in one query."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import DateField, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from intranet.access.audience import is_within
from intranet.disclosure.models import Ending, MatterPage, RegulationPage, RegulationRelation
from intranet.disclosure.validity.rule import Bearing, Facts, Standing, days_of_change, standing_on

BEARING = (RegulationRelation.Kind.REPEALS, RegulationRelation.Kind.AMENDS)
FIELDS = ("pk", "visibility", "effective_from", "effective_until", "validity", "last_published_at")
"""What a row of a regulation must have for `standings_of_rows`."""


def validity_on(regulation: MatterPage, day: date) -> Standing:
    """What the regulation is on the day, from what is on record today."""
    return standing_on(facts_of(regulation), day)


def facts_of(regulation: MatterPage, *, is_borne: bool = True) -> Facts:
    """What is on record of the regulation; one query, none where no other one is known to bear on it."""
    row = {name: getattr(regulation, name) for name in FIELDS}
    borne = {regulation.pk: regulation.visibility} if is_borne else {}
    return _facts(row, bearings_on(borne).get(regulation.pk, ()))


def standings_of_rows(rows: Iterable[Mapping[str, Any]], day: date | None = None) -> dict[int, Standing]:
    """What each regulation is on the day (today unless said), by primary key; one query for all."""
    known = {row["pk"]: row for row in rows}
    bearings = bearings_on({pk: row["visibility"] for pk, row in known.items()})
    day = day or timezone.localdate()
    return {pk: standing_on(_facts(row, bearings[pk]), day) for pk, row in known.items()}


def read_validity(matters: Iterable[MatterPage]) -> list[MatterPage]:
    """The matters with `validity_today` read for all at once, for a list that shows it of each."""
    listed = list(matters)
    regulations = {matter.pk: matter for matter in listed if is_regulation(matter)}
    rows = [{name: getattr(matter, name) for name in FIELDS} for matter in regulations.values()]
    for pk, standing in standings_of_rows(rows).items():
        regulations[pk].__dict__["validity_today"] = standing.validity
    return listed


def is_regulation(matter: MatterPage) -> bool:
    model = matter.specific_class
    return model is not None and issubclass(model, RegulationPage)


def bearings_on(audiences: Mapping[int, str]) -> dict[int, list[Bearing]]:
    """What bears on each of these regulations, given with their audiences.

    Only what is or was disclosed counts, and only to no narrower an audience: that a regulation was repealed is told
    to all its readers, and must not tell them of another that they may not read.
    """
    found: dict[int, list[Bearing]] = {pk: [] for pk in audiences}
    if not found:
        return found
    rows = RegulationRelation.objects.filter(_was_disclosed(), target__in=audiences, kind__in=BEARING)
    for target, kind, by, audience, since in rows.annotate(since=_since()).values_list(
        "target_id", "kind", "page_id", "page__visibility", "since"
    ):
        if since is not None and target != by and is_within(audiences[target], audience):
            found[target].append(Bearing(kind, since, by))
    return found


def _was_disclosed() -> Q:
    """Disclosed once, and not taken back: what a regulation repealed stays so when its own disclosure ends by its term
    or on its last day."""
    taken_back = Q(page__ending__in=(Ending.WITHDRAWAL, Ending.REVIEW))
    return Q(page__first_published_at__isnull=False) & ~taken_back


def _since() -> Coalesce:
    """From when on a regulation does what it says: its day of effect, else of issue, else of disclosure."""
    return Coalesce(F("page__effective_from"), F("page__issued_on"), F("page__published_on"), output_field=DateField())


def _facts(row: Mapping[str, Any], bearings: Collection[Bearing]) -> Facts:
    said = row["last_published_at"]
    return Facts(
        effective_from=row["effective_from"],
        effective_until=row["effective_until"],
        stated=str(row["validity"]),
        stated_on=timezone.localdate(said) if said else timezone.localdate(),
        bearings=tuple(bearings),
    )


def last_changes(after: date) -> dict[int, date]:
    """The last day after this one and up to today on which the calendar made a live regulation another one."""
    today = timezone.localdate()
    own = Q(effective_from__gt=after, effective_from__lte=today) | Q(
        effective_until__gte=after, effective_until__lt=today
    )
    borne = RegulationRelation.objects.annotate(since=_since()).filter(since__gt=after, since__lte=today)
    live = RegulationPage.objects.live().filter(own | Q(pk__in=borne.values("target"))).order_by()
    rows = {row["pk"]: row for row in live.values(*FIELDS)}
    bearings = bearings_on({pk: row["visibility"] for pk, row in rows.items()})
    changes = {
        pk: [day for day in days_of_change(_facts(row, bearings[pk])) if day <= today] for pk, row in rows.items()
    }
    return {pk: days[-1] for pk, days in changes.items() if days}
