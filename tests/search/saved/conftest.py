from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from search.engines import main_engine
from search.saved.digest import Sent, send_digests
from search.saved.models import SavedSearch
from search.saved.news import begin
from search.worker import drain
from tests.factories import Bureau, live_matter

QUERY = "烟花爆竹"
TUESDAY = date(2026, 11, 24)


def write_index() -> None:
    drain()
    main_engine().refresh()


def disclose(department, title: str = f"{QUERY}办法", **options: object) -> MatterPage:
    matter = live_matter(department, title=title, **options)
    write_index()
    return matter


def internal(department, title: str = f"{QUERY}内部通知", visibility: str = "staff") -> MatterPage:
    return disclose(department, title, category="N2", type_code="notice", visibility=visibility)


def save(person: User, params: str = f"q={QUERY}", **options: object) -> SavedSearch:
    """The person's saved search, saved the day before; the language is English unless said."""
    options = {"name": params, "language": "en", "frequency": "daily", **options}
    saved = SavedSearch(person=person, params=params, digested_on=TUESDAY - timedelta(days=1), **options)
    begin(saved, person)
    saved.save()
    return saved


def send(day: date = TUESDAY) -> Sent:
    return send_digests(day)


def texts() -> list[str]:
    """Each mail sent, its text with its HTML."""
    return [message.body + str(message.alternatives[0].content) for message in mail.outbox]


@pytest.fixture
def old(bureau: Bureau) -> MatterPage:
    """What was there before anybody saved a search."""
    return disclose(bureau.licensing, f"{QUERY}旧办法")


@pytest.fixture
def sent_to() -> Callable[[], list[str]]:
    return lambda: [message.to[0] for message in mail.outbox]
