import uuid
from collections.abc import Iterator

import pytest

from search.engines import main_engine
from tests.factories import Bureau


@pytest.fixture
def bureau(db) -> Bureau:
    return Bureau()


@pytest.fixture(autouse=True)
def own_index(settings):
    """An embedded index of its own for each test."""
    settings.SEARCH_URL = f"embedded:///index-{uuid.uuid4().hex}"


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine_in_service(request, settings, db) -> Iterator[str]:
    """Each engine in service."""
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        settings.SEARCH_URL = f"{url}/service-{uuid.uuid4().hex[:12]}"
        settings.SEARCH_FALLBACK_URL = ""
    yield request.param
    if request.param == "elasticsearch":
        main = main_engine()
        for name in main.client.indices.get(index=f"{main.index}*"):
            main.client.indices.delete(index=name)
