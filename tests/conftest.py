"""Fixtures for the whole suite."""

import os
from collections.abc import Iterator

import pytest

from tools.elasticsearch import shared_node


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Elasticsearch: the one that `ELASTICSEARCH_URL` names, else one node for the whole run.

    Tests that run at the same time share it: name your indices so that they are your own.
    """
    if url := os.environ.get("ELASTICSEARCH_URL"):
        yield url
        return
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with shared_node(folder / "elasticsearch") as url:
        yield url
