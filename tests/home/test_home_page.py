"""The first page: each matter once, in the reader's language where there is such a text."""

import pytest
from django.urls import reverse

from tests.factories import Bureau, live_matter

pytestmark = pytest.mark.django_db

RECORD, TRANSLATION = "许可证延期办法", "Renewing a licence"


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


def latest(client, language: str) -> list[str]:
    return [matter.title for matter in client.get("/", headers={"accept-language": language}).context["latest"]]


def test_a_translation_stands_for_its_record_in_its_own_language(bureau, client):
    record = live_matter(bureau.licensing, title=RECORD)
    live_matter(bureau.licensing, title=TRANSLATION, language="en", translation_of=record.as_matter())
    assert (latest(client, "en"), latest(client, "zh-hans")) == ([TRANSLATION], [RECORD])


def test_a_record_stands_for_itself_where_its_translation_is_not_the_readers(bureau, client):
    record = live_matter(bureau.licensing, title=RECORD)
    live_matter(
        bureau.licensing, title=TRANSLATION, language="en", translation_of=record.as_matter(), visibility="staff"
    )
    assert latest(client, "en") == [RECORD]


def test_a_record_without_a_translation_is_shown_in_every_language(bureau, client):
    live_matter(bureau.licensing, title=RECORD)
    assert latest(client, "en") == [RECORD]


@pytest.mark.parametrize("name", ["hall:home", "hall:fees", "hall_progress", "appointments:choose"])
def test_on_every_page_of_the_hall_the_navigation_says_so(client, name):
    navigation = client.get(reverse(name)).context["navigation"]
    assert [item.url for item in navigation if item.is_current] == [reverse("hall:home")]
