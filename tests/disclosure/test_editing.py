"""The editor's screens, by those who work there and by those who must not."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from intranet.disclosure.models import MATTER_TYPES, AttachedDocument, Category, MatterPage, NoticePage
from intranet.disclosure.sections import collection_of, section_for
from tests.factories import draft_matter, live_matter, submit


def add_url(bureau, type_code, category="E2"):
    section = section_for(bureau.licensing, Category.objects.get(code=category))
    return reverse("wagtailadmin_pages:add", args=["disclosure", MATTER_TYPES[type_code]._meta.model_name, section.pk])


def notice_form(**changes):
    empty = inline_formset([])
    return nested_form_data(
        {
            "title": "关于开展检查的通知",
            "slug": "",
            "language": "zh-hans",
            "translation_of": "",
            "summary": "摘要",
            "body": streamfield([]),
            "attachments": empty,
            "elements": empty,
            "comments": empty,
            "visibility": "public",
            "formed_on": "2026-01-05",
            **changes,
        }
    )


@pytest.mark.parametrize("type_code", MATTER_TYPES)
def test_a_liaison_officer_has_an_editor_for_every_type(bureau, client, type_code):
    client.force_login(bureau.liaison)
    assert client.get(add_url(bureau, type_code)).status_code == 200


def test_a_cadre_has_no_editor(bureau, client):
    client.force_login(bureau.cadre)
    assert client.get(add_url(bureau, "notice")).status_code == 302


def test_a_liaison_officer_saves_a_draft(bureau, client):
    client.force_login(bureau.liaison)
    client.post(add_url(bureau, "notice"), notice_form())
    matter = NoticePage.objects.get()
    assert (matter.live, matter.department, matter.category.code) == (False, bureau.licensing, "E2")


def test_a_body_of_five_megabytes_is_saved(bureau, client):
    client.force_login(bureau.liaison)
    text = "安全生产" * 410_000
    client.post(add_url(bureau, "notice"), notice_form(body=streamfield([("heading", text)])))
    assert len(NoticePage.objects.get().body[0].value) == len(text)


def test_a_body_of_many_paragraphs_is_saved(bureau, client):
    client.force_login(bureau.liaison)
    paragraphs = streamfield([("heading", f"第{number}节") for number in range(3000)])
    client.post(add_url(bureau, "notice"), notice_form(body=paragraphs))
    assert len(NoticePage.objects.get().body) == 3000


def test_a_file_larger_than_allowed_is_refused_with_the_limit(bureau, client, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024 * 1024
    client.force_login(bureau.liaison)
    large = ContentFile(b"x" * 1024 * 1024 * 2, name="large.txt")
    collection = collection_of(bureau.licensing).pk
    answer = client.post(reverse("wagtaildocs:add_multiple"), {"files[]": large, "collection": collection}).json()
    assert (answer["success"], "1.0" in answer["error_message"], AttachedDocument.objects.count()) == (False, True, 0)


def test_a_liaison_officer_submits_from_the_editor(bureau, client):
    client.force_login(bureau.liaison)
    response = client.post(add_url(bureau, "notice"), notice_form(**{"action-check-and-submit": "1"}))
    client.post(response.headers["Location"], {"reason": "test"})
    assert NoticePage.objects.get().workflow_in_progress


def test_submitting_without_an_audience_is_told_on_the_screen_before(bureau, client):
    client.force_login(bureau.liaison)
    form = notice_form(**{"visibility": "", "action-check-and-submit": "1"})
    response = client.get(client.post(add_url(bureau, "notice"), form).headers["Location"])
    assert "Choose an audience." in response.content.decode()


def test_an_audience_wider_than_the_category_is_not_accepted(bureau, client):
    client.force_login(bureau.liaison)
    client.post(add_url(bureau, "notice", category="N2"), notice_form())
    assert not NoticePage.objects.exists()


def test_the_publish_button_publishes_nothing_for_a_superuser(bureau, client, admin_user):
    client.force_login(admin_user)
    client.post(add_url(bureau, "notice"), notice_form(**{"action-publish": "1"}))
    assert not MatterPage.objects.live().exists()


def test_the_explorer_of_another_department_is_closed(bureau, client):
    matter = draft_matter(bureau.finance, title="财务草稿")
    client.force_login(bureau.liaison)
    response = client.get(reverse("wagtailadmin_explore", args=[matter.get_parent().pk]))
    assert "财务草稿" not in response.content.decode()


def test_another_departments_draft_cannot_be_edited(bureau, client):
    matter = draft_matter(bureau.finance)
    client.force_login(bureau.liaison)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk])).status_code == 404


@pytest.mark.parametrize("view", ["history", "copy", "usage", "move", "delete"])
def test_another_departments_draft_has_no_other_door(bureau, client, view):
    matter = draft_matter(bureau.finance, title="财务草稿")
    client.force_login(bureau.liaison)
    response = client.get(reverse(f"wagtailadmin_pages:{view}", args=[matter.pk]), follow=True)
    assert "财务草稿" not in response.content.decode()


def test_the_admins_search_finds_own_drafts_by_a_part_of_the_title(bureau, client):
    draft_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    client.force_login(bureau.liaison)
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "爆竹经营"})
    assert "烟花爆竹经营许可办法" in response.content.decode()


def test_the_admins_search_finds_no_draft_of_another_department(bureau, client):
    draft_matter(bureau.finance, title="烟花爆竹经营许可办法")
    client.force_login(bureau.liaison)
    response = client.get(reverse("wagtailadmin_pages:search"), {"q": "爆竹"})
    assert "烟花爆竹经营许可办法" not in response.content.decode()


def test_the_chooser_offers_no_draft_of_another_department(bureau, client):
    matter = draft_matter(bureau.finance, title="财务草稿")
    client.force_login(bureau.liaison)
    response = client.get(reverse("wagtailadmin_choose_page_child", args=[matter.get_parent().pk]))
    assert "财务草稿" not in response.json()["html"]


def test_the_choosers_search_offers_no_draft_of_another_department(bureau, client):
    draft_matter(bureau.finance, title="财务草稿")
    client.force_login(bureau.liaison)
    response = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "财务草稿"})
    assert (response.status_code, "matter-" in response.content.decode()) == (200, False)


def test_the_admins_api_lists_no_draft_of_another_department(bureau, client):
    matter = draft_matter(bureau.finance, title="财务草稿")
    client.force_login(bureau.liaison)
    assert client.get(f"/admin/api/main/pages/{matter.pk}/").status_code == 404


def test_a_copy_of_a_live_matter_is_a_draft(bureau, client):
    matter = live_matter(bureau.licensing)
    client.force_login(bureau.liaison)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[matter.pk]),
        {
            "new_title": "副本",
            "new_slug": "copy",
            "new_parent_page": str(matter.get_parent().pk),
            "copy_subpages": "",
            "publish_copies": "on",
            "alias": "",
        },
    )
    assert list(MatterPage.objects.live()) == [matter.as_matter()]


def test_the_office_keeps_the_catalogue(bureau, client):
    client.force_login(bureau.office)
    category = Category.objects.get(code="E2")
    assert client.get(f"/admin/snippets/disclosure/category/edit/{category.pk}/").status_code == 200


def test_a_liaison_officer_does_not_keep_the_catalogue(bureau, client):
    client.force_login(bureau.liaison)
    category = Category.objects.get(code="E2")
    assert client.get(f"/admin/snippets/disclosure/category/edit/{category.pk}/").status_code == 302


def test_the_office_is_warned_of_a_department_without_a_head(bureau, client):
    client.force_login(bureau.office)
    assert "Department finance: no head" in client.get("/admin/").content.decode()


def test_a_head_sees_what_awaits_the_decision(bureau, client):
    from intranet.publication.approval import approve
    from tests.factories import fresh

    matter = draft_matter(bureau.licensing, title="待审事项", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    client.force_login(bureau.head)
    assert "待审事项" in client.get("/admin/").content.decode()


def test_the_form_of_an_account_sets_no_groups(bureau, client):
    client.force_login(bureau.office)
    response = client.get(reverse("wagtailusers_users:edit", args=[bureau.cadre.pk]))
    assert (response.status_code, "groups" in response.context["form"].fields) == (200, False)
