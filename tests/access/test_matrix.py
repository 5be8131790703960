"""Every door, as every kind of reader, against every kind of thing and state.

What each reader should see is written out here by hand, not computed by the rule that is tested.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterAttachment, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Post
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from search.worker import drain
from tests.factories import Bureau, DepartmentFactory, UserFactory, draft_matter, fresh, name_reader, person_in, submit

BUREAU = {"cadre", "cadre2", "liaison", "liaison2", "head", "leader", "office", "clerk", "sharee", "superuser"}
EVERYBODY = BUREAU | {"anonymous", "outsider"}
EDITORS = {"liaison", "head", "superuser"}
DEPARTMENT = {"cadre", "liaison", "head", "superuser"}
LEADERS = {"leader", "superuser"}

READERS_OF = {
    "draft": set(),
    "submitted": set(),
    "public": EVERYBODY,
    "staff": BUREAU,
    "department": DEPARTMENT,
    "leaders": LEADERS,
    "shared": LEADERS | {"sharee"},
    "expired": set(),
    "withdrawn": set(),
}
WORDS = dict(zip(READERS_OF, ["鸢尾", "琥珀", "珊瑚", "翡翠", "玛瑙", "砗磲", "琉璃", "玳瑁", "珐琅"], strict=True))
WAS_READ_BY = {"withdrawn": EVERYBODY}


@dataclass
class World:
    bureau: Bureau
    matters: dict[str, MatterPage] = field(default_factory=dict)
    documents: dict[str, AttachedDocument] = field(default_factory=dict)
    images: dict[str, DisclosedImage] = field(default_factory=dict)
    people: dict[str, object] = field(default_factory=dict)


def png() -> ContentFile:
    buffer = BytesIO()
    Image.new("RGB", (40, 30), "red").save(buffer, "PNG")
    return ContentFile(buffer.getvalue())


def document(bureau, title):
    found = AttachedDocument(title=title, collection=collection_of(bureau.licensing))
    found.file.save(f"{title}.txt", ContentFile(f"{title}附件".encode()))
    found.save()
    return found


def picture(bureau, title):
    file = ImageFile(png(), name=f"{title}.png")
    return DisclosedImage.objects.create(title=title, collection=collection_of(bureau.licensing), file=file)


def build(bureau, state) -> World:
    world = World(bureau)
    hall = DepartmentFactory(code="hall", kind="hall", name_zh="窗口")
    world.people = {name: getattr(bureau, name) for name in ("cadre", "cadre2", "liaison", "head", "leader", "office")}
    world.people["clerk"] = person_in(hall, Post.Kind.CLERK, username="clerk")
    world.people["sharee"] = person_in(bureau.finance, username="sharee")
    world.people["liaison2"] = person_in(bureau.finance, Post.Kind.LIAISON, username="liaison2")
    for name, word in WORDS.items():
        visibility = name if name in ("public", "staff", "department", "leaders") else "public"
        if name == "shared":
            visibility = "leaders"
        category = "E2" if visibility == "public" else "N2"
        matter = draft_matter(
            bureau.licensing, category=category, type_code="notice", title=f"{word}通知", visibility=visibility,
            author=bureau.liaison,
        )  # fmt: skip
        world.documents[name] = document(bureau, word)
        world.images[name] = picture(bureau, word)
        matter.attachments.add(MatterAttachment(document=world.documents[name]))
        matter.body = [("figure", {"image": world.images[name], "caption": ""})]
        matter.save_revision(user=bureau.liaison)
        if name == "submitted":
            submit(matter, by=bureau.liaison)
        elif name != "draft":
            release_imported(matter, by=None, reason="test")
        world.matters[name] = matter
    name_reader(world.matters["shared"], world.people["sharee"], by=bureau.head)
    expired = fresh(world.matters["expired"])
    expired.expire_at = timezone.now() - timedelta(minutes=1)
    expired.save()
    withdraw(fresh(world.matters["withdrawn"]), by=bureau.head, reason="更正")
    world.documents["unused"] = document(bureau, "unused")
    drain()
    world.matters = {name: fresh(matter) for name, matter in world.matters.items()}
    return world


@pytest.fixture
def world(bureau, settings, tmp_path):
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    settings.MEDIA_ROOT = tmp_path / "media"
    return build(bureau, "all")


@pytest.fixture
def readers(world, admin_user) -> dict[str, Client]:
    """Everybody with a browser of their own."""
    browsers = {name: Client() for name in sorted(EVERYBODY)}
    for name, browser in browsers.items():
        if name == "superuser":
            browser.force_login(admin_user)
        elif name == "outsider":
            browser.force_login(UserFactory(username="outsider"))
        elif name != "anonymous":
            browser.force_login(world.people[name])
    return browsers


def for_every_reader(check):
    """One world is built and every reader walks it, since building it takes longer than the walk."""

    def test(world, readers):
        for name, browser in readers.items():
            try:
                check(world, browser, name)
            except AssertionError as failed:
                failed.add_note(f"as {name}")
                raise

    test.__name__, test.__doc__ = check.__name__, check.__doc__
    return test


def readable(reader):
    return {name for name, readers in READERS_OF.items() if reader in readers}


@for_every_reader
def test_every_door_shows_exactly_what_the_reader_may_read(world, client, reader):
    expected = readable(reader)
    for door, seen in doors(world, client, reader):
        assert seen == expected, f"{door} as {reader}"


def doors(world, client, reader):
    """(door, the things that the reader meets there)."""
    names = list(WORDS)
    yield "page", {name for name in names if client.get(world.matters[name].url).status_code == 200}
    yield (
        "page of results",
        {name for name in names if f"{WORDS[name]}通知" in plain(client, "/search/", q=WORDS[name])},
    )
    found = {name: client.get("/api/search/", {"q": WORDS[name]}).json() for name in names}
    yield "json", {name for name in names if found[name]["results"]}
    yield "json total", {name for name in names if found[name]["total"]}
    yield "facet counts", {name for name in names if any(found[name]["facets"].values())}
    yield (
        "text of attachments",
        {name for name in names if client.get("/api/search/", {"q": f"{WORDS[name]}附件"}).json()["total"]},
    )
    yield (
        "suggestions",
        {name for name in names if client.get("/api/search/suggest", {"q": WORDS[name]}).json()["suggestions"]},
    )
    everything = plain(client, "/search/", q="", sort="newest")
    yield "listing by search", {name for name in names if f"{WORDS[name]}通知" in everything}
    catalogue = plain(client, "/catalogue/E2/") + plain(client, "/catalogue/N2/")
    yield "listing of a category", {name for name in names if f"{WORDS[name]}通知" in catalogue}
    department = plain(client, "/departments/licensing/")
    yield "listing of a department", {name for name in names if f"{WORDS[name]}通知" in department}
    home = plain(client, "/")
    yield "home", {name for name in names if f"{WORDS[name]}通知" in home}


def plain(client, url, **params):
    return client.get(url, params).content.decode().replace("<mark>", "").replace("</mark>", "")


@for_every_reader
def test_counts_of_everything_are_the_readers_own(world, client, reader):
    found = client.get("/api/search/", {"q": ""}).json()
    assert (found["total"], sum(value["count"] for value in found["facets"]["audience"])) == (
        len(readable(reader)),
        len(readable(reader)),
    )


@for_every_reader
def test_counts_of_the_catalogue_are_the_readers_own(world, client, reader):
    context = client.get("/catalogue/").context
    counts = {row.category.code: row.count for row in [*context["external"], *context["internal"]]}
    own = readable(reader)
    assert (counts["E2"], counts["N2"]) == (len(own & {"public"}), len(own - {"public"}))


@for_every_reader
def test_files_are_fetched_by_readers_of_a_page_and_by_editors(world, client, reader):
    expected = readable(reader) | (set(WORDS) | {"unused"} if reader in EDITORS else set())
    by_address = {name for name, found in world.documents.items() if client.get(found.url).status_code == 200}
    by_path = {name for name, found in world.documents.items() if client.get(found.file.url).status_code == 200}
    assert (by_address, by_path) == (expected, expected)


@for_every_reader
def test_images_and_renditions_are_fetched_by_readers_of_a_page_and_by_editors(world, client, reader):
    expected = readable(reader) | (set(WORDS) if reader in EDITORS else set())
    images = {name for name, found in world.images.items() if client.get(found.file.url).status_code == 200}
    renditions = {
        name
        for name, found in world.images.items()
        if client.get(found.get_rendition("width-20").url).status_code == 200
    }
    assert (images, renditions) == (expected, expected)


@for_every_reader
def test_feeds_and_sitemap_are_a_visitors(world, client, reader):
    feed, sitemap = plain(client, "/feeds/latest.atom"), plain(client, "/sitemap.xml")
    assert {name for name in WORDS if f"{WORDS[name]}通知" in feed} == {"public"}
    assert {name for name in WORDS if world.matters[name].url in sitemap} == {"public"}


@for_every_reader
def test_a_withdrawal_is_told_to_those_who_could_read_it(world, client, reader):
    assert client.get(world.matters["withdrawn"].url).status_code == 410


@for_every_reader
def test_the_explorer_shows_a_departments_things_to_its_editors(world, client, reader):
    expected = set(WORDS) if reader in EDITORS else set()
    seen = set()
    for name in WORDS:
        parent = world.matters[name].get_parent()
        response = client.get(reverse("wagtailadmin_explore", args=[parent.pk]))
        if response.status_code == 200 and f"{WORDS[name]}通知" in response.content.decode():
            seen.add(name)
    assert seen == expected


@for_every_reader
def test_the_editor_history_and_copy_open_for_a_departments_editors(world, client, reader):
    expected = set(WORDS) if reader in EDITORS else set()
    for view in ("edit", "history", "copy"):
        seen = {
            name
            for name in WORDS
            if client.get(reverse(f"wagtailadmin_pages:{view}", args=[world.matters[name].pk])).status_code == 200
        }
        assert seen == expected, view


@for_every_reader
def test_the_admins_search_shows_a_departments_things_to_its_editors(world, client, reader):
    expected = set(WORDS) if reader in EDITORS else set()
    seen = set()
    for name, word in WORDS.items():
        response = client.get(reverse("wagtailadmin_pages:search"), {"q": word})
        if response.status_code == 200 and f"{word}通知" in response.content.decode():
            seen.add(name)
    assert seen == expected


@for_every_reader
def test_a_chooser_offers_what_the_person_reads_or_edits(world, client, reader):
    seen = set()
    for name, word in WORDS.items():
        response = client.get(reverse("wagtailadmin_choose_page_search"), {"q": word})
        if response.status_code == 200 and f"{word}通知" in response.content.decode():
            seen.add(name)
    in_admin = EDITORS | {"office", "liaison2", "clerk"}
    expected = set(WORDS) if reader in EDITORS else readable(reader) if reader in in_admin else set()
    assert seen == expected


REPORTS = [
    "/admin/",
    "/admin/reports/audit/",
    "/admin/reports/audit/?export=csv",
    "/admin/publication/secrecy/",
    "/admin/publication/secrecy/?export=csv",
    "/admin/publication/secrecy/?print=1",
    "/admin/absences/",
    "/admin/rights/",
    "/admin/publication/leaving/{liaison}/",
    "/admin/people/{liaison}/close/",
    "/admin/people/locked/",
    "/admin/matters/access-review/",
    "/admin/matters/access-review/?export=csv",
    "/admin/reports/aging-pages/",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/workflow_tasks/",
    "/admin/reports/page-types-usage/",
    "/admin/pages/usage/disclosure/noticepage/",
    "/admin/snippets/disclosure/category/usage/{category}/",
    "/admin/snippets/disclosure/drafttemplate/",
    "/admin/snippets/organisation/department/usage/{department}/",
    "/admin/documents/",
    "/admin/documents/chooser/",
    "/admin/images/",
    "/admin/images/chooser/",
    "/admin/api/main/pages/?limit=20",
    "/admin/api/main/documents/?limit=20",
    "/admin/api/main/images/?limit=20",
]


@for_every_reader
def test_no_list_of_the_admin_names_what_is_neither_the_persons_to_edit_nor_to_read(world, client, reader):
    matter = world.matters["public"]
    keys = {
        "category": matter.category_id,
        "department": matter.department_id,
        "liaison": world.people["liaison"].pk,
    }
    allowed = set(WORDS) if reader in EDITORS else readable(reader)
    told = {}
    for path in REPORTS:
        response = client.get(path.format(**keys))
        assert response.status_code in (200, 302, 403, 404), path  # a bad request would name nothing to anybody
        text = b"".join(response).decode() if response.status_code == 200 else ""
        told[path] = {name for name, word in WORDS.items() if word in text} - allowed
    assert {path: names for path, names in told.items() if names} == {}


@for_every_reader
def test_the_desk_counts_no_pages_of_the_whole_bureau(world, client, reader):
    response = client.get("/admin/")
    assert "w-summary" not in response.text
