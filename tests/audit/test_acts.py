"""Which acts are recorded, by whom, and who reads the log."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from intranet.access.sharing import revoke
from intranet.audit.acts import acts_to_choose_from
from intranet.audit.models import AuditEntry
from intranet.audit.recording import record
from intranet.disclosure.models import Category
from intranet.organisation.models import Post
from intranet.publication.approval import return_to_author
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import PASSWORD, UserFactory, approve, draft_matter, fresh, live_matter, name_reader, submit

LOG = reverse("audit:log")


def acts(*beginnings, **filters):
    found = AuditEntry.objects.filter(**filters).order_by("pk")
    return [
        (entry.action, entry.person_name) for entry in found if not beginnings or entry.action.startswith(beginnings)
    ]


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


def test_the_log_calls_people_by_name_with_their_account(bureau, client):
    person = UserFactory(username="tashi", last_name="李", first_name="某")
    record("rights.export", person=person)
    record("audit.export")
    client.force_login(bureau.office)
    shown = {entry.action: entry.shown_person for entry in client.get(LOG).context["object_list"]}
    assert (shown["rights.export"], shown["audit.export"]) == (f"{person} (tashi)", "no account")


def test_the_log_is_filtered_by_an_act(bureau, client):
    record("rights.export", person=bureau.head)
    record("audit.export", person=bureau.head)
    client.force_login(bureau.office)
    shown = client.get(LOG, {"action": "rights.export"}).context["object_list"]
    assert [entry.action for entry in shown] == ["rights.export"]


def test_an_act_that_was_not_recorded_filters_nothing_and_is_no_error(bureau, client):
    client.force_login(bureau.office)
    assert client.get(LOG, {"action": "matter."}).status_code == 200


def choices(client) -> list[tuple[str, str]]:
    return [choice for choice in client.get(LOG).context["filters"].form.fields["action"].choices if choice[0]]


def test_acts_are_chosen_by_their_labels_in_the_order_of_the_labels(clean, client):
    for action in ("sign_in.failed", "matter.live", "sign_in", "sign_in", "no.longer.known"):
        record(action)
    client.force_login(clean.office)
    assert choices(client) == [
        ("sign_in.failed", "Failed to sign in"),
        ("no.longer.known", "no.longer.known"),
        ("sign_in", "Signed in"),
        ("matter.live", "Went live"),
    ]


def test_acts_are_in_the_order_of_their_sound_in_chinese(clean, client):
    for action in ("terms.deleted", "matter.live", "sign_in", "matter.read"):
        record(action)
    UserProfile.objects.update_or_create(user=clean.office, defaults={"preferred_language": "zh-hans"})
    client.force_login(clean.office)
    assert [label for _act, label in choices(client)] == ["查阅领导小组事项", "登录", "删除目录规定", "已公开"]


def test_the_log_is_told_in_chinese(clean, client):
    draft = draft_matter(clean.licensing, title="公开的通知", author=clean.liaison)
    release_imported(draft, by=clean.head, reason="州局转来")
    UserProfile.objects.update_or_create(user=clean.office, defaults={"preferred_language": "zh-hans"})
    client.force_login(clean.office)
    page = client.get(LOG).content.decode()
    told = ("公开范围：社会公众；目录类别：E2；版本：", "发布方式：已导入", "理由：州局转来", "已公开")
    assert [words for words in told if words not in page] == []


def test_choosing_an_act_costs_one_query_however_many_there_are(clean, django_assert_num_queries):
    for number in range(40):
        record(f"act.{number % 20}")
    with django_assert_num_queries(1):
        assert len(acts_to_choose_from()) == 20


def test_taking_the_log_away_is_an_act(bureau, client):
    client.force_login(bureau.office)
    body = b"".join(client.get(LOG, {"export": "csv"}).streaming_content).decode()
    assert ("post.saved" in body, acts("audit.export")) == (True, [("audit.export", "office")])


def test_what_is_taken_away_has_codes_and_words(clean, client):
    release_imported(draft_matter(clean.licensing, author=clean.liaison), by=clean.head, reason="州局转来")
    client.force_login(clean.office)
    body = b"".join(client.get(LOG, {"export": "csv"}).streaming_content).decode("utf-8-sig")
    [line] = [line for line in csv.DictReader(StringIO(body)) if line["Code of the act"] == "matter.live"]
    words, codes = line["Facts"].split("; "), line["Facts as recorded"].split("; ")
    assert (line["Act"], words[0], "audience: public" in codes) == ("Went live", "audience: the public", True)


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


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_period_of_days_that_nobody_means_is_refused_with_words(bureau, client, day):
    client.force_login(bureau.office)
    assert "Give days of the years" in client.get(LOG, {"at_from": day}).content.decode()
