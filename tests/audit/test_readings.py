"""Reading what is the leading group's alone is recorded at every door, as page and as file; other reading is not."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from intranet.audit.models import AuditEntry
from intranet.disclosure.models import AttachedDocument, CategoryTerms, DisclosedImage, MatterAttachment, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.publication.release import release_imported
from tests.factories import draft_matter, fresh, name_reader

DOORS = ("page", "document", "stored", "image", "rendition")


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def attached(bureau) -> AttachedDocument:
    made = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    made.file.save("表.txt", ContentFile("正文".encode()))
    made.save()
    return made


@pytest.fixture
def shown(bureau) -> DisclosedImage:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return DisclosedImage.objects.create(
        title="现场", file=ImageFile(drawn, name="scene.png"), collection=collection_of(bureau.licensing)
    )


@pytest.fixture
def disclose(bureau, attached, shown):
    """Make a matter that attaches the file and shows the picture, and disclose it to an audience."""

    def make(visibility: str, category: str = "N2") -> MatterPage:
        matter = draft_matter(bureau.licensing, category=category, type_code="notice", visibility=visibility)
        matter.attachments.add(MatterAttachment(document=attached))
        matter.body = [("figure", {"image": shown, "caption": "现场"})]
        matter.save_revision()
        release_imported(matter, by=None, reason="test")
        return fresh(matter)

    return make


def address(door: str, matter: MatterPage, attached: AttachedDocument, shown: DisclosedImage) -> str:
    match door:
        case "page":
            return matter.url
        case "document":
            return attached.url
        case "stored":
            return attached.file.url
        case "image":
            return shown.file.url
        case _:
            return shown.get_rendition("width-20").url


def narrow(code: str, to: str) -> None:
    for terms in CategoryTerms.objects.in_force().filter(category__code=code):
        terms.widest_audience = to
        terms.save()


def readings() -> list[tuple[str, int]]:
    return [(entry.person_name, int(entry.subject)) for entry in AuditEntry.objects.filter(action="matter.read")]


@pytest.mark.parametrize("door", DOORS)
def test_reading_what_is_the_leading_groups_is_recorded(bureau, client, disclose, attached, shown, door):
    matter = disclose("leaders")
    client.force_login(bureau.leader)
    assert client.get(address(door, matter, attached, shown)).status_code == 200
    assert readings() == [("leader", matter.pk)]


@pytest.mark.parametrize("door", DOORS)
def test_what_its_category_narrows_to_the_leading_group_is_the_leading_groups(
    bureau, client, disclose, attached, shown, door
):
    matter = disclose("staff")
    narrow("N2", "leaders")
    client.force_login(bureau.leader)
    assert client.get(address(door, matter, attached, shown)).status_code == 200
    assert readings() == [("leader", matter.pk)]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(("visibility", "category"), [("staff", "N2"), ("public", "E2")])
def test_reading_what_more_may_read_is_not_recorded(
    bureau, client, disclose, attached, shown, door, visibility, category
):
    matter = disclose(visibility, category)
    client.force_login(bureau.leader)
    assert client.get(address(door, matter, attached, shown)).status_code == 200
    assert readings() == []


@pytest.mark.parametrize("door", DOORS)
def test_who_is_turned_away_has_read_nothing(bureau, client, disclose, attached, shown, door):
    matter = disclose("leaders")
    client.force_login(bureau.cadre2)
    assert client.get(address(door, matter, attached, shown)).status_code == 404
    assert readings() == []


def test_the_file_is_named_with_the_matter(bureau, client, disclose, attached):
    matter = disclose("leaders")
    client.force_login(bureau.leader)
    client.get(attached.url)
    entry = AuditEntry.objects.get(action="matter.read")
    assert (entry.subject_type, entry.subject_name, entry.facts) == (
        matter._meta.label_lower,
        matter.title,
        {"file": "附件"},
    )


def test_a_file_that_another_matter_shows_to_more_is_not_the_leading_groups_alone(bureau, client, disclose, attached):
    disclose("leaders")
    disclose("staff")
    client.force_login(bureau.leader)
    client.get(attached.url)
    assert readings() == []


def test_who_is_named_beside_the_leading_group_is_recorded_too(bureau, client, disclose, attached):
    matter = disclose("leaders")
    name_reader(matter, bureau.cadre2, by=bureau.head)
    client.force_login(bureau.cadre2)
    client.get(attached.url)
    assert readings() == [("cadre2", matter.pk)]


@pytest.mark.parametrize("name", ["document", "original"])
def test_who_gets_the_file_because_they_work_on_it_is_recorded(bureau, client, disclose, attached, name):
    matter = disclose("leaders")
    client.force_login(bureau.liaison)
    original = reverse("disclosure:original_file", args=[attached.pk])
    client.get(attached.url if name == "document" else original)
    assert readings() == [("liaison", matter.pk)]


def test_a_file_whose_bytes_are_lost_was_not_read(bureau, client, disclose, attached):
    disclose("leaders")
    attached.file.storage.delete(attached.file.name)
    client.force_login(bureau.leader)
    client.get(attached.file.url)
    assert readings() == []


@pytest.mark.parametrize("door", DOORS)
def test_reading_an_ordinary_matter_asks_nothing_of_the_log(bureau, client, disclose, attached, shown, door):
    asked = address(door, disclose("staff"), attached, shown)
    client.force_login(bureau.leader)
    with CaptureQueriesContext(connection) as queries:
        client.get(asked)
    assert not [query["sql"] for query in queries if "audit_" in query["sql"]]


SCREENS = ("edit", "view_draft", "revisions_compare", "revisions_view")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("visibility", ["leaders", "staff"])
def test_an_editors_screen_is_a_door_too(client, admin_user, disclose, screen, visibility):
    matter = disclose(visibility)
    newest = matter.latest_revision_id
    numbers = {"revisions_compare": [matter.pk, newest, newest], "revisions_view": [matter.pk, newest]}
    client.force_login(admin_user)
    client.get(reverse(f"wagtailadmin_pages:{screen}", args=numbers.get(screen, [matter.pk])))
    assert readings() == ([(admin_user.get_username(), matter.pk)] if visibility == "leaders" else [])


def test_what_is_not_there_was_not_read(client, admin_user, disclose):
    client.force_login(admin_user)
    client.get(reverse("wagtailadmin_pages:revisions_view", args=[disclose("leaders").pk, 99999]))
    assert readings() == []


def test_a_draft_is_read_by_nobody_yet(bureau, client, admin_user):
    matter = draft_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")
    client.force_login(admin_user)
    client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk]))
    assert readings() == []
