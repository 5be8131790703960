"""A visitor finds what to bring, prints it, hands it in, and follows the case on a phone."""

import io

import pypdfium2
import pytest
from playwright.sync_api import expect

from intranet.disclosure.models import GuideMaterial
from intranet.hall.sealing import unseal
from tests.disclosure.particulars.samples import FEES, changed, matter_with
from tests.factories import live_matter
from tests.hall.cases import Hall
from tests.pictures import pictures_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def hall(bureau) -> Hall:
    return Hall(bureau)


@pytest.fixture
def guide(hall):
    guide = live_matter(
        hall.bureau.licensing,
        category="E4",
        type_code="guide",
        title="烟花爆竹零售经营许可办事指南",
        summary="开烟花店要办的许可证",
        conditions="有固定的经营场所",
        phone="0941-5550100",
    )
    GuideMaterial.objects.create(page=guide, name="申请书", form="原件", copies="1份")
    hall.item.guide = guide
    hall.item.save()
    return guide


def test_the_guide_is_found_by_an_everyday_question_and_printed_on_one_sheet(visit, guide):
    page = visit("/search/")
    page.fill("main input[name=q]", "开烟花店要什么证")
    page.keyboard.press("Enter")
    page.click(f"main a:has-text('{guide.title}')")
    page.check("[data-tick]")
    sheet = page.pdf(format="A4")
    page.evaluate("() => { window.print = () => { document.title = 'printed' } }")
    page.click("text=Print on one sheet")
    assert (page.title(), len(pypdfium2.PdfDocument(io.BytesIO(sheet)))) == ("printed", 1)


def test_what_was_ticked_is_there_the_next_time(visit, guide):
    page = visit(guide.url)
    page.check("[data-tick]")
    page.reload()
    expect(page.locator("[data-tick]")).to_be_checked()


def test_the_fee_board_is_a_sheet_of_a3_in_chinese_and_tibetan(visit, bureau):
    matter = matter_with(bureau.licensing, FEES)
    said = changed(FEES, item="རིག་གཞུང་རྒྱུགས།")
    matter_with(bureau.licensing, said, title="གླ་ཡོན།", language="bo", translation_of=matter)
    page = visit("/fees/board/")
    page.evaluate("() => document.fonts.ready")
    sheet = page.pdf(prefer_css_page_size=True)
    [drawn] = pictures_of(sheet)
    text = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert (drawn.size, drawn.undrawn(), drawn.narrowest_margin() > 10) == ((420, 297), "", True)
    assert [words in text for words in ("理论考试费", "རིག", "60.00")] == [True, True, True]


def test_a_case_is_followed_on_a_phone(visit, hall):
    case = hall.accepted()
    page = visit("/progress/", width=390)
    page.fill("[name=number]", case.number)
    page.fill("[name=code]", unseal(case.check_code_sealed))
    page.click("text=Show the case")
    told = page.inner_text("main")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (case.number in told, "accepted" in told.lower(), "李小明" in told, width) == (True, True, False, 390)
