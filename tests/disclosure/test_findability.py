"""Who is told of what search cannot find."""

import pytest
from django.core.files.base import ContentFile

from intranet.disclosure.attachment_text import prepare_texts
from intranet.disclosure.models import AttachedDocument, MatterAttachment
from intranet.disclosure.search import key_of
from search.models import IndexTask
from tests.factories import live_matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(bureau):
    """A live matter of licensing with a damaged PDF attached, which has been read."""
    matter = live_matter(bureau.licensing, title="烟花爆竹经营许可办法")
    document = AttachedDocument(title="申请表.pdf")
    document.file.save("broken.pdf", ContentFile(b"%PDF-1.7\nbroken"))
    MatterAttachment.objects.create(page=matter.as_matter(), document=document)
    prepare_texts([document])
    return matter


def desk(client, person) -> str:
    client.force_login(person)
    return client.get("/admin/").content.decode()


def test_a_liaison_officer_is_told_of_an_unreadable_attachment_and_what_to_do(client, bureau, matter):
    page = desk(client, bureau.liaison)
    assert "申请表.pdf" in page
    assert "damaged" in page


def test_another_department_is_not_told(client, bureau, matter):
    assert "申请表.pdf" not in desk(client, bureau.office)


REFUSED = "The search engine refused the content."


@pytest.fixture
def refused(matter):
    error = "mapper_parsing_exception: field"
    IndexTask.objects.update_or_create(key=key_of(matter.pk), defaults={"version": 99, "attempts": 3, "error": error})


def test_the_office_is_told_of_a_change_that_the_index_refuses_and_where_all_are(client, bureau, refused):
    page = desk(client, bureau.office)
    assert (REFUSED in page, 'class="button button-secondary" href="/admin/search-index/"' in page) == (True, True)


def test_the_desk_and_the_screen_of_the_index_say_the_same(client, bureau, refused):
    assert REFUSED in desk(client, bureau.office)
    assert REFUSED in client.get("/admin/search-index/").text


def test_a_liaison_officer_is_not_troubled_with_the_index(client, bureau, refused):
    assert REFUSED not in desk(client, bureau.liaison)
