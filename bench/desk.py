"""The admin's screens: queries and time of each role's desk, the explorer and the reports."""

import statistics

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.timing import interleaved, queries_of
from intranet.disclosure.models import Category, MatterPage, RegulationPage
from intranet.disclosure.sections import section_for
from intranet.organisation.models import Department, Post, User
from intranet.publication import submission

BACKEND = "intranet.access.backends.PostBackend"
DRAFTS, IN_REVIEW = 60, 20
"""New matters of one department that are drafts, and how many of them are in review, beside what is live."""
OWN_SCREENS = ("desk of a liaison officer", "desk of a head", "explorer, a category of a department")
OFFICE_SCREENS = {
    "desk of the office": "wagtailadmin_home",
    "report: audit log": "audit:log",
    "report: secrecy reviews": "publication:secrecy_register",
    "report: who may do what": "rights:table",
    "report: access review": "disclosure:access_review",
}
MEASURED = "median ms / queries"
LIMITS = {f"{name}, {MEASURED}": "< 300 ms" for name in (*OWN_SCREENS, *OFFICE_SCREENS)}


def figures() -> dict[str, str]:
    """Median milliseconds and queries of each screen, for the person who works with it; signed in, and warm."""
    department = Department.objects.get(code="bench-0")
    liaison = _person(department, Post.Kind.LIAISON)
    head = _person(department, Post.Kind.HEAD)
    office_unit = Department.objects.offices().first() or Department.objects.create(
        code="bench-office", kind=Department.Kind.LEADING_GROUP_OFFICE, name_zh="公开办"
    )
    office = _person(office_unit, Post.Kind.OFFICE_STAFF)
    _person(office_unit, Post.Kind.SECRECY_REVIEWER)
    _drafts(department, liaison)
    section = section_for(department, Category.objects.get(code="E2"))
    desk, explorer = reverse("wagtailadmin_home"), reverse("wagtailadmin_explore", args=[section.pk])
    costs = dict(zip(OWN_SCREENS, (_cost(liaison, desk), _cost(head, desk), _cost(liaison, explorer)), strict=True))
    costs |= {name: _cost(office, reverse(address)) for name, address in OFFICE_SCREENS.items()}
    return {f"{name}, {MEASURED}": cost for name, cost in costs.items()}


def _cost(person: User, url: str) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)

    def ask(url: str) -> None:
        response = client.get(url)
        if response.status_code != 200:
            raise SystemExit(f"{url} answers {response.status_code} to {person.username}")

    asked = queries_of(lambda: ask(url))
    [times] = interleaved(ask, asked=[url])
    return f"{statistics.median(times):.0f} / {asked}"


def _person(department: Department, kind: str) -> User:
    person, is_new = User.objects.get_or_create(username=f"bench-{department.code}-{kind}")
    if is_new:
        Post.objects.create(person=person, department=department, kind=kind, starts_on=timezone.localdate())
    return person


def _drafts(department: Department, author: User) -> None:
    """Give the department its drafts where it has them not yet: each size of one run has as many."""
    have = MatterPage.objects.filter(department=department, has_unpublished_changes=True).count()
    section = section_for(department, Category.objects.get(code="E2"))
    for number in range(have, DRAFTS):
        matter = RegulationPage(
            title=f"关于草稿{number}的通知", visibility="public", live=False, has_unpublished_changes=True, owner=author
        )
        matter.formed_on = timezone.localdate()
        matter.slug = matter.identifier
        section.add_child(instance=matter)
        matter.save_revision(user=author)
        if number < IN_REVIEW:
            submission.submit(matter, by=author, reason="bench")
