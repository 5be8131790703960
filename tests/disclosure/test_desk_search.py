"""The admin's own search: parts of Chinese words, numbers and names of files in any writing, for who may see them."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from intranet.disclosure.models import AttachedDocument, Category, DisclosedImage, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Department, Post
from intranet.publication.release import release_imported
from search.desk import MAX_ASKED, DeskKey, add_missing
from tests.factories import UserFactory, attach, draft_matter, fresh, live_matter

TITLE = "烟花爆竹经营许可办法"
NUMBER = "甘安监〔2007〕138号"
NUMBERS = [
    NUMBER, "甘安监(2007)138", "甘安監［２００７］１３８號", "甘安监〔2007〕第138号", "甘安监2007年138号",
    "〔2007〕138", "甘安监 2007",
]  # fmt: skip
PAGES, CHOOSER = "wagtailadmin_pages:search", "wagtailadmin_choose_page_search"
PAGE_LISTS = [reverse(PAGES), reverse(CHOOSER), "/admin/pages/{section}/"]
FILE_LISTS = ["/admin/documents/", "/admin/documents/chooser/results/"]


def listed(client, path: str, text: str, title: str = TITLE) -> bool:
    """Whether the list, narrowed by this text, has a row with the title."""
    newest = MatterPage.objects.order_by("pk").last()
    path = path.format(section=newest.get_parent().pk if newest else "")
    response = client.get(path, {"q": text, "search_all": "1"}, follow=True)
    assert response.status_code == 200
    return title in re.sub(r"<input[^>]*>|<title>.*?</title>", "", response.text, flags=re.DOTALL)


@pytest.fixture
def as_liaison(client, bureau):
    client.force_login(bureau.liaison)
    return client


@pytest.fixture
def as_office(client, bureau):
    client.force_login(UserFactory(username="admin", is_superuser=True))
    return client


@pytest.fixture
def draft(bureau) -> MatterPage:
    return draft_matter(
        bureau.licensing,
        title=TITLE,
        document_number=NUMBER,
        summary="零售点的布设",
        keywords="春节 Chunjie",
        author=bureau.liaison,
    )


# Pages


@pytest.mark.parametrize("path", PAGE_LISTS)
@pytest.mark.parametrize("text", ["爆竹", "許可辦法", "爆竹 许可", "ＣＨＵＮ", "春节", "零售點", *NUMBERS])
def test_a_draft_is_listed_by(as_liaison, draft, path, text):
    assert listed(as_liaison, path, text)


@pytest.mark.parametrize("path", PAGE_LISTS)
@pytest.mark.parametrize(
    "text", ["竹爆", "138号甘", "甘安监〔2007〕13号", "甘安监〔2008〕138号", "。。", "爆竹 采石场"]
)
def test_a_draft_is_not_listed_by(as_liaison, draft, path, text):
    assert not listed(as_liaison, path, text)


@pytest.mark.parametrize("path", PAGE_LISTS)
def test_a_draft_is_listed_by_what_was_last_saved(as_liaison, draft, path):
    again = fresh(draft).get_latest_revision_as_object()
    again.document_number = "甘安监〔2026〕9号"
    again.save_revision()
    assert (listed(as_liaison, path, "甘安监(2026)9"), listed(as_liaison, path, NUMBER)) == (True, False)


@pytest.mark.parametrize("is_live", [False, True])
def test_a_matter_is_listed_by_the_name_of_its_file(as_liaison, draft, is_live):
    attach(draft, b"text", name="采石场名单.txt", title="附件一")
    if is_live:
        release_imported(fresh(draft), by=None, reason="test")
    assert [listed(as_liaison, reverse(PAGES), text) for text in ("采石場名单", "石场名", "附件一")] == [True] * 3


def test_a_renamed_file_is_what_its_matter_is_listed_by(as_liaison, draft):
    document = attach(draft, b"text", title="附件一")
    release_imported(fresh(draft), by=None, reason="test")
    document.title = "采石场名单"
    document.save()
    assert listed(as_liaison, reverse(PAGES), "采石场名单")


def test_a_deleted_draft_leaves_nothing(draft):
    draft.delete()
    assert not DeskKey.objects.filter(kind="wagtailcore.page", thing=draft.pk).exists()


# Who may see it


@pytest.mark.parametrize("path", PAGE_LISTS)
@pytest.mark.parametrize("text", ["爆竹", NUMBER, "甘安监-2007-138", "春节", "采石场名单"])
def test_nobody_of_another_department_lists_a_draft(client, bureau, draft, path, text):
    attach(draft, b"text", name="采石场名单.txt")
    draft_matter(bureau.finance, title="春节爆竹", document_number=NUMBER)
    bureau.cadre2.posts.update(kind=Post.Kind.LIAISON)
    client.force_login(bureau.cadre2)
    assert not listed(client, path, text)


def test_the_words_of_the_draft_of_a_live_matter_list_it_for_nobody(client, bureau):
    live = live_matter(bureau.licensing, title=TITLE)
    live.title, live.document_number = "鸢尾花店检查通知", NUMBER
    live.save_revision(user=bureau.liaison)
    bureau.cadre2.posts.update(kind=Post.Kind.LIAISON)
    client.force_login(bureau.cadre2)
    answers = [client.get(reverse(CHOOSER), {"q": text}).text for text in ("鸢尾", NUMBER)]
    assert [("鸢尾花店" in text, TITLE in text) for text in answers] == [(False, False)] * 2


def test_a_chooser_names_anothers_live_matter_by_its_live_title(client, bureau):
    live = live_matter(bureau.licensing, title=TITLE)
    live.title = "鸢尾花店检查通知"
    live.save_revision(user=bureau.liaison)
    bureau.cadre2.posts.update(kind=Post.Kind.LIAISON)
    client.force_login(bureau.cadre2)
    found = client.get(reverse(CHOOSER), {"q": "爆竹"}).text
    browsed = client.get(reverse("wagtailadmin_choose_page_child", args=[live.get_parent().pk])).json()["html"]
    assert [("鸢尾花店" in text, TITLE in text) for text in (found, browsed)] == [(False, True)] * 2


@pytest.mark.parametrize("path", FILE_LISTS)
def test_nobody_of_another_department_lists_a_file(client, bureau, draft, path):
    attach(draft, b"text", name="采石场名单.txt", title="附件一")
    bureau.cadre2.posts.update(kind=Post.Kind.LIAISON)
    client.force_login(bureau.cadre2)
    assert not listed(client, path, "采石场", "附件一")


# Files


@pytest.mark.parametrize("path", FILE_LISTS)
@pytest.mark.parametrize("text", ["附件", "采石場", "石场 名单"])
def test_a_file_is_listed_by_title_and_file_name(as_liaison, bureau, draft, path, text):
    attach(draft, b"text", name="采石场名单.txt", title="附件一")
    assert listed(as_liaison, path, text, "附件一")


@pytest.mark.parametrize("path", ["/admin/images/", "/admin/images/chooser/results/"])
@pytest.mark.parametrize("text", ["公章", "公章樣式", "seal-2026"])
def test_an_image_is_listed_by_title_and_file_name(as_liaison, bureau, path, text, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    Image.new("RGB", (20, 20)).save(tmp_path / "made.png")
    with (tmp_path / "made.png").open("rb") as file:
        DisclosedImage.objects.create(
            title="公章样式", file=ImageFile(file, name="seal-2026.png"), collection=collection_of(bureau.licensing)
        )
    assert listed(as_liaison, path, text, "公章样式")


# People, posts, departments, categories


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        ("/admin/snippets/organisation/department/", "行政許可", "行政许可科"),
        ("/admin/snippets/organisation/department/", "licensing", "行政许可科"),
        ("/admin/snippets/organisation/post/", "张三", "张三丰"),
        ("/admin/snippets/organisation/post/", "張三豐", "张三丰"),
        ("/admin/snippets/organisation/post/", "规划财务 張三", "张三丰"),
        ("/admin/snippets/disclosure/category/", "N2", "N2"),
        ("/admin/users/", "张三", "张三丰"),
        ("/admin/users/", "cadre2", "张三丰"),
    ],
)
def test_a_list_of_the_office_is_narrowed_by(as_office, bureau, path, text, title):
    bureau.cadre2.last_name, bureau.cadre2.first_name = "张", "三丰"
    bureau.cadre2.save()
    assert (listed(as_office, path, text, title), listed(as_office, path, "不存在", title)) == (True, False)


def test_a_category_of_the_migrations_is_listed_by_its_name(as_office):
    category = Category.objects.get(code="N2")
    assert listed(as_office, "/admin/snippets/disclosure/category/", category.name_zh[1:4], category.name_zh)


def test_a_renamed_department_lists_its_posts(as_office, bureau):
    Department.objects.get(code="finance").save()
    bureau.finance.name_zh = "采石场科"
    bureau.finance.save()
    assert listed(as_office, "/admin/snippets/organisation/post/", "采石场", bureau.cadre2.get_full_name())


# The index


@pytest.mark.parametrize("build", [add_missing, lambda: call_command("update_index", verbosity=0)])
def test_what_has_no_row_gets_one(draft, build):
    before = set(DeskKey.objects.values_list("kind", "thing", "text"))
    DeskKey.objects.all().delete()
    build()
    assert set(DeskKey.objects.values_list("kind", "thing", "text")) == before


@pytest.mark.parametrize("path", PAGE_LISTS)
@pytest.mark.parametrize(
    "text", ["鸢 " * 5000, "鸢" * 50_000, "title:鸢", "%", "_", "\\", "'; --", "💥", '"鸢" ' * 5000]
)
def test_odd_text_is_answered_in_a_bounded_number_of_queries(
    as_liaison, draft, path, text, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60):
        listed(as_liaison, path, text)


def test_only_the_beginning_of_a_long_text_is_looked_for(as_liaison, draft):
    assert listed(as_liaison, reverse(PAGES), "爆竹" + " " * MAX_ASKED + "不存在")


def test_a_file_without_a_matter_is_found(as_liaison, bureau):
    file = ContentFile(b"text", name="a.txt")
    AttachedDocument.objects.create(title="春节值班表", file=file, collection=collection_of(bureau.licensing))
    assert listed(as_liaison, "/admin/documents/", "值班", "春节值班表")
