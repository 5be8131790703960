"""The data interface is what its description says: held by asking, and by what is made up from the description."""

import json
import re

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import Draft202012Validator
from schemathesis import GenerationMode, openapi
from schemathesis.specs.openapi import checks

from intranet.publication.release import release_imported
from intranet.wsgi import application
from search import open_data
from search.engines import main_engine
from search.open_data import description
from search.worker import drain
from tests.factories import attach, fresh, live_matter

CHECKS = [
    schemathesis.checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]
PATHS = ["/api/search/", "/api/search/suggest", "/healthz", "/readyz"]
some = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def matters(bureau):
    with_file = live_matter(bureau.licensing, title="烟花爆竹经营许可办法", document_number="甘安监〔2007〕138号")
    attach(with_file, "采石场名单".encode(), name="名单.txt")
    release_imported(fresh(with_file), by=None, reason="test")
    body = [{"type": "heading", "value": "许可"}, {"type": "paragraph", "value": "<p>烟花爆竹的许可证。</p>"}]
    live_matter(bureau.finance, title="安全生产许可证", type_code="notice", body=body, published_on=None)
    drain()
    main_engine().refresh()


@pytest.fixture
def kept_connection():
    """The connection, and the test's transaction on it, outlives each request, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def schema_of(name: str) -> dict:
    document = description()
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def complaints(name: str, value: object) -> list[str]:
    return [
        f"{list(error.instance_path)}: {error.message}"
        for error in Draft202012Validator(schema_of(name)).iter_errors(value)
    ]


def ask(path: str, mode: GenerationMode) -> None:
    """Ask what is made up from the description, and hold the answers to it."""
    operation = openapi.from_wsgi("/api/openapi.json", application)[path]["GET"]

    @some
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case):
        case.call_and_validate(checks=CHECKS)

    call()


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_described(matters, kept_connection, path):
    ask(path, GenerationMode.POSITIVE)


def test_what_is_outside_of_the_described_ranges_is_refused(matters, kept_connection, monkeypatch):
    """The other parameters are texts, of which none is wrong: what there is not finds nothing."""
    ranged = [parameter for parameter in open_data._parameters() if parameter["name"] in ("sort", "page")]
    monkeypatch.setattr(open_data, "_parameters", lambda: ranged)
    ask("/api/search/", GenerationMode.NEGATIVE)


@pytest.mark.parametrize(
    "query", ["q=烟花爆竹", "q=采石场", "q=138", "", "q=烟花暴竹", "q=许可证&page=900", "q=不存在&type=x"]
)
def test_an_answer_has_the_described_members_and_no_other(client, matters, query):
    assert complaints("Answer", client.get(f"/api/search/?{query}").json()) == []


def test_suggestions_have_the_described_members_and_no_other(client, matters):
    assert complaints("Suggestions", client.get("/api/search/suggest?q=烟花").json()) == []


def test_a_member_that_is_not_described_is_noticed(client, matters):
    answer = client.get("/api/search/?q=烟花").json()
    answer["results"][0]["readers"] = ["public"]
    assert complaints("Answer", answer) != []


@pytest.mark.parametrize("query", ["sort=x", "page=0", "page=x", "page=1001"])
def test_an_error_has_the_described_members(client, db, query):
    response = client.get(f"/api/search/?{query}")
    assert (response.status_code, complaints("Error", response.json())) == (400, [])


def test_while_no_engine_answers_the_error_is_as_described(client, db, settings):
    settings.SEARCH_URL, settings.SEARCH_FALLBACK_URL = "http://127.0.0.1:9/none", ""
    response = client.get("/api/search/?q=安全")
    assert (response.status_code, complaints("Error", response.json())) == (503, [])


@pytest.mark.parametrize("path", PATHS)
def test_the_examples_are_answers(path):
    for response in description()["paths"][path]["get"]["responses"].values():
        content = response["content"].get("application/json")
        if content and "example" in content:
            assert complaints(content["schema"]["$ref"].rpartition("/")[2], content["example"]) == []


def test_every_example_of_a_parameter_is_taken(client, matters):
    for parameter in description()["paths"]["/api/search/"]["get"]["parameters"]:
        response = client.get("/api/search/", {parameter["name"]: parameter["example"]})
        assert (parameter["name"], response.status_code) == (parameter["name"], 200)


def test_the_document_is_openapi_3_1(client):
    served = client.get("/api/openapi.json")
    assert (served["Content-Type"], served.json()["openapi"]) == ("application/json", "3.1.0")


def test_the_document_speaks_the_readers_language(client):
    served = client.get("/api/openapi.json", headers={"accept-language": "zh-CN"}).json()
    words = re.findall(r'"(?:description|summary)": "([^"]*)"', json.dumps(served, ensure_ascii=False))
    assert [text for text in words if not re.search(r"[一-鿿]", text)] == []


def test_the_page_documents_every_call_and_parameter(client, db):
    text = client.get("/api/").text
    parameters = description()["paths"]["/api/search/"]["get"]["parameters"]
    wanted = [*PATHS, *(f"<code>{parameter['name']}</code>" for parameter in parameters)]
    wanted += [f"<code>{example}</code>" for example in ("烟花爆竹", "licensing", "newest", "1")]
    assert [name for name in wanted if name not in text] == []


def test_every_page_leads_to_the_data_interface(client, db):
    assert 'href="/api/"' in client.get("/search/").text
