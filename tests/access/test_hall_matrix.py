"""Every list and door of the hall, as every kind of reader.

Who reads which cases is written out here by hand, not computed by the rule that is tested.
"""

from dataclasses import dataclass
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from intranet.hall import scans
from intranet.hall.inquiries import asking
from intranet.hall.life import deciding, materials, reviewing
from intranet.hall.models import Case, Inquiry, Scan, State
from intranet.organisation.models import Post
from search.worker import drain
from tests.factories import UserFactory, live_matter, person_in
from tests.hall.cases import Hall, credit_code, item_of, now, row, today

READ_BY = {
    "clerk": {"licensing", "finance"},
    "handler": {"licensing"},
    "head": {"licensing"},
    "accountant": {"finance"},
    **dict.fromkeys(("cadre", "cadre2", "liaison", "leader", "office", "reviewer"), set()),
    **dict.fromkeys(("superuser", "outsider", "anonymous"), set()),
}
"""The departments whose cases each kind of reader reads."""
WORDS = {"licensing": "鸢尾", "finance": "琥珀"}
"""What stands in everything that is said of a department's cases; nobody asks for it, so that no page echoes it."""
MANY_YEARS = "first=2020-01-01&last=2030-12-31"

TOLD = [
    "/admin/window/cases/",
    "/admin/window/cases/results/?q=安全生产许可证",
    "/admin/hall/registers/notices/?export=csv",
    "/admin/hall/registers/refusals/",
    "/admin/hall/registers/refusals/?export=csv",
    "/admin/hall/registers/refusals/?print=1",
    "/admin/hall/registers/inquiries/",
    "/admin/hall/registers/inquiries/?export=csv",
]
"""Lists that tell a department's cases to whoever reads them, and to nobody else."""
SILENT = [
    "/admin/",
    "/admin/window/",
    "/admin/window/appointments/",
    "/admin/service-items/import/",
    "/admin/hall/due/",
    "/admin/hall/due/?by=item",
    "/admin/hall/moved/",
    "/admin/hall/registers/notices/",
    "/admin/hall/registers/notices/?print=1",
    f"/admin/hall-figures/?{MANY_YEARS}",
    f"/admin/hall-figures/?{MANY_YEARS}&format=csv",
    f"/admin/hall-figures/accepted/cases/?{MANY_YEARS}",
    "/admin/fees/",
    "/admin/snippets/hall/serviceitem/",
    "/admin/snippets/hall/itemversion/",
    "/admin/reports/audit/",
    "/admin/reports/audit/?export=csv",
    "/admin/reports/site-history/",
    "/admin/pages/search/?q=二号井",
]
"""Lists that tell them at the most to whoever reads them."""
PUBLIC = [
    "/",
    "/hall/",
    "/hall/screen/",
    "/fees/",
    "/fees/board/",
    "/hall/figures/",
    "/progress/",
    "/api/hall/guides/",
    "/api/hall/fees/",
    "/api/hall/results/",
    "/api/hall/figures/",
    "/search/?q=二号井",
    "/search/feed/?q=二号井",
    "/api/search/?q=二号井",
    "/api/search/?q=",
    "/api/search/suggest?q=二号井",
    "/intranet/",
]
"""Faces of the portal that tell a case to nobody."""


@dataclass
class Filled:
    """Each department has a case in review with a filed refusal, one that waits, a scan and a question."""

    hall: Hall
    clients: dict[str, Client]
    case: dict[str, Case]
    scan: dict[str, Scan]
    inquiry: dict[str, Inquiry]


@pytest.fixture
def filled(bureau, admin_user, settings, tmp_path):
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    settings.MEDIA_ROOT = tmp_path / "media"
    hall = Hall(bureau)
    accountant = person_in(bureau.finance, Post.Kind.CLERK, username="accountant")
    people = {name: getattr(bureau, name) for name in ("cadre", "cadre2", "liaison", "head", "leader", "office")}
    people |= {"reviewer": bureau.reviewer, "clerk": hall.clerk, "handler": hall.handler, "accountant": accountant}
    people |= {"superuser": admin_user, "outsider": UserFactory(username="outsider")}
    clients = {name: Client() for name in READ_BY}
    for name, person in people.items():
        clients[name].force_login(person)
    items = {"licensing": hall.item, "finance": item_of(bureau.finance, code="CW-001", kind="payment")}
    found = Filled(hall, clients, {}, {}, {})
    for place, (department, word) in enumerate(WORDS.items()):
        said = {"item": items[department], "kind": "organisation", "name": f"{word}矿业公司"}
        said |= {"identifier": credit_code(f"9162300100000{place:04d}")}
        handler = hall.handler if department == "licensing" else accountant
        told = hall.received(brought=("申请书",), subject=f"{word}一号井", **said)
        materials.notify(told, by=hall.clerk, wanted={row(told, "营业执照"): f"{word}的复印件"})
        case = hall.received(subject=f"{word}二号井", **said)
        materials.accept(case, by=hall.clerk)
        reviewing.begin_review(case, by=handler)
        deciding.file_refusal(case, by=handler, basis="条例第六条", reasons=f"{word}无设施", relief="六十日内复议")
        found.case[department] = now(case)
        found.scan[department] = scans.attach(SimpleUploadedFile("a.png", png()), by=hall.clerk, case=case)
        found.inquiry[department] = asking.ask(f"{word}矿如何延期？", by=handler, item=items[department])
    live_matter(bureau.licensing, title="安全生产许可证办事指南")
    drain()
    return found


def png() -> bytes:
    made = BytesIO()
    Image.new("L", (8, 8)).save(made, "PNG")
    return made.getvalue()


def told_to(filled, lists):
    """By reader and address, the departments of which something is told there."""
    return {
        (name, path): {department for department, word in WORDS.items() if word in shown}
        for name, client in filled.clients.items()
        for path in lists
        for shown in [text(client, path)]
    }


def text(client, path):
    """What stands on the page; nothing where it does not open."""
    response = client.get(path)
    assert response.status_code in (200, 302, 403, 404), path  # a bad request would tell nobody anything
    return b"".join(response).decode() if response.status_code == 200 else ""


def beyond(told):
    """What is told to somebody who does not read it."""
    return {where: found - READ_BY[where[0]] for where, found in told.items() if found - READ_BY[where[0]]}


def test_lists_of_cases_tell_exactly_those_that_the_reader_reads(filled):
    told = told_to(filled, TOLD)
    assert {where: found for where, found in told.items() if found != READ_BY[where[0]]} == {}


def test_no_other_list_of_the_admin_tells_more(filled):
    assert beyond(told_to(filled, SILENT)) == {}


def test_the_portal_tells_a_case_to_nobody(filled):
    assert {where: found for where, found in told_to(filled, PUBLIC).items() if found} == {}


def test_the_screens_of_a_case_open_for_whoever_reads_it(filled):
    opened = {name: set() for name in READ_BY}
    for name, client in filled.clients.items():
        for department in WORDS:
            case, scan = filled.case[department], filled.scan[department]
            doors = [
                client.get(reverse("window:case", args=[case.number])),
                client.get(reverse("window:scan", args=[scan.pk])),
                client.get(reverse("window:receipt", args=[case.number])),
                client.get(reverse("hall_registers:inquiry", args=[filled.inquiry[department].pk])),
            ]
            opened[name] |= {(department, each.status_code == 200) for each in doors}
    wanted = {name: {(each, each in read) for each in WORDS} for name, read in READ_BY.items()}
    assert opened == wanted


def test_nothing_is_done_to_a_case_by_somebody_who_does_not_read_it(filled):
    done = {}
    for name, client in filled.clients.items():
        for department in WORDS.keys() - READ_BY[name]:
            number = filled.case[department].number
            asked = {"what": "identifier", "reason": "test", "on": today().isoformat(), "document_number": "1号"}
            for path in (
                reverse("window:unmask", args=[number]),
                reverse("window:move", args=[number, "withdraw"]),
                reverse("window:attach_scans", args=[number]),
                reverse("window:propose_result", args=[number]),
                reverse("hall_registers:act", args=[filled.inquiry[department].pk, "answer"]),
            ):
                done[name, path] = client.post(path, asked).status_code
    assert {where: status for where, status in done.items() if status not in (302, 403, 404)} == {}
    assert {case.state for case in map(now, filled.case.values())} == {State.IN_REVIEW}
