"""The doors of pages, files and images: what a file is used by decides who gets it, and nothing else leads to it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image

from intranet.disclosure.models import AttachedDocument, DisclosedImage, MatterAttachment, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Post
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import draft_matter, fresh, live_matter, person_in


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def disclose(matter: MatterPage) -> MatterPage:
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return fresh(matter)


def document(bureau, name="表.txt") -> AttachedDocument:
    made = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    made.file.save(name, ContentFile("正文".encode()))
    made.save()
    return made


def image(bureau) -> DisclosedImage:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return DisclosedImage.objects.create(
        title="现场", file=ImageFile(drawn, name="scene.png"), collection=collection_of(bureau.licensing)
    )


def matter_with(bureau, *, file=None, picture=None, category="E2", visibility="public") -> MatterPage:
    """A disclosed matter that attaches the file and shows the picture."""
    matter = draft_matter(bureau.licensing, category=category, type_code="notice", visibility=visibility)
    if file:
        matter.attachments.add(MatterAttachment(document=file))
    if picture:
        matter.body = [("figure", {"image": picture, "caption": "现场"})]
    return disclose(matter)


@pytest.fixture
def withdrawn(bureau):
    matter = live_matter(bureau.licensing, title="不该再看见的标题", summary="不该再看见的摘要")
    withdraw(matter, by=bureau.head, reason="数据有误")
    return fresh(matter)


# The address of a matter that was withdrawn


@pytest.mark.parametrize("words", ["不该再看见的标题", "不该再看见的摘要"])
def test_the_page_of_a_withdrawn_matter_says_nothing_of_what_it_said(client, withdrawn, words):
    assert words not in client.get(withdrawn.url).content.decode()


def test_the_page_of_a_withdrawn_matter_names_its_index_number(client, withdrawn):
    assert withdrawn.index_number in client.get(withdrawn.url).content.decode()


def test_the_page_of_a_withdrawn_matter_shows_ways_on(client, withdrawn):
    assert 'action="/search/"' in client.get(withdrawn.url).content.decode()


def test_the_page_of_a_withdrawn_matter_is_kept_by_nobody(client, withdrawn):
    assert "no-store" in client.get(withdrawn.url)["Cache-Control"]


def test_a_withdrawn_departments_own_matter_is_absent_for_the_rest_of_the_bureau(bureau, client):
    matter = matter_with(bureau, category="N2", visibility="department")
    withdraw(matter, by=bureau.head, reason="更正")
    client.force_login(bureau.cadre2)
    assert client.get(matter.url).status_code == 404


def test_those_who_could_read_an_internal_matter_are_told_that_it_was_withdrawn(bureau, client):
    matter = matter_with(bureau, category="N2", visibility="department")
    withdraw(matter, by=bureau.head, reason="更正")
    client.force_login(bureau.cadre)
    assert client.get(matter.url).status_code == 410


def test_a_matter_disclosed_again_is_at_its_old_address(client, withdrawn):
    disclose(withdrawn)
    assert client.get(withdrawn.url).status_code == 200


def test_an_expired_matter_is_absent(bureau, client):
    matter = live_matter(bureau.licensing)
    MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert client.get(matter.url).status_code == 404


def test_an_address_below_a_matter_is_absent(bureau, client):
    assert client.get(f"{live_matter(bureau.licensing).url}more/").status_code == 404


# Files


@pytest.mark.parametrize("address", ["url", "file.url"])
@pytest.mark.parametrize("name", ["cadre2", "office"])
def test_a_file_of_a_departments_own_matter_is_not_the_rest_of_the_bureaus(bureau, client, address, name):
    file = document(bureau)
    matter_with(bureau, file=file, category="N2", visibility="department")
    client.force_login(getattr(bureau, name))
    assert client.get(file.url if address == "url" else file.file.url).status_code == 404


def test_a_file_of_a_withdrawn_matter_is_closed(bureau, client):
    file = document(bureau)
    withdraw(matter_with(bureau, file=file), by=bureau.head, reason="更正")
    assert (client.get(file.url).status_code, client.get(file.file.url).status_code) == (404, 404)


def test_a_file_of_an_expired_matter_is_closed(bureau, client):
    file = document(bureau)
    matter = matter_with(bureau, file=file)
    MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    assert client.get(file.url).status_code == 404


def test_a_file_that_the_live_version_no_longer_uses_is_closed(bureau, client):
    file = document(bureau)
    matter = matter_with(bureau, file=file)
    matter.attachments = []
    disclose(matter)
    assert client.get(file.url).status_code == 404


def test_a_file_named_in_a_list_in_the_body_is_its_readers(bureau, client):
    file = document(bureau)
    matter = draft_matter(bureau.licensing, body=[("files", [file])])
    disclose(matter)
    assert client.get(file.url).status_code == 200


def test_a_file_linked_in_the_text_is_its_readers(bureau, client):
    file = document(bureau)
    link = f'<p><a linktype="document" id="{file.pk}">表</a></p>'
    disclose(draft_matter(bureau.licensing, body=[("paragraph", link)]))
    assert client.get(file.url).status_code == 200


def test_an_unused_file_is_not_another_departments_editors(bureau, client):
    editor = person_in(bureau.finance, Post.Kind.LIAISON)
    draft_matter(bureau.finance, author=editor)
    client.force_login(editor)
    assert client.get(document(bureau).url).status_code == 404


def test_an_unused_file_is_its_departments_heads_too(bureau, client):
    client.force_login(bureau.head)
    assert client.get(document(bureau).url).status_code == 200


def test_a_stored_file_is_saved_and_never_shown_in_the_portal(bureau, client):
    file = document(bureau, "page.html")
    matter_with(bureau, file=file)
    response = client.get(file.file.url)
    assert (response["Content-Disposition"].split(";")[0], "sandbox" in response["Content-Security-Policy"]) == (
        "attachment",
        True,
    )


def test_a_stored_file_is_not_guessed_at_by_browsers(bureau, client):
    file = document(bureau)
    matter_with(bureau, file=file)
    assert client.get(file.file.url)["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_the_bureau_is_kept_by_nobody_on_the_way(bureau, client):
    file = document(bureau)
    matter_with(bureau, file=file, category="N2", visibility="staff")
    client.force_login(bureau.cadre)
    assert "no-store" in client.get(file.file.url)["Cache-Control"]


def test_a_file_whose_bytes_are_lost_is_absent_and_no_error(bureau, client):
    file = document(bureau)
    matter_with(bureau, file=file)
    file.file.storage.delete(file.file.name)
    assert client.get(file.file.url).status_code == 404


# Images


def rendition_of(picture: DisclosedImage) -> str:
    return picture.get_rendition("width-20").url


def test_an_image_of_a_public_matter_is_the_publics_in_every_size(bureau, client):
    picture = image(bureau)
    matter_with(bureau, picture=picture)
    assert [client.get(url).status_code for url in (picture.file.url, rendition_of(picture))] == [200, 200]


def test_an_image_of_an_internal_matter_is_not_the_publics_in_any_size(bureau, client):
    picture = image(bureau)
    matter_with(bureau, picture=picture, category="N2", visibility="staff")
    assert [client.get(url).status_code for url in (picture.file.url, rendition_of(picture))] == [404, 404]


def test_an_image_of_an_internal_matter_is_the_bureaus(bureau, client):
    picture = image(bureau)
    matter_with(bureau, picture=picture, category="N2", visibility="staff")
    client.force_login(bureau.cadre2)
    assert client.get(rendition_of(picture)).status_code == 200


@pytest.mark.parametrize(("name", "code"), [("liaison", 200), ("cadre", 404), ("cadre2", 404)])
def test_an_unused_image_is_its_editors_alone(bureau, client, name, code):
    client.force_login(getattr(bureau, name))
    assert client.get(rendition_of(image(bureau))).status_code == code


def test_an_image_that_only_a_draft_shows_is_not_the_publics(bureau, client):
    picture = image(bureau)
    draft_matter(bureau.licensing, body=[("figure", {"image": picture, "caption": ""})])
    assert client.get(rendition_of(picture)).status_code == 404
