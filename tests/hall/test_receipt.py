"""The receipt: a real PDF with its fonts in it, read back and rendered."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from django.apps import apps
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.hall.clocks import Clocks
from intranet.hall.progress_address import progress_address
from intranet.hall.receipt.paper import receipt_of
from intranet.hall.sealing import unseal
from tests.hall.cases import a_persons_number, now


def text_of(paper: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper))


@pytest.fixture
def case(hall):
    return now(hall.received(brought=("申请书",)))


@pytest.fixture
def words(case):
    return text_of(receipt_of(case))


def test_it_has_number_and_check_code(case, words):
    assert case.number in words
    assert unseal(case.check_code_sealed) in words


def test_it_has_item_materials_and_who_is_masked(hall, case, words):
    for expected in ("安全生产许可证核发", "申请书", "营业执照", "环评批复", "李*"):
        assert expected in words
    assert "李小明" not in words


def test_the_whole_identifier_is_not_on_it(hall):
    number = a_persons_number()
    assert number not in text_of(receipt_of(now(hall.received(identifier=number))))


def test_it_says_by_when_what_is_due(case, words):
    due = Clocks().current(case).due_on
    assert str(due.day) in words
    assert "Told what is missing" in words


def test_every_font_is_embedded(case):
    pdf = pikepdf.open(BytesIO(receipt_of(case)))
    fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
    descriptors = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert fonts
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)


def test_it_is_one_page_that_is_not_blank(case):
    document = pypdfium2.PdfDocument(receipt_of(case))
    picture = document[0].render(scale=1).to_pil().convert("L")
    assert (len(document), picture.getextrema()[0] < 50) == (1, True)


def test_the_address_in_the_code_has_the_number_and_not_the_check_code(case, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    assert progress_address(case) == f"https://portal.example/progress/?number={case.number}"


def test_whatever_a_subject_holds_it_is_text(hall):
    case = now(hall.received(subject="<img src=file:///etc/passwd>"))
    assert "<img src=file" in text_of(receipt_of(case)).replace("\r\n", "")


def test_it_is_the_bureaus_and_has_a_place_for_its_seal(hall, case, client):
    client.force_login(hall.handler)
    words = text_of(client.get(reverse("window:receipt", args=[case.number])).content)
    bureau = apps.get_model("home", "BureauSettings").load().name_zh
    assert words.count(bureau) == 2
    assert f"{bureau} (seal)" in words


def test_who_handles_the_case_prints_it_and_it_is_logged(hall, case, client):
    client.force_login(hall.handler)
    answer = client.get(reverse("window:receipt", args=[case.number]))
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert AuditEntry.objects.filter(action="hall.receipt", person=hall.handler.pk).exists()


@pytest.mark.parametrize("name", ["liaison", "office"])
def test_nobody_else_prints_it(hall, case, client, name):
    client.force_login(getattr(hall.bureau, name))
    assert client.get(reverse("window:receipt", args=[case.number])).status_code == 404
