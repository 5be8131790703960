"""The whole bureau at a glance: what is overdue, which steps nobody can decide, how each department stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from intranet.disclosure.models import Category, MatterPage
from intranet.listed import listed
from intranet.organisation.models import Department
from intranet.publication.awaiting import OpenStep
from intranet.publication.deadlines import Deadline, Deadlines
from intranet.publication.desk.undisclosed import Stage, Undisclosed, undisclosed

SHOWN = 50
"""Lines of a list; how many there are in all is said."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a department stands; matters by number."""

    department: Department
    drafts: int
    returned: int
    in_review: int
    overdue: int
    disclosed_this_year: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """What is late of one category in one department. By number: a draft is read by who works on it, not by who
    answers for its being late."""

    department: Department
    category: Category
    matters: frozenset[int]
    stages: Mapping[Stage, int]
    oldest: Deadline

    @property
    def told(self) -> str:
        """Where they stand, in words."""
        return listed(f"{stage.label} {number}" for stage, number in sorted(self.stages.items()))


@dataclass(frozen=True, slots=True)
class Overview:
    """What the office answers for."""

    overdue: Sequence[Overdue]
    unmanned: Sequence[OpenStep]
    """Steps which the office decides because nobody else in office can, or which nobody at all decides."""
    standings: Sequence[Standing]


def overview(steps: Iterable[OpenStep], deadlines: Deadlines | None = None) -> Overview:
    """The bureau as it stands now; `steps` are all that await a decision anywhere."""
    rows = undisclosed(Department.objects.all(), deadlines)
    return Overview(overdue_of(rows), unmanned_of(steps)[:SHOWN], standings(rows))


def overdue_of(rows: Iterable[Undisclosed]) -> list[Overdue]:
    """What is late, by department and category, the oldest deadline first."""
    late: dict[tuple[int, int], list[Undisclosed]] = defaultdict(list)
    for row in rows:
        if row.urgency == "overdue":
            late[row.matter.department_id, row.matter.category_id].append(row)
    groups = [
        Overdue(
            department=some[0].matter.department,
            category=some[0].matter.category,
            matters=frozenset(row.matter.pk for row in some),
            stages=Counter(row.stage for row in some),
            oldest=min((row.due for row in some if row.due), key=lambda due: due.on),
        )
        for some in late.values()
    ]
    return sorted(groups, key=lambda group: group.oldest.on)


def unmanned_of(steps: Iterable[OpenStep]) -> list[OpenStep]:
    return [step for step in steps if step.deciders.stands_in]


def standings(rows: Iterable[Undisclosed]) -> list[Standing]:
    """Each department that has a matter, the one with most overdue first."""
    stages: Counter[tuple[int, str]] = Counter()
    for row in rows:
        stages[row.matter.department_id, row.stage] += 1
        if row.urgency == "overdue":
            stages[row.matter.department_id, "overdue"] += 1
    year = timezone.localdate().year
    this_year = MatterPage.objects.live().filter(published_on__year=year).order_by()
    disclosed = dict(this_year.values_list("department_id").annotate(Count("pk")))
    found = []
    for department in Department.objects.order_by("pk"):
        key = department.pk
        standing = Standing(
            department=department,
            drafts=stages[key, Stage.DRAFT],
            returned=stages[key, Stage.RETURNED] + stages[key, Stage.REJECTED],
            in_review=stages[key, Stage.IN_REVIEW],
            overdue=stages[key, "overdue"],
            disclosed_this_year=disclosed.get(key, 0),
        )
        if department.kind == Department.Kind.DEPARTMENT or any(stages[key, stage] for stage in Stage):
            found.append(standing)
    return sorted(found, key=lambda one: (-one.overdue, one.disclosed_this_year))
