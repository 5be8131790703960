"""What was approved for a moment and is refused at it: who is told, where, how often, and what they can do."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from intranet.audit.models import AuditEntry
from intranet.disclosure.models import CategoryTerms
from intranet.organisation.models import Delegation, Department, Post
from intranet.publication.approval import approve as decide
from intranet.publication.desk.held_back import held_back
from intranet.publication.desk.undisclosed import Stage, own_drafts
from intranet.publication.models import OutgoingMail
from intranet.publication.reminders.mail import message
from intranet.publication.reminders.waiting import waiting_by_person
from intranet.publication.timeline import timeline_of
from intranet.publication.withdrawal import call_off
from tests.factories import approve, draft_matter, fresh, person_in, submit
from tests.publication.editor import Editor, post_editor, submit_from_editor

HOUR = timedelta(hours=1)
WHY = "The audience is wider than category E4 allows."
TITLE = "定时公开的办法"


def scheduled(bureau, **attributes):
    """Approved to go live in an hour."""
    attributes = {"title": TITLE, "category": "E4", "go_live_at": timezone.now() + HOUR} | attributes
    matter = draft_matter(bureau.licensing, author=bureau.liaison, **attributes)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    return fresh(matter)


def narrow(audience="staff"):
    CategoryTerms.objects.filter(category__code="E4").update(widest_audience=audience)


def clock():
    with pytest.raises(CommandError) as error:
        call_command("publish_scheduled")
    return str(error.value)


@pytest.fixture
def matter(bureau):
    """Its category was narrowed after the approval, and its moment is past; the clock has not been there yet."""
    matter = scheduled(bureau)
    narrow()
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + 2 * HOUR):
        yield matter


@pytest.fixture
def refused(matter):
    clock()
    return fresh(matter)


def logged(matter):
    return [entry.data["reason"] for entry in PageLogEntry.objects.filter(page=matter.pk, action="gongkai.held_back")]


def told(person):
    return [sent for sent in mail.outbox if sent.to == [person.email]]


def test_a_refusal_is_logged_with_its_reasons(refused):
    assert logged(refused) == [WHY]


def test_a_refusal_is_an_act_of_its_own_in_the_audit_log(refused):
    assert AuditEntry.objects.filter(action="gongkai.held_back").count() == 1


def test_a_refusal_is_in_the_timeline_in_nobodys_name(refused):
    event = timeline_of(refused)[0]
    assert (event.what, event.who, event.why) == ("Held back at its moment", "", WHY)


def test_author_and_head_are_told_why_and_nobody_else(bureau, refused):
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted([bureau.liaison.email, bureau.head.email])
    assert all(TITLE in sent.body and WHY in sent.body for sent in mail.outbox)


def test_the_mail_waits_like_every_other_for_its_delivery(bureau, matter, settings):
    settings.EMAIL_BACKEND = "intranet.publication.outgoing.backend.EmailBackend"
    clock()
    addresses = set(OutgoingMail.objects.values_list("address", flat=True))
    assert addresses == {bureau.liaison.email, bureau.head.email}


def test_the_mail_leads_to_what_each_can_do(bureau, refused):
    edit, call = (
        reverse("wagtailadmin_pages:edit", args=[refused.pk]),
        reverse("publication:call_off", args=[refused.pk]),
    )
    [to_liaison], [to_head] = told(bureau.liaison), told(bureau.head)
    assert (edit in to_liaison.body, call in to_liaison.body) == (True, False)
    assert (edit in to_head.body, call in to_head.body) == (True, True)


def test_the_mail_and_its_reasons_are_in_the_language_of_who_reads_it(bureau, matter):
    profile = UserProfile.get_for_user(bureau.head)
    profile.preferred_language = "zh-hans"
    profile.save()
    clock()
    [to_head] = told(bureau.head)
    assert (to_head.subject, WHY in to_head.body, "E4" in to_head.body) == (f"到时未能公开：{TITLE}", False, True)


def test_at_the_next_run_it_is_refused_again_and_nobody_is_told_again(refused):
    sent = len(mail.outbox)
    assert TITLE in clock()
    assert (len(logged(refused)), len(mail.outbox)) == (1, sent)


def test_another_reason_is_told_anew(bureau, refused):
    mail.outbox.clear()
    CategoryTerms.objects.filter(category__code="E4").delete()
    refused.releases.all().delete()
    clock()
    assert (len(logged(refused)), len(told(bureau.liaison))) == (2, 1)


def test_of_an_author_who_has_left_the_departments_liaison_officers_are_told(bureau, matter, yesterday):
    successor = person_in(bureau.licensing, Post.Kind.LIAISON)
    bureau.liaison.posts.update(ends_on=yesterday)
    clock()
    assert (len(told(bureau.liaison)), len(told(successor))) == (0, 1)


def test_of_a_head_who_has_left_the_new_one_is_told(bureau, matter, yesterday):
    successor = person_in(bureau.licensing, Post.Kind.HEAD)
    bureau.head.posts.update(ends_on=yesterday)
    clock()
    assert (len(told(bureau.head)), len(told(successor))) == (0, 1)


def test_a_matter_that_breaks_does_not_keep_the_others_from_their_moment(bureau, monkeypatch):
    scheduled(bureau, title="坏掉的事项")
    other = scheduled(bureau, go_live_at=timezone.now() + 2 * HOUR)
    publish = type(other).publish

    def sometimes(self, *args, **kwargs):
        if self.title == "坏掉的事项":
            raise RuntimeError("broken")
        publish(self, *args, **kwargs)

    monkeypatch.setattr(type(other), "publish", sometimes)
    with time_machine.travel(timezone.now() + 3 * HOUR):
        assert "坏掉的事项: RuntimeError: broken" in clock()
        assert fresh(other).live


def test_what_was_held_back_is_its_departments_to_go_on_with(bureau, refused):
    [row] = own_drafts(bureau.liaison)
    assert (row.stage, row.comment) == (Stage.HELD_BACK, WHY)


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_author_and_head_have_it_on_their_desks_with_the_reason(bureau, client, refused, who):
    client.force_login(getattr(bureau, who))
    page = client.get("/admin/").content.decode()
    call = reverse("publication:call_off", args=[refused.pk])
    assert (TITLE in page, WHY in page, call in page) == (True, True, who == "head")


@pytest.mark.parametrize("who", ["reviewer", "office"])
def test_it_is_on_nobody_elses_desk(bureau, client, refused, who):
    client.force_login(getattr(bureau, who))
    assert TITLE not in client.get("/admin/").content.decode()


def test_who_decides_in_the_heads_place_has_it_on_the_desk(bureau, client, refused):
    today = timezone.localdate()
    deputy = person_in(bureau.finance, Post.Kind.HEAD)
    post = bureau.head.posts.get()
    Delegation.objects.create(post=post, delegate=deputy, starts_on=today, ends_on=today)
    client.force_login(deputy)
    assert reverse("publication:call_off", args=[refused.pk]) in client.get("/admin/").content.decode()


def test_it_is_on_the_desk_although_something_newer_was_written(bureau, client, refused):
    newer = refused.get_latest_revision_as_object()
    newer.title, newer.visibility = "后来的草稿", "staff"
    newer.save_revision(user=bureau.liaison)
    client.force_login(bureau.liaison)
    page = client.get("/admin/").content.decode()
    assert (TITLE in page, WHY in page, "后来的草稿" in page) == (True, True, True)


def test_while_the_clock_stands_still_the_desk_says_so(bureau, client, matter):
    client.force_login(bureau.liaison)
    assert "The clock has not come to it yet." in client.get("/admin/").content.decode()


def test_nothing_is_held_back_before_its_moment(bureau):
    scheduled(bureau)
    assert (held_back(), own_drafts(bureau.liaison)) == ([], [])


def test_the_days_mail_tells_author_and_head(bureau, refused):
    waiting = waiting_by_person()
    assert set(waiting) >= {bureau.liaison.pk, bureau.head.pk}
    for person in (bureau.liaison, bureau.head):
        body = message(person, waiting[person.pk], timezone.localdate()).body
        assert (waiting[person.pk].count, TITLE in body, WHY in body) == (1, True, True)


@pytest.mark.parametrize(("who", "may_call_off"), [("liaison", False), ("head", True)])
def test_the_editor_says_it(bureau, client, refused, who, may_call_off):
    client.force_login(getattr(bureau, who))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[refused.pk])).content.decode()
    button = f'href="{reverse("publication:call_off", args=[refused.pk])}" class="button'
    assert ("not live at its moment" in page, WHY in page, button in page) == (True, True, may_call_off)


def test_what_was_called_off_is_held_back_no_more(bureau, refused):
    call_off(refused, by=bureau.head, reason="不再公开")
    assert (held_back(), [row.stage for row in own_drafts(bureau.liaison)]) == ([], [Stage.DRAFT])
    call_command("publish_scheduled")


def test_its_department_mends_it_in_the_editor_and_submits_it_again(bureau, client, refused):
    client.force_login(bureau.liaison)
    submit_from_editor(client, refused, title="收窄范围后的办法", visibility="staff")
    decide(fresh(refused), by=bureau.reviewer)
    decide(fresh(refused), by=bureau.head)
    assert (fresh(refused).live, fresh(refused).title, held_back()) == (True, "收窄范围后的办法", [])


def test_what_is_mended_is_a_version_of_its_own(bureau, refused):
    approved = refused.latest_revision
    answer = Editor(bureau.liaison, refused).save_by_itself(title="收窄范围后的办法", visibility="staff")
    assert answer.json()["revision_id"] != approved.pk
    approved.refresh_from_db()
    assert (approved.object_str, [one.title for one in held_back()]) == (TITLE, [TITLE])


def test_before_its_moment_nobody_changes_what_was_approved(bureau, client):
    matter = scheduled(bureau)
    client.force_login(bureau.liaison)
    post_editor(client, matter, title="未批准的标题")
    assert fresh(matter).get_latest_revision_as_object().title == TITLE


def test_more_of_them_cost_no_more_queries(bureau, django_assert_num_queries):
    for number in range(3):
        scheduled(bureau, title=f"定时公开的办法{number}")
    narrow()
    with time_machine.travel(timezone.now() + 2 * HOUR):
        clock()
        with django_assert_num_queries(3):
            assert len(held_back(Department.objects.all())) == 3
