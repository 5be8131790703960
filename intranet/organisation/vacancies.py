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
    return [
        Vacancy(department, kind)
        for kind in (Post.Kind.HEAD, Post.Kind.LIAISON)
        for department in Department.objects.departments().without_post(kind, on=on)
    ]


def departments_with_several_heads(*, on: date | None = None) -> list[Department]:
    """The departments with more than one head on the day (today unless said), so that nobody alone answers."""
    return list(Department.objects.departments().with_several_in(Post.Kind.HEAD, on=on))
