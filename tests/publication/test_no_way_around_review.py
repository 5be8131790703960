"""Whatever people try, in whatever order: nothing is live that no secrecy review has cleared.

The buttons of the admin, its bulk actions and its API, the schedule, copies, aliases, moves, old versions, imports,
translations, our commands and a shell: chance puts them together. `ROUTE_EXAMPLES=200` makes it long.
"""

import inspect
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Locale, Page

from intranet.audit.chain import seal_pending, verify
from intranet.disclosure.models import Category, MatterPage
from intranet.disclosure.sections import section_for
from intranet.publication.approval import approve, current_step, reject
from intranet.publication.emergency import release_in_emergency
from intranet.publication.models import Release, SecrecyReview
from intranet.publication.secrecy.in_part import disclose_in_part
from intranet.publication.secrecy.redaction import LeftOut
from intranet.publication.withdrawal import withdraw
from tests.factories import Bureau, draft_matter, fresh, submit
from tests.publication.editor import post_editor

EXAMPLES = int(os.environ.get("ROUTE_EXAMPLES", "12"))
REFUSALS = (PermissionDenied, ValidationError, IntegrityError, CommandError, SystemExit)
SECRET = "某人住址"


class Attempt:
    """A bureau with two drafts and everybody who tries something with them."""

    def __init__(self, bureau: Bureau, admin: object, folder: Path) -> None:
        self.bureau, self.folder = bureau, folder
        self.people = [bureau.liaison, bureau.head, bureau.reviewer, bureau.office, bureau.leader, admin]
        texts = {"author": bureau.liaison, "summary": f"涉及{SECRET}"}
        draft_matter(bureau.licensing, title="对外事项", **texts)
        draft_matter(bureau.licensing, title="对内事项", category="N2", type_code="notice", visibility="staff", **texts)

    def matter(self, which: int) -> MatterPage:
        matters = list(MatterPage.objects.order_by("pk"))
        return matters[which % len(matters)].specific

    def client(self, who: int) -> Client:
        client = Client()
        client.force_login(self.people[who % len(self.people)])
        return client

    def person(self, who: int):
        return self.people[who % len(self.people)]

    def elsewhere(self, which: int):
        code = ("E2", "N2", "E4")[which % 3]
        return section_for(self.bureau.finance, Category.objects.get(code=code))


def bulk(attempt, who, which, action, **posted):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    attempt.client(who).post(f"{address}?id={attempt.matter(which).pk}", posted)


def api(attempt, who, which, action, **posted):
    address = f"/admin/api/main/pages/{attempt.matter(which).pk}/action/{action}/"
    attempt.client(who).post(address, posted, content_type="application/json")


def edit(attempt, who, which):
    matter = attempt.matter(which).get_latest_revision_as_object()
    matter.summary = f"改动 {who} {SECRET}"
    matter.save_revision(user=attempt.person(who))


def schedule(attempt, who, which):
    matter = attempt.matter(which).get_latest_revision_as_object()
    matter.go_live_at = timezone.now() + timedelta(hours=1)
    matter.save_revision(user=attempt.person(who))


def let_the_moment_come(attempt, who, which):
    revisions = attempt.matter(which).revisions.exclude(approved_go_live_at=None)
    revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    for revision in revisions:
        revision.content["go_live_at"] = None
        revision.save(update_fields=["content"])
    call_command("publish_scheduled")


def widen(attempt, who, which):
    matter = attempt.matter(which).get_latest_revision_as_object()
    matter.visibility = "public"
    matter.save_revision(user=attempt.person(who), clean=False)


def use_wagtails_publish_button(attempt, who, which):
    client, matter = attempt.client(who), attempt.matter(which)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk]))
    if "page-edit-form" in editor.content.decode():
        post_editor(client, matter, **{"action-publish": "1"})


def copy_as_live(attempt, who, which):
    matter = attempt.matter(which)
    matter.copy(update_attrs={"slug": f"copy-{Page.objects.count()}"}, keep_live=True, to=attempt.elsewhere(which))


def copy_as_draft(attempt, who, which):
    matter = attempt.matter(which)
    matter.copy(update_attrs={"slug": f"copy-{Page.objects.count()}"}, keep_live=False, user=attempt.person(who))


def copy_in_the_admin(attempt, who, which):
    matter = attempt.matter(which)
    posted = {"new_title": "副本", "new_slug": "fuben", "new_parent_page": str(matter.get_parent().pk)}
    address = reverse("wagtailadmin_pages:copy", args=[matter.pk])
    attempt.client(who).post(address, {**posted, "publish_copies": "on", "alias": "on"})


def move_in_the_admin(attempt, who, which):
    address = reverse("wagtailadmin_pages:move_confirm", args=[attempt.matter(which).pk, attempt.elsewhere(who).pk])
    attempt.client(who).post(address)


def go_back(attempt, who, which):
    matter = attempt.matter(which)
    oldest = matter.revisions.order_by("pk").first()
    made = RevertToPageRevisionAction(matter, oldest, user=attempt.person(who)).execute(skip_permission_checks=True)
    made.publish(user=attempt.person(who))


def save_as_live(attempt, who, which):
    matter = attempt.matter(which).get_latest_revision_as_object()
    matter.live = True
    matter.save()


def publish_by_action(attempt, who, which):
    revision = attempt.matter(which).latest_revision
    PublishPageRevisionAction(revision, user=attempt.person(who)).execute(skip_permission_checks=True)


def translate(attempt, who, which):
    english, _made = Locale.objects.get_or_create(language_code="en")
    attempt.matter(which).copy_for_translation(english, copy_parents=True, alias=bool(who % 2))


def bring_in(attempt, who, which):
    """The matter's own line, wider than it was, as an import that is to be published."""
    path = attempt.folder / "lines.jsonl"
    matter = attempt.matter(which)
    line = {
        "id": matter.identifier,
        "audience": matter.category.side,
        "visibility": "public",
        "matter": matter.category.ordinal,
        "type": matter.type_code,
        "department": matter.department.code,
        "title": "导入的标题",
        "body": SECRET,
        "formed_on": "2026-01-05",
        "language": "zh-hans",
    }
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n")
    names = ["--by", attempt.person(who).username, "--reviewed-by", attempt.bureau.reviewer.username]
    call_command("import_matters", str(path), "--publish", *names)


def leave_out(attempt, who, which):
    left_out = LeftOut((SECRET,))
    disclose_in_part(attempt.matter(which), by=attempt.person(who), basis="third_party", reason="", left_out=left_out)


def decide_by_wagtails_button(attempt, who, which):
    matter = attempt.matter(which)
    if step := current_step(matter):
        address = reverse("wagtailadmin_pages:workflow_action", args=[matter.pk, "approve", step.pk])
        attempt.client(who).post(address)


def decide_on_the_screen(attempt, who, which):
    if step := current_step(attempt.matter(which)):
        address = reverse("publication:decide", args=[step.pk])
        attempt.client(who).post(address, {"decision": "approve"})


def decide_in_a_shell(attempt, who, which):
    if step := current_step(attempt.matter(which)):
        step.approve(user=attempt.person(who))


ROUTES: list[Callable] = [
    edit,
    schedule,
    let_the_moment_come,
    widen,
    use_wagtails_publish_button,
    copy_as_live,
    copy_as_draft,
    copy_in_the_admin,
    move_in_the_admin,
    go_back,
    save_as_live,
    publish_by_action,
    translate,
    bring_in,
    leave_out,
    decide_by_wagtails_button,
    decide_on_the_screen,
    decide_in_a_shell,
    lambda attempt, who, which: bulk(attempt, who, which, "publish"),
    lambda attempt, who, which: bulk(attempt, who, which, "move", chooser=attempt.elsewhere(who).pk),
    lambda attempt, who, which: bulk(attempt, who, which, "unpublish"),
    lambda attempt, who, which: api(attempt, who, which, "publish"),
    lambda attempt, who, which: api(attempt, who, which, "create_alias"),
    lambda attempt, who, which: api(attempt, who, which, "revert_to_page_revision", revision_id=1),
    lambda attempt, who, which: attempt.matter(which).create_alias(parent=attempt.elsewhere(who)),
    lambda attempt, who, which: attempt.matter(which).move(attempt.elsewhere(who), pos="last-child"),
    lambda attempt, who, which: attempt.matter(which).latest_revision.publish(user=attempt.person(who)),
    lambda attempt, who, which: approve(attempt.matter(which), by=attempt.person(who)),
    lambda attempt, who, which: reject(attempt.matter(which), by=attempt.person(who), reason="不", basis="process"),
    lambda attempt, who, which: withdraw(attempt.matter(which), by=attempt.person(who), reason="有误"),
    lambda attempt, who, which: release_in_emergency(attempt.matter(which), by=attempt.person(who), reason="险情"),
]
USUAL: list[Callable] = [
    lambda attempt, who, which: submit(attempt.matter(which), by=attempt.bureau.liaison),
    lambda attempt, who, which: approve(attempt.matter(which), by=attempt.bureau.reviewer),
    lambda attempt, who, which: approve(attempt.matter(which), by=attempt.bureau.head),
    lambda attempt, who, which: release_in_emergency(attempt.matter(which), by=attempt.bureau.head, reason="险情"),
]
"""What people do every day: without it nothing would ever be live, and the rest would be tried on drafts alone."""
ACTS = st.tuples(st.sampled_from([*ROUTES, *USUAL * 4]), st.integers(0, 5), st.integers(0, 3))


def uncleared() -> list[str]:
    """The live matters whose text, audience or place no secrecy review has cleared, and no release has let pass."""
    found = []
    for matter in map(fresh, MatterPage.objects.live()):
        review = SecrecyReview.objects.clearing().filter(cleared=matter.live_revision_id).first()
        is_released = Release.objects.filter(revision=matter.live_revision_id).exclude(used_at=None).exists()
        content = matter.live_revision.content if matter.live_revision else {}
        is_as_cleared = (
            review is not None
            and all(content.get(name) == getattr(matter, name) for name in ("title", "summary", "visibility"))
            and (review.category_id, review.department_id) == (matter.category_id, matter.department_id)
            and matter.get_parent().specific.category_id == review.category_id
        )
        if not (is_released and is_as_cleared):
            found.append(f"{matter.pk} {matter}")
    return found


@pytest.fixture
def started(bureau, admin_user, tmp_path):
    return Attempt(bureau, admin_user, tmp_path)


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(acts=st.lists(ACTS, min_size=6, max_size=18))
def test_nothing_is_live_that_no_secrecy_review_has_cleared(started, acts):
    with transaction.atomic():
        for act, who, which in acts:
            note(f"{who} {inspect.getsource(act).strip().splitlines()[0]} {which}")
            try:
                with transaction.atomic():
                    act(started, who, which)
            except REFUSALS:
                continue
            assert uncleared() == []
        seal_pending()
        assert verify().is_whole
        transaction.set_rollback(True)


def test_the_usual_way_brings_a_matter_up(started):
    """Else the test above would hold because nothing ever is live."""
    for act in USUAL[:3]:
        act(started, 0, 0)
    assert (started.matter(0).live, uncleared()) == (True, [])
