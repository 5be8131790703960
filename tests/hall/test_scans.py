"""Scans: what is taken, what is refused with words, and who opens one."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from intranet.audit.models import AuditEntry
from intranet.hall import scans
from intranet.hall.life import ending
from intranet.hall.models import Case, ReceptionDraft, Scan
from tests.hall.cases import a_persons_number
from tests.hall.test_reception import send


def pdf() -> bytes:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 720, "scan")
    canvas.save()
    return made.getvalue()


def picture(kind) -> bytes:
    made = BytesIO()
    Image.new("L", (8, 8)).save(made, kind)
    return made.getvalue()


def file(name="申请书.pdf", content=None):
    return SimpleUploadedFile(name, pdf() if content is None else content)


def attach(client, person, case, *files):
    client.force_login(person)
    return client.post(reverse("window:attach_scans", args=[case.number]), {"scans": files}, follow=True)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.pdf", None), ("a.JPG", "JPEG"), ("a.jpeg", "JPEG"), ("a.png", "PNG"), ("a.tif", "TIFF")]
)
def test_what_a_scanner_makes_is_taken(hall, client, name, kind):
    case = hall.received()
    attach(client, hall.clerk, case, file(name, picture(kind) if kind else None))
    assert [scan.name for scan in case.scans.all()] == [name]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("..\\..\\x.exe", b"MZ\x90\x00", "“x.exe” is no scan"),
        ("a.pdf.exe", None, "is no scan"),
        ("../../etc/passwd", None, "“passwd” is no scan"),
        ("a.pdf", b"MZ\x90\x00 not a PDF", "is not what its name says"),
        ("a.pdf", b"<html><script>", "is not what its name says"),
        ("a.png", None, "is not what its name says"),
        ("a.pdf", b"", "is empty"),
    ],
)
def test_what_is_no_scan_is_refused_with_words(hall, client, name, content, said):
    case = hall.received()
    answer = attach(client, hall.clerk, case, file(name, content))
    assert (said in answer.content.decode() or said in str(list(answer.context["messages"])), case.scans.count()) == (
        True,
        0,
    )


def test_a_scan_of_two_hundred_megabytes_is_refused_with_what_to_do():
    upload = file()
    upload.size = 200 * 1024 * 1024
    assert "Scan in grey at 200 dpi" in scans.faults_of(upload)[0]


def test_signs_that_turn_a_name_round_are_taken_out():
    assert scans.shown_name(file("\u202efdp.pdf")) == "fdp.pdf"


def test_the_stored_name_tells_nothing(hall, client):
    case = hall.received()
    attach(client, hall.clerk, case, file("李小明.pdf"))
    assert "李" not in case.scans.get().file.name


def test_who_handles_the_case_opens_it(hall, client):
    case = hall.received()
    attach(client, hall.clerk, case, file())
    client.force_login(hall.handler)
    answer = client.get(reverse("window:scan", args=[case.scans.get().pk]))
    assert (b"".join(answer)[:4], answer["X-Content-Type-Options"], "no-store" in answer["Cache-Control"]) == (
        b"%PDF",
        "nosniff",
        True,
    )


@pytest.mark.parametrize("name", ["liaison", "office"])
def test_nobody_else_opens_it(hall, client, name):
    case = hall.received()
    attach(client, hall.clerk, case, file())
    client.force_login(getattr(hall.bureau, name))
    assert client.get(reverse("window:scan", args=[case.scans.get().pk])).status_code == 404


def test_no_address_of_files_leads_to_it(hall, client):
    case = hall.received()
    attach(client, hall.clerk, case, file())
    assert client.get(f"/files/{case.scans.get().file.name}").status_code == 404


def test_nobody_else_attaches_one(hall, client):
    case = hall.received()
    assert (attach(client, hall.bureau.liaison, case, file()).status_code, case.scans.count()) == (404, 0)


def test_scans_come_with_the_application(hall, client):
    send(client, hall, scans=[file("a.pdf"), file("b.pdf")])
    assert [scan.name for scan in Case.objects.get().scans.all()] == ["a.pdf", "b.pdf"]


def test_the_same_file_sent_twice_is_one_scan(hall, client):
    case, content = hall.received(), pdf()
    for name in ("a.pdf", "b.pdf"):
        attach(client, hall.clerk, case, file(name, content))
    assert [scan.name for scan in case.scans.all()] == ["a.pdf"]


def test_the_same_file_sent_twice_is_attached_once_in_the_audit_log(hall, client):
    case, content = hall.received(), pdf()
    for _time in range(2):
        attach(client, hall.clerk, case, file(content=content))
    assert AuditEntry.objects.filter(action="hall.scan_attached").count() == 1


def test_the_same_file_is_a_scan_of_each_case(hall, client):
    content = pdf()
    cases = [hall.received(), hall.received(subject="二号井")]
    for case in cases:
        attach(client, hall.clerk, case, file(content=content))
    assert [case.scans.count() for case in cases] == [1, 1]


def test_the_same_file_is_kept_once_with_a_draft(hall, client):
    content = pdf()
    for _time in range(2):
        send(client, hall, "look", scans=[file(content=content)])
    assert Scan.objects.count() == 1


class TestAWrongScan:
    @pytest.fixture
    def case(self, hall, client):
        case = hall.received()
        attach(client, hall.clerk, case, file())
        return case

    def remove(self, client, case, person, reason="附错了"):
        client.force_login(person)
        return client.post(
            reverse("window:remove_scan", args=[case.scans.get().pk]), {"reason": reason}, follow=True
        ).content.decode()

    def test_is_removed_with_a_reason_by_who_attached_it(self, hall, client, case):
        assert "附错了" in self.remove(client, case, hall.clerk)
        assert (case.scans.get().removed_by, case.scans.get().removal_reason) == (hall.clerk, "附错了")

    def test_is_removed_with_an_entry_in_the_audit_log(self, hall, client, case):
        self.remove(client, case, hall.clerk)
        assert AuditEntry.objects.get(action="hall.scan_removed").person == hall.clerk.pk

    def test_stays_with_the_case_to_be_opened(self, hall, client, case):
        self.remove(client, case, hall.clerk)
        assert client.get(reverse("window:scan", args=[case.scans.get().pk])).status_code == 200

    def test_is_attached_again_as_another_one(self, hall, client, case):
        content = case.scans.get().file.read()
        self.remove(client, case, hall.clerk)
        attach(client, hall.clerk, case, file(content=content))
        assert [bool(scan.removed_at) for scan in case.scans.all()] == [True, False]

    def test_is_not_removed_without_a_reason(self, hall, client, case):
        self.remove(client, case, hall.clerk, reason=" ")
        assert case.scans.get().removed_at is None

    def test_is_not_removed_by_another_who_handles_the_case(self, hall, client, case):
        self.remove(client, case, hall.handler)
        assert case.scans.get().removed_at is None

    def test_is_not_removed_once_the_case_is_at_an_end(self, hall, client, case):
        ending.withdraw(case, by=hall.clerk, reason="申请人书面撤回")
        self.remove(client, case, hall.clerk)
        assert case.scans.get().removed_at is None

    def test_is_offered_for_removal_to_who_attached_it(self, hall, client, case):
        pages = []
        for person in (hall.clerk, hall.handler):
            client.force_login(person)
            pages.append(client.get(reverse("window:case", args=[case.number])).content.decode())
        address = reverse("window:remove_scan", args=[case.scans.get().pk])
        assert [address in page for page in pages] == [True, False]


def test_a_fault_elsewhere_asks_for_no_scan_again(hall, client):
    send(client, hall, name="", scans=[file()])
    assert (Case.objects.count(), Scan.objects.get().draft.clerk) == (0, hall.clerk)
    send(client, hall, shown_scan=Scan.objects.get().pk)
    assert Case.objects.get().scans.count() == 1


def test_a_scan_that_the_form_did_not_show_holds_it_until_somebody_has_seen_it(hall, client):
    send(client, hall, "look", scans=[file("王大.pdf")])
    answer = send(client, hall)
    assert (Case.objects.count(), "perhaps for another applicant: 王大.pdf" in answer.text) == (0, True)


def test_a_scan_that_is_sent_with_a_form_which_has_made_its_case_belongs_to_the_case(hall, client):
    said = {"token": str(uuid4()), "identifier": a_persons_number()}
    send(client, hall, **said)
    send(client, hall, **said, scans=[file("second.pdf")])
    assert [scan.name for scan in Case.objects.get().scans.all()] == ["second.pdf"]


def test_a_scan_whose_file_is_missing_is_told_and_not_logged_as_opened(hall, client):
    case = hall.received()
    attach(client, hall.clerk, case, file())
    scan = case.scans.get()
    scan.file.storage.delete(scan.file.name)
    answer = client.get(reverse("window:scan", args=[scan.pk]), follow=True)
    assert "is missing on the server" in answer.text
    assert not AuditEntry.objects.filter(action="hall.scan_opened").exists()


def test_a_wrong_scan_holds_the_application_until_it_is_mended(hall, client):
    answer = send(client, hall, scans=[file("a.pdf.exe")])
    assert (Case.objects.count(), "is no scan" in answer.content.decode()) == (0, True)


def test_a_scan_of_a_draft_is_removed(hall, client):
    send(client, hall, "look", scans=[file()])
    send(client, hall, f"remove:{Scan.objects.get().pk}")
    assert not Scan.objects.exists()


def test_the_file_goes_with_a_draft_that_is_outdated(hall, client, django_capture_on_commit_callbacks):
    send(client, hall, "look", scans=[file()])
    stored = Scan.objects.get().file
    ReceptionDraft.objects.update(saved_at=timezone.now() - timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("window:receive"))
    assert not stored.storage.exists(stored.name)
