"""The main paths, as people take them."""

import pytest

from intranet.disclosure.models import DraftTemplate
from tests.factories import approve, draft_matter, fresh, live_matter, submit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def search(page, text):
    box = page.locator("main input[name=q], .hero input[name=q]").first
    box.fill(text)
    box.press("Enter")
    page.wait_for_url("**/search/**")


def test_a_visitor_searches_from_the_home_page_and_reads(visit, bureau):
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法", summary="零售点要什么条件")
    page = visit("/")
    search(page, "烟花爆竹")
    page.click("text=烟花爆竹经营许可办法")
    assert page.locator("h1").inner_text() == "烟花爆竹经营许可办法"


def test_a_visitor_finds_no_internal_matter(visit, bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff", title="会议制度执行情况")
    page = visit("/search/?q=会议制度")
    assert page.locator(".search-results li").count() == 0


def test_a_cadre_signs_in_and_reads_an_internal_matter(visit, bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff", title="会议制度执行情况")
    page = visit("/intranet/", bureau.cadre2)
    page.click("text=会议制度执行情况")
    assert page.locator("h1").inner_text() == "会议制度执行情况"


def test_a_reviewer_and_a_head_approve_and_a_visitor_finds(visit, bureau):
    matter = draft_matter(bureau.licensing, title="非煤矿山检查通知", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    for person in (bureau.reviewer, bureau.head):
        page = visit("/admin/", person)
        page.click("text=非煤矿山检查通知")
        page.click("button[name=decision][value=approve]")
        page.wait_for_url("**/admin/")
    page = visit("/search/?q=非煤矿山")
    assert page.locator(".search-results").get_by_text("非煤矿山检查通知").count() == 1


def test_a_liaison_officer_drafts_and_submits_in_the_admin(visit, bureau):
    DraftTemplate.objects.all().delete()  # its hints would have to be filled in first
    page = visit("/admin/matters/new/", bureau.liaison)
    page.select_option("select[name=category]", label="E2 Laws, regulations, policies and their implementation")
    page.select_option("select[name=type]", "notice")
    page.click("main button[type=submit]")
    page.fill("input[name=title]", "危险化学品检查通知")
    page.click("role=tab[name='Disclosure']")
    page.select_option("select[name=visibility]", "public")
    page.fill("input[name=formed_on]", "2026-11-20")
    page.keyboard.press("Escape")
    for element in page.locator("[name^='elements-'][name$='-value']").all():
        if element.is_visible():
            element.fill("甘南州安监局")
    page.click("button[aria-label='More actions'], .w-dropdown__toggle >> nth=-1")
    page.click("button[name=action-check-and-submit]")
    page.wait_for_url("**/submit/")
    page.fill("textarea[name=reason]", "原件没有公开时限")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/admin/")
    from intranet.disclosure.models import MatterPage

    assert MatterPage.objects.get().workflow_in_progress


def test_a_head_returns_a_matter_and_its_author_reads_why(visit, bureau):
    matter = draft_matter(bureau.licensing, title="待退回的通知", author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    page = visit("/admin/", bureau.head)
    page.click("text=待退回的通知")
    page.fill("textarea[name=comment]", "请补充法律依据")
    page.click("button[name=decision][value=return]")
    page.wait_for_url("**/admin/")
    assert visit("/admin/", bureau.liaison).get_by_text("请补充法律依据").count() == 1


def test_search_works_by_keyboard_alone(visit, bureau):
    live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    page = visit("/search/")
    page.locator("main input[name=q]").focus()
    page.keyboard.type("烟花爆竹")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    assert page.locator(".result__title").count() == 1


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize(
    "path", ["/", "/search/?q=办法", "/catalogue/", "/departments/", "/login/", "/nowhere/", "matter"]
)
def test_no_page_overflows(visit, bureau, path, width):
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法" * 4)
    page = visit(matter.url if path == "matter" else path, width=width)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_interface_speaks_chinese_and_english(visit, bureau):
    page = visit("/", locale="zh-CN")
    assert page.locator("html").get_attribute("lang") == "zh-hans"
    page.click("button[value=en]")
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
