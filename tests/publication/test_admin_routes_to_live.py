"""The admin's buttons, bulk actions and API, posted by hand by a superuser: none of them makes a matter live."""

import pytest
from django.urls import reverse
from wagtail.models import Locale

from intranet.disclosure.models import Category, MatterPage
from intranet.disclosure.sections import section_for
from intranet.publication.approval import current_step
from tests.factories import approve, draft_matter, fresh, live_matter, submit
from tests.publication.editor import post_editor

PUBLISH = {"action-publish": "1"}


@pytest.fixture
def draft(bureau):
    return draft_matter(bureau.licensing, author=bureau.liaison)


@pytest.fixture
def live(bureau):
    return live_matter(bureau.licensing, title="旧标题", author=bureau.liaison)


@pytest.fixture
def superuser(client, admin_user):
    client.force_login(admin_user)
    return client


def bulk(client, action, *pages, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return client.post(f"{url}?{'&'.join(f'id={page.pk}' for page in pages)}", data)


def test_the_publish_button_saves_a_draft(superuser, draft):
    post_editor(superuser, draft, title="改过的标题", **PUBLISH)
    matter = fresh(draft)
    assert (matter.live, matter.get_latest_revision_as_object().title) == (False, "改过的标题")


def test_the_publish_button_leaves_the_live_text_up(superuser, live):
    post_editor(superuser, live, title="新标题", **PUBLISH)
    assert fresh(live).title == "旧标题"


def test_the_editor_offers_a_superuser_no_publish_button(superuser, draft):
    page = superuser.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
    assert "action-publish" not in page


def test_bulk_publishing_makes_no_matter_live(superuser, draft):
    bulk(superuser, "publish", draft)
    assert not fresh(draft).live


def test_bulk_publishing_a_section_makes_no_matter_below_it_live(superuser, draft):
    bulk(superuser, "publish", draft.get_parent(), include_descendants="on")
    assert not fresh(draft).live


@pytest.mark.parametrize("choice", ["publish_copies", "alias"])
def test_copying_a_live_matter_makes_no_other_matter_live(superuser, live, choice):
    fields = {"new_title": "副本", "new_slug": "copy", "new_parent_page": str(live.get_parent().pk), choice: "on"}
    superuser.post(reverse("wagtailadmin_pages:copy", args=[live.pk]), fields)
    assert list(MatterPage.objects.live()) == [live.as_matter()]


def test_a_live_matter_is_not_moved_by_the_confirmed_move(bureau, superuser):
    inside = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    outside = section_for(bureau.licensing, Category.objects.get(code="E2"))
    superuser.post(reverse("wagtailadmin_pages:move_confirm", args=[inside.pk, outside.pk]))
    assert fresh(inside).get_parent() != outside.page_ptr


def test_a_live_matter_is_not_moved_in_bulk(bureau, superuser):
    inside = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    outside = section_for(bureau.licensing, Category.objects.get(code="E2"))
    bulk(superuser, "move", inside, chooser=outside.pk)
    assert fresh(inside).get_parent() != outside.page_ptr


def test_reverting_to_a_version_that_was_live_and_publishing_leaves_the_live_text_up(bureau, superuser, live):
    before = live.live_revision
    live.title = "新标题"
    live.save_revision(user=bureau.liaison)
    submit(fresh(live), by=bureau.liaison)
    approve(fresh(live), by=bureau.reviewer)
    approve(fresh(live), by=bureau.head)
    post_editor(superuser, live, title="旧标题", revision=str(before.pk), **PUBLISH)
    assert fresh(live).title == "新标题"


def test_wagtails_approval_in_the_editor_is_not_open_to_a_superuser(bureau, superuser, draft):
    submit(draft, by=bureau.liaison)
    step = current_step(fresh(draft))
    superuser.post(reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", step.pk]))
    step.refresh_from_db()
    assert step.status == step.STATUS_IN_PROGRESS


def test_wagtails_approval_in_the_editor_is_not_open_to_the_decider(bureau, client, draft):
    submit(draft, by=bureau.liaison)
    step = current_step(fresh(draft))
    client.force_login(bureau.reviewer)
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", step.pk]))
    step.refresh_from_db()
    assert step.status == step.STATUS_IN_PROGRESS


def act(client, matter, action, **data):
    return client.post(f"/admin/api/main/pages/{matter.pk}/action/{action}/", data, content_type="application/json")


def test_the_admins_api_publishes_no_draft(superuser, draft):
    assert act(superuser, draft, "publish").status_code == 403


def test_the_admins_api_publishes_no_edit_of_a_live_matter(bureau, superuser, live):
    live.title = "新标题"
    live.save_revision(user=bureau.liaison)
    act(superuser, live, "publish")
    assert fresh(live).title == "旧标题"


@pytest.mark.parametrize("action", ["copy", "create_alias"])
def test_the_admins_api_makes_no_live_copy(superuser, live, action):
    assert act(superuser, live, action).status_code == 403


def test_the_admins_api_makes_no_alias_of_a_draft(superuser, draft):
    assert act(superuser, draft, "create_alias").status_code == 403


@pytest.mark.parametrize("alias", [False, True])
def test_the_admins_api_makes_no_live_translation(superuser, live, alias):
    Locale.objects.get_or_create(language_code="en")
    act(superuser, live, "copy_for_translation", locale="en", copy_parents=True, alias=alias)
    assert list(MatterPage.objects.live()) == [live.as_matter()]


def test_the_admins_api_moves_no_live_matter(bureau, superuser):
    inside = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    outside = section_for(bureau.licensing, Category.objects.get(code="E2"))
    assert act(superuser, inside, "move", destination_page_id=outside.pk, position="last-child").status_code == 403


def test_the_admins_api_reverts_to_a_draft_only(bureau, superuser, live):
    before = live.live_revision_id
    live.title = "新标题"
    live.save_revision(user=bureau.liaison)
    act(superuser, live, "revert_to_page_revision", revision_id=before)
    assert fresh(live).live_revision_id == before


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_wagtails_public_api_is_not_there(client, db, version):
    assert client.get(f"/api/{version}/pages/").status_code == 404
