"""The service guide manual: what is live and readable today, whole, with its fonts in it, and printed once."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from intranet.access.tokens import PUBLIC, tokens_of
from intranet.disclosure.models import GuideMaterial, GuideStep
from intranet.hall.manual import kept
from intranet.hall.manual.book import html_of
from intranet.hall.manual.reading import manual_of
from intranet.hall.manual.words import words_of
from intranet.hall.models import ServiceItem
from intranet.hall.printing.pdf import LettersMissing, pdf_of
from intranet.publication.release import release_imported
from tests.disclosure.particulars.samples import FEES, changed, matter_with
from tests.factories import attach, draft_matter, fresh, live_matter
from tests.pictures import pictures_of

EVERYBODY = frozenset({PUBLIC})
TIBETAN = "ཆོག་མཆན་ཞུ་བའི་དོན་གཅོད་ལམ་སྟོན།"
ELEMENTS = {
    "conditions": "采矿许可证有效",
    "legal_basis": "行政许可法第十二条",
    "legal_limit_days": 45,
    "promised_limit_days": 20,
    "fee_text": "不收费",
    "result_text": "许可证正本一份",
    "place": "人民街一楼五号窗口",
    "hours": "周一至周五",
    "phone": "0941-5550131",
    "complaint": "监察室 0941-5550199",
}


@pytest.fixture
def guide(hall):
    """A live guide of licensing's with all its elements, which tells of the hall's item."""
    draft = draft_matter(hall.bureau.licensing, category="E4", type_code="guide", title="安全许可办事指南", **ELEMENTS)
    draft.materials.add(GuideMaterial(name="申请书", form="原件", copies="2份"))
    draft.steps.add(GuideStep(name="窗口收件", who="五号窗口", days="当场"))
    draft.save_revision()
    release_imported(draft, by=None, reason="test")
    ServiceItem.objects.filter(pk=hall.item.pk).update(guide=draft)
    return fresh(draft)


def translated(guide, **attributes):
    said = {"category": "E4", "type_code": "guide", "title": TIBETAN, "language": "bo"} | attributes
    return live_matter(guide.department, translation_of=guide, **said)


def titles(language="zh-hans", tokens=EVERYBODY, department=None):
    return [entry.guide.title for entry in manual_of(tokens, language, department).entries]


def text_of(paper):
    pages = pypdfium2.PdfDocument(paper)
    return "".join(page.get_textpage().get_text_range() for page in pages).replace("\r\n", "").replace(" ", "")


class TestWhatStandsInIt:
    def test_a_guide_has_its_eight_elements(self, guide):
        html = html_of(manual_of(EVERYBODY, "zh-hans"))
        said = [str(value) for value in ELEMENTS.values() if value != "不收费"]
        assert not [words for words in (*said, "申请书", "窗口收件", "AQ-001") if words not in html]

    def test_that_nothing_is_paid_is_said_once(self, guide):
        assert html_of(manual_of(EVERYBODY, "zh-hans")).count("不收") == 1

    @pytest.mark.parametrize("language", ["zh-hans", "bo"])
    def test_a_material_says_from_whom_it_is_whether_it_may_follow_and_which_form_is_its(self, hall, guide, language):
        form = attach(guide, b"form", title="申请书样表")
        release_imported(fresh(guide), by=None, reason="test")
        hall.version.materials.filter(name="申请书").update(source="市监局", is_deferrable=True, template=form)
        told = html_of(manual_of(EVERYBODY, language))
        with translation.override(language):
            words = words_of(language)
        assert [words["may_follow"] in told, "市监局" in told, "申请书样表" in told] == [True, True, True]

    def test_a_translation_that_lists_less_is_followed_by_all_of_it_in_chinese(self, guide):
        translated(guide)
        assert [TIBETAN in (told := html_of(manual_of(EVERYBODY, "bo"))), "申请书" in told] == [True, True]

    def test_a_form_that_its_reader_may_not_download_is_not_named(self, hall, guide):
        form = attach(draft_matter(hall.bureau.licensing), b"form", title="内部样表")
        hall.version.materials.filter(name="申请书").update(template=form)
        assert "内部样表" not in html_of(manual_of(EVERYBODY, "zh-hans"))

    def test_what_it_costs_is_the_fees_record(self, hall, guide):
        matter_with(hall.bureau.licensing, changed(FEES, service_items="XX-001"))
        assert "60.00" not in html_of(manual_of(EVERYBODY, "zh-hans"))
        matter_with(hall.bureau.licensing, changed(FEES, service_items="AQ-001"))
        assert "60.00" in html_of(manual_of(EVERYBODY, "zh-hans"))

    def test_a_guide_without_a_live_version_is_not_in_it(self, hall, guide):
        draft_matter(hall.bureau.licensing, category="E4", type_code="guide", title="未发布指南")
        assert titles() == ["安全许可办事指南"]

    def test_a_guide_past_its_last_moment_is_not_in_it(self, guide):
        type(guide).objects.filter(pk=guide.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        assert titles() == []

    def test_an_internal_guide_is_in_a_cadres_and_says_that_it_is_not_handed_out(self, hall, guide):
        internal = {"category": "N2", "type_code": "guide", "visibility": "staff"}
        live_matter(hall.bureau.licensing, title="内部办事指南", **internal)
        own = manual_of(tokens_of(hall.bureau.cadre), "en")
        assert (len(titles()), len(list(own.entries))) == (1, 2)
        assert "not to be handed out" in html_of(own)

    def test_a_departments_has_its_own_and_no_other(self, hall, guide):
        live_matter(hall.bureau.finance, category="E4", type_code="guide", title="财务办事指南")
        assert titles(department=hall.bureau.licensing) == ["安全许可办事指南"]

    def test_it_has_the_translation_where_there_is_one_and_else_says_that_there_is_none(self, guide):
        assert "Nobody has translated" in html_of(manual_of(EVERYBODY, "en"))
        translated(guide)
        assert titles("bo") == [TIBETAN]

    def test_more_guides_ask_no_more_queries(self, hall, guide, django_assert_max_num_queries):
        for number in range(5):
            live_matter(hall.bureau.licensing, category="E4", type_code="guide", title=f"指南{number}")
        with django_assert_max_num_queries(16):
            html_of(manual_of(EVERYBODY, "zh-hans"))


class TestTheBook:
    def test_it_has_contents_with_pages_bookmarks_and_the_day(self, guide):
        paper = pdf_of(html_of(manual_of(EVERYBODY, "zh-hans")), whole=True)
        document = pypdfium2.PdfDocument(paper)
        bookmarks = [bookmark.get_title() for bookmark in document.get_toc()]
        contents = document[1].get_textpage().get_text_range()
        assert "安全许可办事指南" in bookmarks
        assert "....3" in contents.replace(" ", "").replace("\r\n", "")
        assert str(timezone.localdate().year) in document[0].get_textpage().get_text_range()

    def test_every_font_is_embedded_and_tibetan_is_read_back(self, guide):
        translated(guide)
        paper = pdf_of(html_of(manual_of(EVERYBODY, "bo")), whole=True)
        pdf = pikepdf.open(BytesIO(paper))
        fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
        descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
        assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)
        assert any("Tibetan" in str(each.FontName) for each in descriptors)
        assert "དོན་གཅོད" in text_of(paper)

    def test_letters_that_no_font_has_are_named_and_not_printed_as_boxes(self):
        with pytest.raises(LettersMissing) as refused:
            pdf_of("<p>\U0001faff甲", whole=True)
        assert refused.value.letters == "\U0001faff"


class TestItsPages:
    @pytest.mark.parametrize("language", ["zh-hans", "bo"])
    def test_every_letter_is_drawn(self, guide, language):
        translated(guide)
        pages = pictures_of(pdf_of(html_of(manual_of(EVERYBODY, language)), whole=True))
        assert [page.undrawn() for page in pages] == [""] * len(pages)

    def test_the_longest_word_stays_within_the_margins(self, guide):
        address = "https://guide.example/" + "a" * 170
        live_matter(guide.department, category="E4", type_code="guide", title="在线办事指南", place=address)
        pages = pictures_of(pdf_of(html_of(manual_of(EVERYBODY, "zh-hans")), whole=True))
        assert {page.size for page in pages} == {(210, 297)}
        assert min(page.narrowest_margin() for page in pages) > 6


class TestPrinting:
    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path

    def test_a_book_is_printed_once_while_nothing_in_it_changes(self):
        first = kept.printed("<p>甲", wait=60)
        written = first.stat().st_ino
        assert (kept.printed("<p>甲", wait=0).stat().st_ino, kept.printed("<p>乙", wait=60)) != (written, first)
        assert first.read_bytes().startswith(b"%PDF")

    def test_who_asks_while_another_book_is_printed_comes_back(self):
        with pytest.raises(kept.BeingPrinted):
            kept.printed("<p>甲", wait=0)
        with pytest.raises(kept.BeingPrinted):
            kept.printed("<p>乙", wait=60)

    def test_what_could_not_be_printed_is_not_tried_again_at_once(self):
        for _time in range(2):
            with pytest.raises(kept.CannotBePrinted) as refused:
                kept.printed("<p>\U0001faff", wait=60)
            assert refused.value.letters == "\U0001faff"


class TestItsAddresses:
    def test_the_page_offers_what_there_is(self, client, hall, guide):
        page = client.get(reverse("hall:manuals")).content.decode()
        assert reverse("hall:manual", args=["licensing", "zh-hans"]) in page
        assert reverse("hall:manual", args=["bo"]) not in page

    def test_without_a_guide_it_says_so(self, client, db):
        assert "No service guide has been disclosed yet." in client.get(reverse("hall:manuals")).content.decode()

    def test_the_book_is_a_pdf_that_a_visitor_who_has_it_is_not_sent_again(self, client, guide, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        address = reverse("hall:manual", args=["zh-hans"])
        kept.printed(html_of(manual_of(EVERYBODY, "zh-hans")), wait=60)
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_while_it_is_printed_a_page_asks_again(self, client, guide, settings, tmp_path, monkeypatch):
        settings.VAR_DIR = tmp_path
        monkeypatch.setattr(kept, "WAITED_SECONDS", 0)
        answer = client.get(reverse("hall:manual", args=["zh-hans"]))
        assert (answer.status_code, answer["Refresh"]) == (202, "3")

    @pytest.mark.parametrize("arguments", [["bo"], ["xx"], ["finance", "zh-hans"], ["nobody", "zh-hans"]])
    def test_there_is_no_book_without_a_guide_in_it(self, client, guide, arguments):
        assert client.get(reverse("hall:manual", args=arguments)).status_code == 404


class TestTheCommand:
    def test_it_writes_the_book_as_the_public_reads_it(self, guide, tmp_path):
        call_command("hall", "manual", language="zh-hans", output=tmp_path / "a.pdf", verbosity=0)
        assert "安全许可办事指南" in text_of(tmp_path / "a.pdf")

    def test_it_says_where_there_is_nothing_to_print(self, guide, tmp_path):
        with pytest.raises(CommandError, match="No guide"):
            call_command("hall", "manual", department="finance", output=tmp_path / "a.pdf")
