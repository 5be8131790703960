"""What the leading group's office is warned of: departments that lack someone who must be there."""

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
    return [
        Vacancy(department, kind)
        for kind in (Post.Kind.HEAD, Post.Kind.LIAISON)
        for department in Department.objects.departments().without_post(kind, on=on)
    ]
