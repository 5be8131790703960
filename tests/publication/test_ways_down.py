"""The screen of withdrawal, the files that go with it, and Wagtail's own ways down, which are closed."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from intranet.disclosure.models import AttachedDocument, MatterAttachment, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Post
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import fresh, live_matter, person_in

REASON = "数据有误，更正后重新公开"


@pytest.fixture
def live(bureau):
    return live_matter(bureau.licensing, author=bureau.liaison)


def attach(document, matter):
    matter.attachments.add(MatterAttachment(document=document))
    matter.save_revision()
    release_imported(matter, by=None, reason="test")


@pytest.fixture
def file(bureau, live):
    document = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    document.file.save("attached.txt", ContentFile("正文".encode()))
    document.save()
    attach(document, live)
    return document


def screen(matter):
    return reverse("publication:withdraw", args=[matter.pk])


def test_the_file_of_a_withdrawn_matter_is_absent(bureau, client, live, file):
    before = client.get(file.url).status_code
    withdraw(live, by=bureau.head, reason=REASON)
    assert (before, client.get(file.url).status_code) == (200, 404)


def test_the_file_of_a_withdrawn_matter_is_absent_by_its_stored_name(bureau, client, live, file):
    before = client.get(file.file.url).status_code
    withdraw(live, by=bureau.head, reason=REASON)
    assert (before, client.get(file.file.url).status_code) == (200, 404)


def test_a_file_that_another_live_matter_uses_stays(bureau, client, live, file):
    attach(file, live_matter(bureau.licensing, title="另一件"))
    withdraw(live, by=bureau.head, reason=REASON)
    assert client.get(file.url).status_code == 200


def test_the_head_is_asked_for_the_reason(bureau, client, live):
    client.force_login(bureau.head)
    response = client.get(screen(live))
    assert (response.status_code, "reason" in response.context["form"].fields) == (200, True)


def test_looking_at_the_screen_withdraws_nothing(bureau, client, live):
    client.force_login(bureau.head)
    client.get(screen(live))
    assert fresh(live).live


def test_the_head_withdraws_at_once_with_a_reason(bureau, client, live):
    client.force_login(bureau.head)
    client.post(screen(live), {"reason": REASON, "at_once": "on"})
    assert (fresh(live).live, fresh(live).withdrawal_reason) == (False, REASON)


@pytest.mark.parametrize("reason", ["", "   "])
def test_the_screen_withdraws_nothing_without_a_reason(bureau, client, live, reason):
    client.force_login(bureau.head)
    response = client.post(screen(live), {"reason": reason})
    assert (response.context["form"].errors.keys(), fresh(live).live) == ({"reason"}, True)


def test_a_liaison_officer_takes_nothing_down_at_once(bureau, client, live):
    client.force_login(bureau.liaison)
    client.post(screen(live), {"reason": REASON, "at_once": "on"})
    assert fresh(live).live


def test_the_screen_is_absent_for_a_cadre(bureau, client, live):
    client.force_login(bureau.cadre)
    assert client.post(screen(live), {"reason": REASON}).status_code in (302, 404)


def test_the_screen_is_absent_for_a_head_of_another_department(bureau, client, live):
    client.force_login(person_in(bureau.finance, Post.Kind.HEAD))
    assert client.post(screen(live), {"reason": REASON}).status_code == 404


def test_the_screen_is_behind_the_sign_in(client, live):
    assert client.get(screen(live)).status_code == 302


def test_the_screen_of_a_withdrawn_matter_is_absent(bureau, client, live):
    withdraw(live, by=bureau.head, reason=REASON)
    client.force_login(bureau.head)
    assert client.get(screen(live)).status_code == 404


def test_the_screen_of_no_matter_is_absent(bureau, client):
    client.force_login(bureau.head)
    assert client.get(reverse("publication:withdraw", args=[999999])).status_code == 404


@pytest.mark.parametrize("view", ["unpublish", "delete"])
def test_wagtails_button_takes_no_live_matter_down(client, live, admin_user, view):
    client.force_login(admin_user)
    client.post(reverse(f"wagtailadmin_pages:{view}", args=[live.pk]))
    assert MatterPage.objects.live().filter(pk=live.pk).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_wagtails_bulk_action_takes_no_live_matter_down(client, live, admin_user, action):
    client.force_login(admin_user)
    client.post(reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={live.pk}")
    assert MatterPage.objects.live().filter(pk=live.pk).exists()


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_the_admins_api_takes_no_live_matter_down(client, live, admin_user, action):
    client.force_login(admin_user)
    client.post(f"/admin/api/main/pages/{live.pk}/action/{action}/", {}, content_type="application/json")
    assert MatterPage.objects.live().filter(pk=live.pk).exists()


def test_unpublishing_a_section_takes_no_matter_below_it_down(client, live, admin_user):
    client.force_login(admin_user)
    url = reverse("wagtailadmin_pages:unpublish", args=[live.get_parent().pk])
    client.post(url, {"include_descendants": "on"})
    assert fresh(live).live


def test_unpublishing_the_home_page_takes_no_matter_down(client, live, admin_user):
    client.force_login(admin_user)
    home = live.get_ancestors().get(depth=2)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[home.pk]), {"include_descendants": "on"})
    assert fresh(live).live


def test_a_section_with_matters_is_not_deleted(client, live, admin_user):
    client.force_login(admin_user)
    client.post(reverse("wagtailadmin_pages:delete", args=[live.get_parent().pk]))
    assert fresh(live).live


def test_a_withdrawn_matter_is_not_deleted(bureau, client, live, admin_user):
    withdraw(live, by=bureau.head, reason=REASON)
    client.force_login(admin_user)
    client.post(reverse("wagtailadmin_pages:delete", args=[live.pk]))
    assert MatterPage.objects.filter(pk=live.pk).exists()


def test_the_home_page_is_not_deleted_with_the_matters_below_it(client, live, admin_user, settings):
    client.force_login(admin_user)
    home = live.get_ancestors().get(depth=2)
    client.post(
        reverse("wagtailadmin_pages:delete", args=[home.pk]), {"confirm_site_name": str(settings.WAGTAIL_SITE_NAME)}
    )
    assert MatterPage.objects.filter(pk=live.pk).exists()
