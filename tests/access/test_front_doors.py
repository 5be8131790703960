"""Pages and files at their addresses: who reads passes, everyone else meets a 404."""

import pytest
from django.core.files.base import ContentFile

from intranet.disclosure.models import AttachedDocument, MatterAttachment
from intranet.disclosure.sections import collection_of
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import draft_matter, fresh, live_matter


def internal(bureau, visibility="staff"):
    return live_matter(bureau.licensing, category="N2", type_code="notice", visibility=visibility)


def attached(bureau, matter, name="附件.txt"):
    document = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    document.file.save(name, ContentFile("正文".encode()))
    document.save()
    matter.attachments.add(MatterAttachment(document=document))
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return document


def test_a_visitor_reads_a_public_matter(bureau, client):
    assert client.get(live_matter(bureau.licensing).url).status_code == 200


def test_a_visitor_does_not_read_an_internal_matter(bureau, client):
    assert client.get(internal(bureau).url).status_code == 404


def test_a_cadre_reads_an_internal_matter(bureau, client):
    client.force_login(bureau.cadre2)
    assert client.get(internal(bureau).url).status_code == 200


def test_a_cadre_of_another_department_does_not_read_a_departments_own(bureau, client):
    client.force_login(bureau.cadre2)
    assert client.get(internal(bureau, "department").url).status_code == 404


def test_a_draft_is_at_no_address(bureau, client, admin_user):
    client.force_login(admin_user)
    assert client.get(draft_matter(bureau.licensing).url).status_code == 404


def test_a_withdrawn_matter_says_so_with_its_reason(bureau, client):
    matter = live_matter(bureau.licensing)
    withdraw(matter, by=bureau.head, reason="数据有误，更正后重新公开")
    response = client.get(matter.url)
    assert (response.status_code, "数据有误" in response.content.decode()) == (410, True)


def test_a_withdrawn_internal_matter_is_absent_for_a_visitor(bureau, client):
    matter = internal(bureau)
    withdraw(matter, by=bureau.head, reason="更正")
    assert client.get(matter.url).status_code == 404


def test_a_page_of_the_bureau_is_kept_by_nobody_on_the_way(bureau, client):
    client.force_login(bureau.cadre)
    assert "no-store" in client.get(internal(bureau).url)["Cache-Control"]


@pytest.fixture
def internal_file(bureau):
    return attached(bureau, internal(bureau))


def test_a_file_of_an_internal_matter_is_not_the_publics(client, internal_file):
    assert client.get(internal_file.url).status_code == 404


def test_a_file_of_an_internal_matter_has_no_public_path(client, internal_file):
    assert client.get(internal_file.file.url).status_code == 404


def test_a_cadre_fetches_a_file_of_an_internal_matter(bureau, client, internal_file):
    client.force_login(bureau.cadre2)
    assert client.get(internal_file.url).status_code == 200


def test_a_file_used_by_a_public_and_an_internal_matter_is_the_publics(bureau, client, internal_file):
    matter = live_matter(bureau.licensing)
    matter.attachments.add(MatterAttachment(document=internal_file))
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    assert client.get(internal_file.url).status_code == 200


def test_an_unused_file_is_its_editors_alone(bureau, client):
    document = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    document.file.save("a.txt", ContentFile(b"x"))
    document.save()
    client.force_login(bureau.cadre)
    assert client.get(document.url).status_code == 404
    client.force_login(bureau.liaison)
    assert client.get(document.url).status_code == 200


def test_a_file_that_only_a_draft_of_a_live_matter_uses_stays_private(bureau, client):
    matter = live_matter(bureau.licensing)
    document = AttachedDocument(title="附件", collection=collection_of(bureau.licensing))
    document.file.save("b.txt", ContentFile(b"x"))
    document.save()
    draft = fresh(matter)
    draft.attachments.add(MatterAttachment(document=document))
    draft.save_revision()
    assert client.get(document.url).status_code == 404


def test_a_path_outside_the_stored_files_is_absent(client, db):
    assert client.get("/files/../db.sqlite3").status_code == 404


def test_the_sitemap_names_public_matters_only(bureau, client):
    public, secret = live_matter(bureau.licensing), internal(bureau)
    text = client.get("/sitemap.xml").content.decode()
    assert (public.slug in text, secret.slug in text) == (True, False)


def test_a_feed_is_a_visitors_whoever_asks(bureau, client):
    live_matter(bureau.licensing, title="公开的")
    live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff", title="内部的")
    client.force_login(bureau.cadre)
    text = client.get("/feeds/latest.atom").content.decode()
    assert ("公开的" in text, "内部的" in text) == (True, False)


def test_an_internal_category_is_absent_for_a_visitor(bureau, client):
    assert client.get("/catalogue/N2/").status_code == 404


def test_the_json_of_a_visitor_has_no_internal_matter(bureau, client):
    internal(bureau)
    assert client.get("/api/search/?q=安全").json()["total"] == 0
