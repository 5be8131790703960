import uuid

import pytest

from search.engines import engine_from_url


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, tmp_path):
    """Each engine, empty."""
    if request.param == "embedded":
        return engine_from_url(f"embedded:///{tmp_path}/index")
    url = request.getfixturevalue("elasticsearch_url")
    engine = engine_from_url(f"{url}/contract-{uuid.uuid4().hex[:12]}")
    request.addfinalizer(lambda: remove_indices(engine))
    return engine


def remove_indices(engine):
    for name in engine.client.indices.get(index=f"{engine.index}-*"):
        engine.client.indices.delete(index=name)
