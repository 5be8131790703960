"""Which acts are recorded, by whom, and who reads the log."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from intranet.access.sharing import revoke
from intranet.audit.models import AuditEntry
from intranet.audit.recording import record
from intranet.disclosure.models import Category
from intranet.organisation.models import Post
from intranet.publication.approval import return_to_author
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import PASSWORD, approve, draft_matter, fresh, live_matter, name_reader, submit

LOG = reverse("audit:log")


def acts(*beginnings, **filters):
    found = AuditEntry.objects.filter(**filters).order_by("pk")
    return [
        (entry.action, entry.person_name) for entry in found if not beginnings or entry.action.startswith(beginnings)
    ]


@pytest.fixture
def clean(bureau):
    """A bureau whose making is not counted."""
    from django.db import models

    models.QuerySet(AuditEntry).delete()
    return bureau


def test_a_matters_way_to_live_is_recorded_with_every_decision(clean):
    matter = draft_matter(clean.licensing, author=clean.liaison)
    submit(matter, by=clean.liaison)
    approve(fresh(matter), by=clean.reviewer)
    approve(fresh(matter), by=clean.head)
    found = acts("wagtail.workflow", "matter.live")
    assert found == [
        ("wagtail.workflow.start", "liaison"),
        ("wagtail.workflow.approve", "reviewer"),
        ("wagtail.workflow.approve", "head"),
        ("matter.live", "head"),
    ]


def test_going_live_says_with_which_audience(clean):
    live_matter(clean.licensing, category="N2", type_code="notice", visibility="staff")
    facts = AuditEntry.objects.get(action="matter.live").facts
    assert (facts["audience"], facts["category"]) == ("staff", "N2")


def test_a_return_and_a_withdrawal_are_recorded_with_their_reasons(clean):
    matter = draft_matter(clean.licensing, author=clean.liaison)
    submit(matter, by=clean.liaison)
    return_to_author(fresh(matter), by=clean.reviewer, comment="请改")
    withdraw(live_matter(clean.licensing), by=clean.head, reason="有误")
    told = {entry.action: entry.facts for entry in AuditEntry.objects.all()}
    assert told["wagtail.workflow.reject"]["comment"] == "请改"
    assert told["gongkai.withdraw"]["reason"] == "有误"


def test_a_share_and_its_end_are_recorded(clean):
    matter = live_matter(clean.licensing, category="N2", type_code="notice", visibility="department").as_matter()
    name_reader(matter, clean.cadre2, by=clean.head)
    revoke(matter, of=clean.cadre2, by=clean.head)
    assert acts("gongkai.share", "gongkai.unshare") == [("gongkai.share", "head"), ("gongkai.unshare", "head")]


def test_a_post_that_begins_changes_and_ends_is_recorded_wherever_it_is_changed(clean):
    post = Post.objects.create(
        person=clean.cadre, department=clean.finance, kind=Post.Kind.HEAD, starts_on=timezone.localdate()
    )
    post.ends_on = timezone.localdate() + timedelta(days=1)
    post.save()
    post.delete()
    found = [(entry.action, entry.facts["holder"], entry.facts["kind"]) for entry in AuditEntry.objects.order_by("pk")]
    assert found == [(action, "cadre", "head") for action in ("post.saved", "post.saved", "post.deleted")]


def test_what_wagtail_logs_of_the_catalogue_is_recorded(clean):
    log(instance=Category.objects.get(code="E2"), action="wagtail.edit", user=clean.office)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person_name, entry.subject_type) == ("wagtail.edit", "office", "disclosure.category")


def test_an_import_goes_live_in_the_name_of_who_released_it(clean):
    matter = draft_matter(clean.licensing, author=clean.liaison)
    release_imported(matter, by=clean.office, reason="test")
    assert acts("matter.live", "gongkai.release_imported") == [
        ("matter.live", "office"),
        ("gongkai.release_imported", "office"),
    ]


SIGN_INS = pytest.mark.parametrize(
    ("name", "is_recorded"), [("office", True), ("head", True), ("leader", True), ("cadre", False)]
)


@SIGN_INS
def test_a_sign_in_is_recorded_where_the_account_does_or_reads_more_than_a_cadre(clean, client, name, is_recorded):
    client.post("/login/", {"username": name, "password": PASSWORD})
    assert acts("sign_in") == ([("sign_in", name)] if is_recorded else [])


@SIGN_INS
def test_a_failed_sign_in_to_such_an_account_is_recorded(clean, name, is_recorded):
    assert authenticate(RequestFactory().post("/login/"), username=name, password="wrong") is None
    found = [(entry.action, entry.subject) for entry in AuditEntry.objects.all()]
    assert found == ([("sign_in.failed", str(getattr(clean, name).pk))] if is_recorded else [])


def test_a_name_that_is_no_account_is_not_kept(clean):
    authenticate(RequestFactory().post("/login/"), username="perhaps-a-password", password="x")
    assert acts() == []


def test_a_draft_that_is_saved_is_no_act(clean):
    draft_matter(clean.licensing, author=clean.liaison).save_revision(user=clean.liaison, log_action=True)
    assert acts("wagtail.edit") == []


@pytest.mark.parametrize(("name", "sees"), [("office", True), ("head", False), ("liaison", False)])
def test_the_log_is_the_offices(bureau, client, name, sees):
    client.force_login(getattr(bureau, name))
    response = client.get(LOG)
    assert (response.status_code == 200) is sees


def test_the_log_shows_who_did_what_and_why(bureau, client):
    draft = draft_matter(bureau.licensing, title="公开的通知", author=bureau.liaison)
    release_imported(draft, by=bureau.head, reason="州局转来")
    client.force_login(bureau.office)
    page = client.get(LOG).content.decode()
    assert all(words in page for words in ("公开的通知", "head", "Import", "州局转来", "Post entered or changed"))


def test_the_log_is_filtered(bureau, client):
    record("one.act", facts={})
    record("another.act", facts={})
    client.force_login(bureau.office)
    page = client.get(LOG, {"action": "one."}).content.decode()
    assert ("one.act" in page, "another.act" in page) == (True, False)  # codes that no registry knows


def test_taking_the_log_away_is_an_act(bureau, client):
    client.force_login(bureau.office)
    body = b"".join(client.get(LOG, {"export": "csv"}).streaming_content).decode()
    assert ("post.saved" in body, acts("audit.export")) == (True, [("audit.export", "office")])


def test_a_draft_that_is_not_the_readers_has_a_number_and_nothing_said_of_it(bureau, client):
    matter = draft_matter(bureau.licensing, title="别科室的草稿", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    return_to_author(fresh(matter), by=bureau.reviewer, comment="内部意见")
    client.force_login(bureau.office)
    told = client.get(LOG).content.decode()
    told += b"".join(client.get(LOG, {"export": "csv"}).streaming_content).decode()
    assert (f"№ {matter.pk}" in told, "别科室的草稿" in told, "内部意见" in told) == (True, False, False)


def test_no_filter_finds_a_thing_by_its_name(bureau, client):
    draft_matter(bureau.licensing, title="别科室的草稿", author=bureau.liaison)
    client.force_login(bureau.office)
    assert "subject_name" not in client.get(LOG).content.decode()
