from collections.abc import Callable

import pytest
from django.test import Client

from intranet.disclosure.models import MatterPage
from search.engines import main_engine
from search.worker import drain
from tests.factories import Bureau, live_matter

QUERY = "烟花爆竹"


@pytest.fixture
def matters(bureau: Bureau) -> list[MatterPage]:
    """Two that everybody may find."""
    found = [live_matter(bureau.licensing, title=f"烟花爆竹办法{number}") for number in range(2)]
    drain()
    main_engine().refresh()
    return found


@pytest.fixture
def browser() -> Callable[..., Client]:
    """Makes a browser that nobody has used yet; with `person`, one in which the person has signed in."""

    def make(*, person: object = None, **headers: str) -> Client:
        client = Client(headers=headers)
        if person is not None:
            client.force_login(person)
        return client

    return make
