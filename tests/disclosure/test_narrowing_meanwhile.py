"""A category is narrowed in one transaction while a matter goes live in another: the index has the new terms."""

import pytest
from django.db import connection

from intranet.access.audience import Audience
from intranet.disclosure.going_live import PublicationRefused
from intranet.disclosure.models import CategoryTerms, MatterPage
from intranet.disclosure.search import key_of
from intranet.publication.release import release_imported
from search.models import IndexTask
from tests.beside import PATIENCE, SETTLES, Beside
from tests.factories import Bureau, draft_matter, live_matter

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time"),
]


def narrow(code: str) -> None:
    terms = CategoryTerms.objects.in_force().get(category__code=code)
    terms.widest_audience = Audience.DEPARTMENT
    terms.save()


def version_of(pk: int) -> int:
    return IndexTask.objects.get(key=key_of(pk)).version


@pytest.fixture
def draft(bureau: Bureau) -> MatterPage:
    live_matter(bureau.licensing)
    return draft_matter(bureau.licensing)


def test_what_goes_live_before_the_narrowing_ends_is_indexed_again(draft):
    versions: list[int] = []

    def go_live() -> None:
        release_imported(draft, by=None, reason="test")
        versions.append(version_of(draft.pk))

    going_live = Beside(go_live)
    going_live.done.wait(PATIENCE)
    narrowing = Beside(lambda: narrow("E2"))
    narrowing.done.wait(SETTLES)
    going_live.end()
    narrowing.end()
    assert version_of(draft.pk) == versions[0] + 1


def test_what_goes_live_after_the_narrowing_is_judged_by_the_new_terms(draft):
    narrowing = Beside(lambda: narrow("E2"))
    narrowing.done.wait(PATIENCE)
    going_live = Beside(lambda: release_imported(draft, by=None, reason="test"))
    going_live.done.wait(SETTLES)
    narrowing.end()
    with pytest.raises(PublicationRefused, match="wider than category"):
        going_live.end()
