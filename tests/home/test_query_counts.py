"""How often a page asks the database, whatever the number of things on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.disclosure.models import MatterPage
from intranet.disclosure.search import adapter, key_of
from intranet.publication.release import release_imported
from search.worker import drain
from tests.factories import Bureau, attach, draft_matter, live_matter, submit

pytestmark = pytest.mark.django_db

A_MATTER, RESULTS = 12, 15


@pytest.fixture
def bureau(settings, tmp_path) -> Bureau:
    settings.SEARCH_URL = f"embedded:///{tmp_path}/index"
    return Bureau()


def queries(client, path: str) -> int:
    """The number of queries of the page, once what is kept between requests has been read."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


@pytest.fixture(params=["visitor", "cadre", "liaison"])
def reader(request, client, bureau):
    if request.param != "visitor":
        client.force_login(getattr(bureau, request.param))
    return client


def test_a_matter_takes_fewer_than_twelve(reader, bureau):
    matter = live_matter(bureau.licensing)
    assert queries(reader, matter.url) < A_MATTER


@pytest.mark.parametrize("hits", [1, 20])
def test_a_page_of_results_takes_fewer_than_fifteen(reader, bureau, hits):
    for number in range(hits):
        live_matter(bureau.licensing, title=f"烟花爆竹办法{number}")
    drain()
    assert queries(reader, "/search/?q=烟花") < RESULTS


@pytest.mark.parametrize("hits", [1, 10])
def test_results_in_attachments_take_fewer_than_fifteen(client, bureau, hits, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for number in range(hits):
        matter = live_matter(bureau.licensing, title=f"检查通知{number}")
        attach(matter, f"采石场名单{number}".encode(), name=f"{number}.txt", title="附表")
        release_imported(matter, by=None, reason="test")
    drain()
    assert queries(client, "/search/?q=采石场名单") < RESULTS


def asked_for_documents(matters: list[MatterPage]) -> int:
    with CaptureQueriesContext(connection) as captured:
        list(adapter.documents({key_of(matter.pk): 1 for matter in matters}))
    return len(captured)


def test_indexing_many_matters_asks_no_more_than_indexing_few(bureau):
    options = {"category": "N2", "type_code": "notice", "visibility": "staff"}
    matters = [live_matter(bureau.licensing, title=f"烟花爆竹办法{number}", **options) for number in range(12)]
    few = asked_for_documents(matters[:2])
    assert asked_for_documents(matters) == few


def test_indexing_many_attachments_asks_no_more_than_indexing_few(bureau, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    matters = [live_matter(bureau.licensing, title=f"检查通知{number}") for number in range(8)]
    for number, matter in enumerate(matters):
        named = attach(matter, f"采石场图纸{number}".encode(), name=f"b{number}.txt", title="附图")
        matter.attachments.clear()
        matter.body = [("paragraph", "见附件。"), ("files", [named])]
        attach(matter, f"采石场名单{number}".encode(), name=f"a{number}.txt", title="附表")
        release_imported(matter, by=None, reason="test")
    whole = list(adapter.documents({key_of(matter.pk): 1 for matter in matters}))
    assert [[file.text for file in document.attachments] for document in whole] == [
        [f"采石场名单{number}", f"采石场图纸{number}"] for number in range(8)
    ]
    few = asked_for_documents(matters[:2])
    assert asked_for_documents(matters) == few


def test_a_cadres_first_page_asks_no_more_when_more_is_under_review(bureau, client):
    client.force_login(bureau.cadre2)
    few = queries(client, "/intranet/")
    for _count in range(3):
        submit(draft_matter(bureau.licensing, author=bureau.liaison), by=bureau.liaison)
    assert queries(client, "/intranet/") == few
