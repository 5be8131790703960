import uuid

import pytest

from tests.factories import Bureau


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture(autouse=True)
def own_index(settings):
    """An embedded index of its own for each test."""
    settings.SEARCH_URL = f"embedded:///index-{uuid.uuid4().hex}"
