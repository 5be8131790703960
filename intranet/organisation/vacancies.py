"""What the leading group's office is warned of: departments that lack someone, or have two where one answers."""

from dataclasses import dataclass
from datetime import date

from intranet.organisation.models import Department, Post


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A department without a holder of a post that it must have."""

    department: Department
    kind: Post.Kind


def vacancies(*, on: date | None = None) -> list[Vacancy]:
    """Every department without a head or without a liaison officer on the day (today unless said)."""
    return staffing(on=on).vacancies


def departments_with_several_heads(*, on: date | None = None) -> list[Department]:
    """The departments with more than one head on the day (today unless said), so that nobody alone answers."""
    return staffing(on=on).several_heads


@dataclass(frozen=True, slots=True)
class Staffing:
    """Where departments lack someone, and where two hold what one answers for."""

    vacancies: list[Vacancy]
    several_heads: list[Department]


def staffing(*, on: date | None = None) -> Staffing:
    """Both of the day (today unless said), in the departments' order; one query."""
    needed = (Post.Kind.HEAD, Post.Kind.LIAISON)
    rows = list(Department.objects.departments().with_people_in(*needed, on=on))
    return Staffing(
        [Vacancy(row, kind) for kind in needed for row in rows if not getattr(row, f"people_in_{kind}")],
        [row for row in rows if (getattr(row, f"people_in_{Post.Kind.HEAD}") or 0) > 1],
    )
