"""Whom the day's mail tells that a live guide says otherwise than a service item, or soon will."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access.rights import Right, holders_by_department
from intranet.disclosure.models import GuidePage
from intranet.hall.guides.checking import codes
from intranet.hall.guides.differences import Difference, differences
from intranet.hall.models import ItemVersion
from intranet.listed import listed
from intranet.publication.reminders.parts import Line, Part

AHEAD_DAYS = 14
"""Calendar days before a version of an item begins from which its guide's owner is told: a review takes its time."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A live guide, in what it differs, and from which versions."""

    guide: GuidePage
    found: Sequence[Difference]
    versions: Sequence[ItemVersion]

    @property
    def since(self) -> date:
        """The day on which the newest of the versions begins."""
        return max(version.valid_from for version in self.versions)


def guides_by_person() -> Mapping[int, Part]:
    """The guides to be corrected, for each person who drafts in the department that owns them."""
    found = list(differing_guides())
    drafting = holders_by_department(Right.DRAFT_MATTERS)[Right.DRAFT_MATTERS] if found else {}
    today = timezone.localdate()
    lines: dict[int, list[Line]] = defaultdict(list)
    for each in sorted(found, key=lambda one: (one.since, one.guide.title)):
        path = reverse("wagtailadmin_pages:edit", args=[each.guide.pk])
        line = Line(each.guide.title, _note(each), each.since, each.since < today, path)
        for person in drafting.get(each.guide.department_id, ()):
            lines[person].append(line)
    return {person: Part(gettext_lazy("Guides to be corrected"), each) for person, each in lines.items()}


def differing_guides() -> Iterator[Differing]:
    """The live guides that differ from a version of their items that is in force today or will soon be."""
    today = timezone.localdate()
    rows = ItemVersion.objects.overlapping(today, today + timedelta(days=AHEAD_DAYS)).exclude(item__guide=None)
    told_of: dict[int, list[ItemVersion]] = defaultdict(list)
    for version in rows.select_related("item").prefetch_related("materials").order_by("item__code"):
        told_of[version.item.guide_id].append(version)
    if not told_of:
        return
    guides = GuidePage.objects.live().filter(Q(pk__in=told_of) | Q(translation_of__in=told_of))
    for guide in guides.prefetch_related("materials").defer("body"):
        versions = told_of[guide.translation_of_id or guide.pk]
        for day in sorted({max(today, version.valid_from) for version in versions}):
            in_force = [one for one in versions if one.valid_from <= day <= (one.valid_to or day)]
            if found := differences(guide, in_force):
                differing = dict.fromkeys(version for each in found.values() for version in each)
                yield Differing(guide, list(found), list(differing))
                break


def _note(each: Differing) -> str:
    def told() -> str:
        places = listed(dict.fromkeys(difference.label for difference in each.found))
        words = _("says otherwise than service item %(items)s: %(places)s")
        return words % {"items": codes(each.versions), "places": places}

    return lazy(told, str)()
