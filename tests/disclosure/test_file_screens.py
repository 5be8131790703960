"""The office sees what becomes of every file, a department of its own; the matter's editor shows it beside the file."""

import pytest
from django.urls import reverse

from tests.disclosure.cleaning import traced
from tests.factories import attach, draft_matter
from tests.search.extraction import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(bureau):
    """A draft of licensing with a file that tells of a remark, and one that tells nothing."""
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    attach(matter, traced.word(discussed=True), name="remarked.docx", title="审查意见.docx")
    attach(matter, b"text", name="plain.txt", title="说明.txt")
    return matter


def report(client, person, query: str = "") -> str:
    client.force_login(person)
    response = client.get(reverse("disclosure:files") + query)
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


@pytest.mark.parametrize("person", ["liaison", "head", "office"])
def test_who_answers_for_a_file_is_told_what_it_tells(client, bureau, matter, person):
    page = report(client, getattr(bureau, person))
    assert "审查意见.docx" in page
    assert "tracked changes" in page


def test_a_file_that_needs_nobodys_attention_stands_among_all(client, bureau, matter):
    assert "说明.txt" not in report(client, bureau.liaison)
    assert "说明.txt" in report(client, bureau.liaison, "?all=1")


def test_a_department_is_not_told_of_anothers_files(client, bureau, matter):
    from intranet.organisation.models import Post
    from tests.factories import person_in

    other = person_in(bureau.finance, Post.Kind.LIAISON, username="other")
    assert "审查意见.docx" not in report(client, other, "?all=1")
    document = matter.attachments.first().document
    assert client.get(reverse("disclosure:file", args=[document.pk])).status_code == 404


@pytest.mark.parametrize("person", ["cadre", "cadre2", "leader"])
def test_who_drafts_nothing_has_no_report(client, bureau, matter, person):
    assert report(client, getattr(bureau, person)) in {"302", "403", "404"}


def test_the_screen_of_one_file_says_what_was_removed_and_offers_the_original(client, bureau, matter):
    document = matter.attachments.first().document
    client.force_login(bureau.liaison)
    page = client.get(reverse("disclosure:file", args=[document.pk])).content.decode()
    assert "properties (author, editors, organisation, dates)" in page
    assert reverse("disclosure:original_file", args=[document.pk]) in page
    assert "Release it as it is" not in page


def test_the_matters_editor_shows_what_becomes_of_its_files(client, bureau, matter):
    client.force_login(bureau.liaison)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk])).content.decode()
    assert "What becomes of the files" in page
    assert "Still in it" in page


def test_a_scan_is_listed_with_what_to_do(client, bureau, settings):
    settings.READING_AT_UPLOAD_SECONDS = 20
    attach(draft_matter(bureau.licensing), documents.scanned_pdf(), name="scan.pdf", title="扫描件.pdf")
    assert "pictures of pages and no text" in report(client, bureau.liaison)
