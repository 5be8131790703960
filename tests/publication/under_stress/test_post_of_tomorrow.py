"""A post that begins tomorrow gives nothing today and everything at midnight, at every door and in open sessions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intranet.access.delegating import delegate
from intranet.access.rights import Right, deciding_rights_of, may
from intranet.access.rights_table import rights_table
from intranet.access.rule import can_read
from intranet.access.tokens import tokens_of
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, Post, User
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.awaiting import awaiting
from search.worker import drain
from tests.factories import PostFactory, approve, draft_matter, fresh, live_matter

SHANGHAI = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 5, 27, 0, 0, tzinfo=SHANGHAI)
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT
WORD = "琥珀规定"


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as travelling:
        yield travelling


@pytest.fixture
def matters(bureau, clock, at_head, settings, tmp_path):
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    internal = live_matter(
        bureau.licensing, category="N2", type_code="notice", title=WORD, visibility="department", author=bureau.liaison
    )
    matters = {"internal": internal, "step": at_head(title="待批事项"), "draft": draft_matter(bureau.licensing)}
    drain()
    return matters


@pytest.fixture
def person(bureau, matters):
    """Works in finance today, and is head of licensing from tomorrow on."""
    person = bureau.cadre2
    person.posts.update(kind=Post.Kind.LIAISON)
    PostFactory(person=person, department=bureau.licensing, kind=Post.Kind.HEAD, starts_on=AFTER.date())
    return person


@pytest.fixture
def session(person):
    """Opened today, and never signed in again."""
    client = Client()
    client.force_login(person)
    return client


def again(person):
    return User.objects.get(pk=person.pk)


def page(client, url, **asked):
    return client.get(url, asked).content.decode().replace("<mark>", "").replace("</mark>", "")


DOORS = {
    "the rule": lambda m, p, c: can_read(again(p), fresh(m["internal"])),
    "the queryset": lambda m, p, c: MatterPage.objects.readable_by(again(p)).filter(pk=m["internal"].pk).exists(),
    "the token of the department": lambda m, p, c: "department:licensing" in tokens_of(again(p)),
    "the page": lambda m, p, c: c.get(m["internal"].url).status_code == 200,
    "search hits": lambda m, p, c: WORD in page(c, "/search/", q=WORD[:2]),
    "the count in JSON": lambda m, p, c: bool(c.get("/api/search/", {"q": WORD}).json()["total"]),
    "suggestions": lambda m, p, c: bool(c.get("/api/search/suggest", {"q": WORD[:2]}).json()["suggestions"]),
    "a listing": lambda m, p, c: WORD in page(c, "/departments/licensing/"),
    "the desk": lambda m, p, c: "待批事项" in page(c, "/admin/"),
    "the list of what awaits": lambda m, p, c: [step.matter.pk for step in awaiting(again(p))] == [m["step"].pk],
    "the decision screen": lambda m, p, c: c.get(decide(m["step"])).status_code == 200,
    "the right itself": lambda m, p, c: may(again(p), Right.APPROVE_MATTERS, Department.objects.get(code="licensing")),
    "the editor": lambda m, p, c: c.get(edit(m["draft"])).status_code == 200,
    "the explorer": lambda m, p, c: c.get(explore(m["draft"])).status_code == 200,
    "the admin's search": lambda m, p, c: WORD in page(c, reverse("wagtailadmin_pages:search"), q=WORD[:2]),
    "the rights table": lambda m, p, c: approves(p, None),
}


def decide(matter):
    return reverse("publication:decide", args=[current_step(fresh(matter)).pk])


def edit(matter):
    return reverse("wagtailadmin_pages:edit", args=[matter.pk])


def explore(matter):
    return reverse("wagtailadmin_explore", args=[matter.get_parent().pk])


def approves(person, on):
    holdings = rights_table(on, people=[person.pk])
    return any(Right.APPROVE_MATTERS in one.rights and one.department.code == "licensing" for one in holdings)


def test_every_door_is_closed_a_second_before_midnight_and_open_at_midnight(matters, person, session, clock):
    before = {name for name, door in DOORS.items() if door(matters, person, session)}
    clock.move_to(AFTER)
    after = {name for name, door in DOORS.items() if door(matters, person, session)}
    assert (before, after) == (set(), set(DOORS))


def test_every_door_closes_again_at_the_midnight_after_its_last_day(matters, person, session, clock):
    person.posts.filter(kind=Post.Kind.HEAD).update(ends_on=AFTER.date())
    clock.move_to(AFTER + timedelta(hours=23, minutes=59))
    on_the_day = {name for name, door in DOORS.items() if door(matters, person, session)}
    clock.move_to(AFTER + timedelta(days=1))
    afterwards = {name for name, door in DOORS.items() if door(matters, person, session)}
    assert (on_the_day, afterwards) == (set(DOORS), set())


def test_the_step_is_refused_before_midnight_and_decided_after(matters, person, clock):
    with pytest.raises(ApprovalRefused, match="not yours"):
        approve(fresh(matters["step"]), by=again(person))
    clock.move_to(AFTER)
    approve(fresh(matters["step"]), by=again(person))
    assert fresh(matters["step"]).live


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, True), (-1, False)])
def test_the_rights_table_says_so_of_another_day(person, days, is_told):
    assert approves(person, BEFORE.date() + timedelta(days=days)) is is_told


def test_the_rights_table_on_the_screen_says_so_of_another_day(bureau, person, client):
    client.force_login(bureau.office)
    asked = {"right": Right.APPROVE_MATTERS, "person": person.username}
    days = [BEFORE.date().isoformat(), AFTER.date().isoformat()]
    told = [client.get("/admin/rights/", {**asked, "on": day}).context["page"].object_list for day in days]
    assert [len(holdings) for holdings in told] == [0, 1]


def test_what_was_asked_before_midnight_within_one_request_is_not_kept_for_the_next(person, session, clock):
    """Posts are read once a request and never beyond it."""
    session.get("/admin/")
    clock.move_to(AFTER)
    assert "待批事项" in page(session, "/admin/")


def test_a_delegation_that_begins_tomorrow_gives_nothing_today(bureau, matters, clock):
    tomorrow = timezone.localdate() + timedelta(days=1)
    stand_in = bureau.reviewer
    delegate(bureau.head.posts.get(), to=stand_in, starts_on=tomorrow, ends_on=tomorrow, by=bureau.head)
    over = []
    for moment in (BEFORE, AFTER, AFTER + timedelta(days=1)):
        clock.move_to(moment)
        approving = deciding_rights_of(again(stand_in)).get(Right.APPROVE_MATTERS, frozenset())
        over.append(bureau.licensing.pk in approving)
    assert over == [False, True, False]


def test_an_account_whose_only_post_begins_tomorrow_has_no_desk_today(bureau, matters, clock):
    new = PostFactory(department=bureau.licensing, kind=Post.Kind.HEAD, starts_on=AFTER.date()).person
    client = Client()
    client.force_login(new)
    before = client.get("/admin/").status_code
    clock.move_to(AFTER)
    assert (before, client.get("/admin/").status_code) == (302, 200)
