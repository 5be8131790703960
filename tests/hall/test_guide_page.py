"""A service guide's page: what to bring as a list to tick, and the whole guide on one sheet."""

import pytest

from intranet.disclosure.models import GuideMaterial
from intranet.publication.release import release_imported
from tests.factories import draft_matter, fresh, live_matter


@pytest.fixture
def page(bureau, client):
    draft = draft_matter(bureau.licensing, category="E4", type_code="guide", title="许可办事指南")
    draft.materials.add(GuideMaterial(name="申请书", form="原件", copies="2份"))
    draft.save_revision()
    release_imported(draft, by=None, reason="test")
    return client.get(fresh(draft).url).text


def test_what_to_bring_is_ticked_without_telling_the_portal(page):
    assert 'data-tick="申请书"' in page
    assert "Your ticks stay in this browser" in page
    assert "<form" not in page.partition("data-ticked")[2].partition("</ul>")[0]


def test_it_is_printed_on_one_sheet(page):
    assert all(part in page for part in ("Print on one sheet", "data-print", 'class="guide-sheet"'))


def test_another_matter_is_printed_as_it_was(bureau, client):
    page = client.get(live_matter(bureau.licensing).url).text
    assert not any(part in page for part in ("Print on one sheet", "guide-sheet", "data-tick"))
