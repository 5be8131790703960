"""What a draft points to and what is like it: elements, links, images, files, similar titles."""

from io import BytesIO
from urllib.parse import quote

import pytest
from django.core.files.images import ImageFile
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from intranet.disclosure.attachment_text import prepare_texts
from intranet.disclosure.models import DisclosedImage
from intranet.publication.scrutiny.links import links
from intranet.publication.scrutiny.similar_titles import is_alike
from tests.factories import attach, draft_matter, live_matter

TITLE = "烟花爆竹经营许可实施办法"


def link(attributes):
    return [("paragraph", f"<p>见<a {attributes}>这里</a></p>")]


def page(matter):
    return link(f'linktype="page" id="{matter.pk}"')


@pytest.fixture
def found_by_engine(settings, tmp_path):
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    from search.worker import drain

    return drain


def test_each_missing_element_is_told(drafted):
    assert len(drafted("elements")) > 2


def test_an_element_that_is_there_is_not(drafted):
    assert len(drafted("elements", document_number="甘安监〔2007〕138号")) == len(drafted("elements")) - 1


@pytest.mark.parametrize(
    "attributes",
    ['linktype="page" id="999999"', 'linktype="document" id="999999"', 'href="/no/such/page/"', 'linktype="page"'],
)
def test_a_link_that_leads_nowhere_is_an_error(drafted, attributes):
    assert drafted("links", body=link(attributes)) == [("ERROR", "这里")]


@pytest.mark.parametrize(
    "attributes", ['href="https://www.gov.cn/"', 'href="/search/?q=x"', 'href="/#main"', 'href="mailto:a@b.cn"', ""]
)
def test_other_links_are_left_alone(drafted, attributes):
    assert drafted("links", body=link(attributes)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/external/licensing/e2/nothing-there/",
        "/external/licensing/e2/nothing-there/history/",
        "/files/nothing.pdf",
        "/documents/9999/x.pdf",
        "/departments/nonesuch/",
        "/catalogue/e99/",
        "/objections/9999/",
    ],
)
def test_an_address_of_nothing_is_an_error(drafted, path):
    assert drafted("links", body=link(f'href="{path}"')) == [("ERROR", "这里")]


@pytest.mark.parametrize("path", ["/departments/licensing/", "/catalogue/E2/", "/catalogue/e2/", "/search/?q=x"])
def test_a_screen_is_right(drafted, path):
    assert drafted("links", body=link(f'href="{path}"')) == []


def test_the_history_of_a_live_matter_is_right(bureau, drafted):
    target = live_matter(bureau.licensing, title="另一事项")
    assert drafted("links", body=link(f'href="{target.url}history/"')) == []


def test_an_address_is_right_as_a_browser_writes_it(bureau, drafted):
    document = attach(draft_matter(bureau.licensing, title="另一事项"), b"x", name="许可.txt")
    assert drafted("links", body=link(f'href="/files/{quote(document.file.name)}"')) == []


def test_many_links_take_few_queries(bureau, django_assert_max_num_queries):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    matter.body = [block for number in range(40) for block in link(f'href="/external/licensing/e2/none-{number}/"')]
    with django_assert_max_num_queries(12):
        assert len(list(links(matter))) == 40


@pytest.mark.parametrize("is_old", [False, True])
def test_an_address_written_in_two_ways_is_right_in_both(bureau, drafted, is_old):
    target = live_matter(bureau.licensing, title="另一事项")
    if is_old:
        Redirect.add_redirect("/old-page/", redirect_to=target)
    path = "/old-page" if is_old else target.url.rstrip("/")
    assert drafted("links", body=[*link(f'href="{path}"'), *link(f'href="{path}/"')]) == []


def test_an_old_address_that_leads_on_is_right(bureau, drafted):
    Redirect.add_redirect("/old-page/", redirect_to=live_matter(bureau.licensing, title="另一事项"))
    assert drafted("links", body=link('href="/old-page/"')) == []


def test_an_old_address_that_leads_to_a_draft_is_doubtful(bureau, drafted):
    Redirect.add_redirect("/old-page/", redirect_to=draft_matter(bureau.finance))
    assert drafted("links", body=link('href="/old-page/"')) == [("WARNING", "这里")]


def test_a_link_to_a_live_matter_is_right_by_page_and_by_address(bureau, drafted):
    target = live_matter(bureau.finance)
    assert drafted("links", body=[*page(target), *link(f'href="{target.url}#part-1"')]) == []


def test_a_link_to_a_draft_is_doubtful(bureau, drafted):
    assert drafted("links", body=page(draft_matter(bureau.finance))) == [("WARNING", "这里")]


def test_a_link_out_of_its_readers_reach_is_doubtful(bureau, drafted):
    inside = live_matter(bureau.finance, category="N2", type_code="notice", visibility="staff")
    assert drafted("links", body=page(inside)) == [("WARNING", "这里")]


def test_a_link_within_its_readers_reach_is_right(bureau, drafted):
    inside = live_matter(bureau.finance, category="N2", type_code="notice", visibility="staff")
    assert drafted("links", body=page(inside), category="N2", type_code="notice", visibility="staff") == []


def picture(**attributes):
    content = BytesIO()
    Image.new("RGB", (4, 4)).save(content, "PNG")
    content.seek(0)
    return DisclosedImage.objects.create(title="IMG_0042.png", file=ImageFile(content, name="a.png"), **attributes)


def figure(image, caption=""):
    return [("figure", {"image": image, "caption": caption})]


def test_an_image_without_words_is_doubtful(drafted):
    assert drafted("pictures", body=figure(picture())) == [("WARNING", "IMG_0042.png")]


def test_an_image_with_a_description_is_right(drafted):
    assert drafted("pictures", body=figure(picture(description="办事大厅"))) == []


def test_an_image_with_a_caption_is_right(drafted):
    assert drafted("pictures", body=figure(picture(), "办事大厅")) == []


def read(matter, content, name):
    prepare_texts([attach(matter, content, name=name, title="附表")])


def test_a_file_that_cannot_be_read_is_doubtful(drafted):
    found = drafted("files", prepare=lambda matter: read(matter, b"%PDF-1.7 broken", "a.pdf"))
    assert set(found) == {("WARNING", "附表")}


def test_a_file_that_says_only_what_it_says_is_right(drafted):
    assert drafted("files", prepare=lambda matter: read(matter, "安全生产".encode(), "a.txt")) == []


def test_a_file_that_has_not_been_read_is_noted(drafted):
    found = drafted("files", prepare=lambda matter: attach(matter, "安全生产".encode(), title="附表"))
    assert found == [("NOTE", "附表")]


def test_a_similar_title_is_found_by_the_search_engine(bureau, drafted, found_by_engine):
    live_matter(bureau.finance, title=TITLE)
    found_by_engine()
    assert drafted("similar_titles", title="烟花爆竹经营许可的实施办法") == [("WARNING", TITLE)]


def test_a_title_that_its_reader_may_not_read_is_not_told(bureau, drafted, found_by_engine):
    live_matter(bureau.finance, title=TITLE, category="N2", type_code="notice", visibility="department")
    found_by_engine()
    assert drafted("similar_titles", title=TITLE) == []


def test_a_second_draft_of_the_department_is_told(bureau, drafted, found_by_engine):
    draft_matter(bureau.licensing, title=TITLE)
    assert drafted("similar_titles", title=TITLE) == [("WARNING", TITLE)]


def test_a_dead_engine_is_said_and_stops_nobody(drafted, settings):
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = "http://127.0.0.1:9/none", ""
    assert drafted("similar_titles") == [("NOTE", "")]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("烟花爆竹经营许可实施办法", "烟花爆竹经营许可的实施办法", True),
        ("煙花爆竹經營許可實施辦法", "烟花爆竹经营许可实施办法", True),
        ("2025年信访办理情况", "2026年信访办理情况", False),
        ("一季度财务收支情况", "二季度财务收支情况", False),
        ("烟花爆竹经营许可实施办法", "危险化学品经营许可证管理办法", False),
    ],
)
def test_titles_are_alike_but_for_a_word_and_never_in_another_number(one, other, alike):
    assert is_alike(one, other) is alike
