"""Taking a live matter down: who may, what its address says, what goes with it, and the way back."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Post
from intranet.publication.withdrawal import WithdrawalRefused, withdraw
from search.worker import drain
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit

REASON = "数据有误，更正后重新公开"


@pytest.fixture
def live(bureau):
    return live_matter(bureau.licensing, title="安全生产管理办法", summary="本办法的内容", author=bureau.liaison)


@pytest.fixture
def withdrawn(bureau, live):
    withdraw(live, by=bureau.head, reason=REASON)
    return fresh(live)


def approved(bureau, matter):
    submit(fresh(matter), by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    approve(fresh(matter), by=bureau.head)
    return fresh(matter)


@pytest.mark.parametrize("who", ["head", "office"])
def test_who_may_withdraw(bureau, live, who):
    withdraw(live, by=getattr(bureau, who), reason=REASON)
    assert not fresh(live).live


@pytest.mark.parametrize("who", ["liaison", "cadre", "leader"])
def test_who_may_not_withdraw(bureau, live, who):
    with pytest.raises(WithdrawalRefused, match="Only the head"):
        withdraw(live, by=getattr(bureau, who), reason=REASON)


def test_a_head_of_another_department_cannot_withdraw(bureau, live):
    with pytest.raises(WithdrawalRefused, match="Only the head"):
        withdraw(live, by=person_in(bureau.finance, Post.Kind.HEAD), reason=REASON)


def test_a_head_whose_post_ended_cannot_withdraw(bureau, live, yesterday):
    bureau.head.posts.update(ends_on=yesterday)
    with pytest.raises(WithdrawalRefused, match="Only the head"):
        withdraw(live, by=bureau.head, reason=REASON)


def test_translations_go_with_the_text_of_record(bureau, client, live):
    translation = live_matter(bureau.licensing, title="Measures", language="en", translation_of=live)
    client.force_login(bureau.head)
    screen = client.get(reverse("publication:withdraw", args=[live.pk])).content.decode()
    withdraw(live, by=bureau.head, reason="泄露个人信息")
    assert ("taken down with it: English" in screen, client.get(translation.url).status_code) == (True, 410)
    assert fresh(translation).withdrawal_reason == "泄露个人信息"


def test_the_text_of_record_stays_when_a_translation_goes(bureau, live):
    withdraw(live_matter(bureau.licensing, language="en", translation_of=live), by=bureau.head, reason="译文有误")
    assert fresh(live).live


def test_a_translation_that_waits_for_its_moment_does_not_go_live_after_the_text_of_record_went(bureau, live):
    draft = draft_matter(bureau.licensing, title="Measures", author=bureau.liaison, language="en", translation_of=live)
    draft.go_live_at = timezone.now() + timedelta(days=1)
    draft.save_revision(user=bureau.liaison)
    approved(bureau, fresh(draft))
    withdraw(live, by=bureau.head, reason="泄露个人信息")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    assert not fresh(draft).live


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_matter_is_not_withdrawn_without_a_reason(bureau, live, reason):
    with pytest.raises(WithdrawalRefused, match="Give the reason"):
        withdraw(live, by=bureau.head, reason=reason)
    assert fresh(live).live


def test_a_draft_cannot_be_withdrawn(bureau):
    with pytest.raises(WithdrawalRefused, match="not live"):
        withdraw(draft_matter(bureau.licensing), by=bureau.head, reason=REASON)


def test_the_second_of_two_withdrawals_changes_nothing(bureau, live, withdrawn):
    with pytest.raises(WithdrawalRefused, match="not live"):
        withdraw(live, by=bureau.office, reason="另一个理由")
    assert fresh(live).withdrawal_reason == REASON


def test_a_withdrawal_keeps_who_withdrew(bureau, withdrawn):
    assert withdrawn.withdrawn_by == bureau.head


def test_the_address_of_a_withdrawn_matter_says_why(client, withdrawn):
    response = client.get(withdrawn.url)
    assert (response.status_code, REASON in response.content.decode()) == (410, True)


def test_the_address_of_a_withdrawn_matter_does_not_say_what_it_said(client, withdrawn):
    text = client.get(withdrawn.url).content.decode()
    assert ("安全生产管理办法" in text, "本办法的内容" in text) == (False, False)


def test_the_address_of_a_withdrawn_matter_keeps_its_index_number(client, withdrawn):
    assert withdrawn.index_number in client.get(withdrawn.url).content.decode()


def test_the_reason_is_text_and_not_markup(bureau, client, live):
    withdraw(live, by=bureau.head, reason="<script>alert(1)</script>")
    assert "<script>alert(1)" not in client.get(live.url).content.decode()


def test_a_withdrawn_matter_is_in_no_listing(withdrawn):
    assert not MatterPage.objects.readable_by(AnonymousUser()).exists()


@pytest.mark.parametrize("address", ["/feeds/latest.atom", "/sitemap.xml", "/catalogue/E2/", "/departments/licensing/"])
def test_a_withdrawn_matter_leaves_feeds_the_sitemap_and_the_catalogue(client, withdrawn, address):
    text = client.get(address).content.decode()
    assert (withdrawn.slug in text, withdrawn.title in text) == (False, False)


def test_a_withdrawn_matter_is_not_found_although_the_index_lags(bureau, client, live, settings):
    settings.SEARCH_URL = f"embedded:///index-{uuid.uuid4().hex}"
    drain()
    found_before = client.get("/api/search/", {"q": live.title}).json()["results"]
    withdraw(live, by=bureau.head, reason=REASON)
    assert (len(found_before), client.get("/api/search/", {"q": live.title}).json()["results"]) == (1, [])


def test_a_withdrawn_matter_cannot_be_published_again(withdrawn):
    with pytest.raises(PublicationRefused, match="not been released"):
        withdrawn.get_latest_revision().publish()


def test_a_superuser_does_not_bring_a_withdrawn_matter_back(client, withdrawn, admin_user):
    client.force_login(admin_user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={withdrawn.pk}")
    assert not fresh(withdrawn).live


def test_a_withdrawal_ends_what_was_approved_for_a_later_moment(bureau, live):
    live.go_live_at = timezone.now() + timedelta(days=1)
    live.save_revision(user=bureau.liaison)
    withdraw(approved(bureau, live), by=bureau.head, reason=REASON)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        call_command("publish_scheduled")
    assert not fresh(live).live


def test_a_withdrawal_takes_back_a_release_that_is_not_spent(bureau, live):
    live.go_live_at = timezone.now() + timedelta(days=1)
    live.save_revision(user=bureau.liaison)
    withdraw(approved(bureau, live), by=bureau.head, reason=REASON)
    with time_machine.travel(timezone.now() + timedelta(days=2)), pytest.raises(PublicationRefused):
        fresh(live).get_latest_revision().publish()


@pytest.fixture
def restored(bureau, withdrawn):
    withdrawn.save_revision(user=bureau.liaison)
    return approved(bureau, withdrawn)


def test_approval_brings_a_withdrawn_matter_back(client, restored):
    assert client.get(restored.url).status_code == 200


def test_a_matter_that_came_back_is_withdrawn_no_more(restored):
    assert (restored.withdrawn_at, restored.withdrawn_by, restored.withdrawal_reason) == (None, None, "")


def test_a_matter_that_came_back_keeps_its_index_number(withdrawn, restored):
    assert restored.index_number == withdrawn.index_number
