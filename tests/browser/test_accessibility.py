"""Every page passes axe, in both colour schemes: names, roles, landmarks, contrast."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from intranet.publication.approval import current_step
from tests.disclosure.particulars.samples import FUNDS, matter_with
from tests.factories import approve, draft_matter, fresh, live_matter, name_reader, submit
from tests.hall.cases import Hall

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,  # it would look for what stylesheets import beside the page
}
PUBLIC = ["/", "/search/", "/search/?q=办法", "/search/?q=zzzz", "/search/?q=办法&department=nowhere",
          "/apply/?q=办法", "/catalogue/", "/catalogue/E2/", "/departments/",
          "/departments/licensing/", "/login/", "/nowhere/"]  # fmt: skip


@pytest.fixture
def hall(bureau) -> Hall:
    return Hall(bureau)


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_publics_pages(visit, bureau, scheme):
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法", summary="零售点要什么条件")
    page = visit("/")
    page.emulate_media(color_scheme=scheme)
    origin, told = page.url.rstrip("/"), {}
    with_form = matter_with(bureau.licensing, FUNDS)
    history = f"{matter.url}history/"
    for path in [*PUBLIC, matter.url, with_form.url, history]:
        page.goto(f"{origin}{path}")
        told[path] = violations(page)
    assert {path: found for path, found in told.items() if found} == {}


def test_the_cadres_first_page(visit, bureau):
    live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    assert violations(visit("/intranet/", bureau.cadre)) == []


def test_the_heads_screens(visit, bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    live = live_matter(bureau.licensing)
    name_reader(live, bureau.cadre2, by=bureau.head)
    urgent = draft_matter(bureau.licensing, author=bureau.liaison)
    page = visit("/admin/", bureau.head)
    told = {"desk": violations(page)}
    page.goto(page.url.partition("/admin/")[0] + reverse("absence:index"))
    told["absences"] = violations(page)
    for name, key in (
        ("publication:decide", current_step(fresh(matter)).pk),
        ("publication:timeline", live.pk),
        ("publication:emergency", urgent.pk),
        ("publication:withdraw", live.pk),
        ("disclosure:sharing", live.pk),
    ):
        page.goto(page.url.partition("/admin/")[0] + reverse(name, args=[key]))
        told[name] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}


def test_the_authors_screens(visit, bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, summary="身份证11010519491231002X，手机13812345678")
    draft_matter(bureau.licensing, author=bureau.liaison, title="可以报送的草稿")
    page = visit("/admin/", bureau.liaison)
    told = {"desk": violations(page)}
    root = page.url.partition("/admin/")[0]
    for matter in (draft, draft.get_siblings(inclusive=False).get()):
        page.goto(root + reverse("publication:submit", args=[matter.pk]))
        told[matter.title] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}


def test_the_offices_access_review(visit, bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff")
    name_reader(matter, bureau.cadre2, by=bureau.head)
    page = visit("/admin/matters/access-review/", bureau.office)
    told = violations(page)
    page.check("input[name=share]")
    page.click("form[action$='/access-review/end/'] button")
    page.wait_for_load_state()
    assert (told, violations(page)) == ([], [])


def test_the_answer_of_the_sharing_panel(visit, bureau):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="department")
    assert violations(visit(f"/admin/matters/{matter.pk}/sharing/?check=public", bureau.liaison)) == []


def test_the_reviewers_screens(visit, bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    page = visit(reverse("publication:decide", args=[current_step(fresh(matter)).pk]), bureau.reviewer)
    page.click(".gk-in-part > summary")
    told = {"secrecy review": violations(page)}
    page.goto(page.url.partition("/admin/")[0] + reverse("publication:secrecy_register") + "?print=1")
    told["register on paper"] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize(
    "name", ["rights:table", "publication:secrecy_register", "publication:objections", "audit:log"]
)
def test_the_offices_reports(visit, bureau, name):
    live_matter(bureau.licensing)
    assert violations(visit(reverse(name), bureau.office)) == []


def test_what_a_post_changes(visit, bureau):
    page = visit(reverse("wagtailsnippets_organisation_post:add"), bureau.office)
    page.select_option("select[name=person]", str(bureau.cadre.pk))
    page.evaluate("key => { document.querySelector('[name=department]').value = key }", str(bureau.finance.pk))
    page.select_option("select[name=kind]", "head")
    page.fill("input[name=starts_on]", timezone.localdate().isoformat())
    page.keyboard.press("Escape")
    page.locator("form[novalidate] button[type=submit], footer button[type=submit]").last.click()
    page.wait_for_selector("text=Nothing has been saved yet")
    assert violations(page) == []


def test_the_records_of_a_route(visit, bureau):
    draft = draft_matter(bureau.licensing, category="E5", type_code="report", author=bureau.liaison)
    assert violations(visit(reverse("publication:records", args=[draft.pk]), bureau.liaison)) == []


def test_the_offices_desk(visit, bureau):
    submit(draft_matter(bureau.licensing, author=bureau.liaison), by=bureau.liaison)
    bureau.reviewer.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert violations(visit("/admin/", bureau.office)) == []


def test_the_halls_pages(visit, hall):
    page = visit("/hall/")
    told = {"/hall/": violations(page)}
    root = page.url.removesuffix("/hall/")
    for path in ("screen/", "manual/", "find/", "figures/", "appointments/"):
        page.goto(f"{root}/hall/{path}")
        told[path] = violations(page)
    for path in ("/fees/", "/fees/board/", "/progress/"):
        page.goto(f"{root}{path}")
        told[path] = violations(page)
    assert {path: found for path, found in told.items() if found} == {}


def test_the_halls_desk(visit, hall):
    case = hall.in_review()
    hall.notified(subject="二号井")
    hall.filed(subject="三号井")
    page = visit("/admin/", hall.head)
    root, told = page.url.partition("/admin/")[0], {}
    for name in ("window:cases", "hall_due:due", "hall_due:moved", "hall_registers:notices", "hall_registers:filings",
                 "hall_registers:inquiries", "hall_figures:page"):  # fmt: skip
        page.goto(root + reverse(name))
        told[name] = violations(page)
    page.goto(root + reverse("window:case", args=[case.number]))
    told["case"] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}


def test_the_window(visit, hall):
    page = visit("/admin/", hall.clerk)
    root, told = page.url.partition("/admin/")[0], {}
    for name in ("window:receive", "window:appointments", "hall_registers:ask"):
        page.goto(root + reverse(name))
        told[name] = violations(page)
    assert {name: found for name, found in told.items() if found} == {}
