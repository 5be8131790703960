"""Elasticsearch behind TLS with a certificate authority of its own, and an API key in place of an account."""

import ssl
import uuid
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
import trustme

from search.document import SearchDocument
from search.engines import engine_from_url
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.query import SearchQuery
from tests.search.engines.conftest import remove_indices
from tests.search.intermediary import Intermediary

KEY = "VnVhQ2ZHY0JDZGJrUW0tZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0dk5udw=="
PUBLIC = frozenset({"public"})
pytestmark = pytest.mark.elasticsearch


def refuse_strangers(path: str, headers: Mapping[str, str]) -> tuple[int, dict] | None:
    return None if headers.get("Authorization") == f"ApiKey {KEY}" else (401, {"error": "security_exception"})


@pytest.fixture
def authority(tmp_path, settings) -> trustme.CA:
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    settings.SEARCH_CA_CERTS = str(tmp_path / "ca.pem")
    return made


@pytest.fixture
def secured(elasticsearch_url, authority) -> Iterator[Intermediary]:
    """A TLS server in front of the real node, which lets in who shows the key."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    server = Intermediary(elasticsearch_url.partition(",")[0], refuse_strangers, tls=tls)
    yield server
    server.close()


@pytest.fixture
def engine(secured, settings, request) -> ElasticsearchEngine:
    settings.SEARCH_API_KEY = KEY
    made = engine_from_url(f"https://{secured.host}/secured-{uuid.uuid4().hex[:12]}")
    request.addfinalizer(lambda: remove_indices(made))
    return made


def test_what_is_written_over_tls_is_found_over_tls(engine):
    engine.write([SearchDocument("matter:1", 1, PUBLIC, title="烟花爆竹", published_on=date(2026, 1, 1))])
    engine.refresh()
    found = engine.search(SearchQuery.parse({"q": "烟花"}), PUBLIC)
    assert [hit.key for hit in found.hits] == ["matter:1"]


def test_every_request_carries_the_api_key(engine, secured):
    engine.check()
    assert secured.authorizations == {f"ApiKey {KEY}"}


def test_a_wrong_api_key_is_an_engine_that_is_not_available(secured, settings):
    settings.SEARCH_API_KEY = "d3Jvbmc="
    with pytest.raises(EngineUnavailable, match="401"):
        engine_from_url(f"https://{secured.host}/secured").check()


def test_a_certificate_of_another_authority_gets_no_request(secured, settings, tmp_path):
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    settings.SEARCH_CA_CERTS, settings.SEARCH_API_KEY = str(tmp_path / "other.pem"), KEY
    with pytest.raises(EngineUnavailable, match="certificate verify failed"):
        engine_from_url(f"https://{secured.host}/secured").check()
    assert secured.authorizations == set()


def test_an_account_beside_an_api_key_is_refused(settings):
    settings.SEARCH_API_KEY = KEY
    with pytest.raises(ValueError, match="keep one of the two"):
        engine_from_url("https://elastic:secret@localhost:9200/gongkai")


def test_the_account_of_the_address_goes_to_every_host():
    engine = engine_from_url("https://elastic:secret@one:9200,two:9200/gongkai")
    hosts = {(node.host, node.config.headers["authorization"][:6]) for node in engine.client.transport.node_pool.all()}
    assert hosts == {("one", "Basic "), ("two", "Basic ")}
