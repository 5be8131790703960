"""The data interface described: as OpenAPI for programs, from which the page for people is made."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.document import FACETS
from search.query import MAX_LENGTH, MAX_RESULTS, MAX_VALUES, SORTS, SearchQuery
from search.suggestions import LABELS, MOST, TITLES

VERSION = "1.0.0"
"""Of the description. What is added raises the second number; what is taken away or changed, the first."""
PYTHON = """import json
from urllib.parse import urlencode
from urllib.request import urlopen

page = pages = 1
while page <= pages:
    asked = urlencode({"q": "烟花爆竹", "department": ["licensing"], "page": page}, doseq=True)
    answer = json.load(urlopen("%(origin)s/api/search/?" + asked))
    for result in answer["results"]:
        print(result["published_on"], result["title"], result["url"])
    page, pages = page + 1, answer["pages"]
"""
PAGES = MAX_RESULTS // SearchQuery().page_size
TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
EXAMPLE_RESULT = {
    "id": "matter-5f0c7d2e9a41",
    "title": "烟花爆竹经营许可办法",
    "url": "/external/licensing/e2/matter-5f0c7d2e9a41/",
    "type": "regulation",
    "department": "licensing",
    "matter": "E2",
    "audience": "external",
    "document_number": "甘安监〔2007〕138号",
    "published_on": "2026-03-02",
    "highlights": {
        "title": ["<mark>烟花爆竹</mark>经营许可办法"],
        "body": ["申请<mark>烟花爆竹</mark>经营许可的，应当…"],
    },
    "passages": [
        {"html": "申请<mark>烟花爆竹</mark>经营许可的，应当…", "heading": "第五条", "anchor": "article-第五条"}
    ],
    "pinned": False,
    "attachment": None,
}
EXAMPLE = {
    "query": "烟花爆竹",
    "total": 1,
    "total_is_exact": True,
    "page": 1,
    "pages": 1,
    "took_ms": 50,
    "engine": "elasticsearch",
    "degraded": False,
    "suggestion": None,
    "also_searched": [],
    "results": [EXAMPLE_RESULT],
    "facets": {
        **{name: [] for name in FACETS},
        "department": [{"value": "licensing", "label": "行政许可科", "count": 1}],
    },
}


EXAMPLE_SUGGESTIONS = {
    "suggestions": ["烟花爆竹经营许可办法"],
    "items": [
        {
            "kind": "title",
            "label": "公开事项",
            "text": "烟花爆竹经营许可办法",
            "url": "/external/licensing/e2/matter-5f0c7d2e9a41/",
            "marked": ["", "烟花", "爆竹经营许可办法"],
            "note": "",
            "language": "zh-hans",
        }
    ],
    "status": "1 条建议",
}


def _members(**properties: Any) -> dict[str, Any]:
    """An object that has all of these members and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


def _told(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": words}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _schemas() -> dict[str, Any]:
    html = _told(TEXT, _("HTML in which nothing but <mark> is an element."))
    passage = _members(
        html=html,
        heading=_told(TEXT, _("The article or heading in which it stands; empty where there is none.")),
        anchor=_told(TEXT, _("The fragment to put after the address of the result; may be empty.")),
    )
    return {
        "Result": _members(
            id=_told(TEXT, _("Stays the same for ever.")),
            title=TEXT,
            url=_told(TEXT, _("Relative to the portal.")),
            type=TEXT,
            department=TEXT,
            matter=_told(TEXT, _("The category of the catalogue, E1 to E10.")),
            audience=TEXT,
            document_number=_told(TEXT, _("As printed; empty where there is none.")),
            published_on=_or_null({"type": "string", "format": "date"}),
            highlights={
                "type": "object",
                "description": _("Marked excerpts by the field in which they stand."),
                "properties": {
                    name: _list(html) for name in ("title", "document_number", "summary", "body", "attachments")
                },
                "additionalProperties": False,
            },
            passages=_told(_list(passage), _("The excerpts of the text with their places.")),
            pinned={"type": "boolean", "description": _("The office has put it first for these words.")},
            attachment=_told(
                _or_null(_members(title=TEXT, url=_told(TEXT, _("With #page= where the file has pages.")))),
                _("The file in which the words stand, where the text itself does not have them."),
            ),
        ),
        "FacetValue": _members(
            value=_told(TEXT, _("To be sent as parameter.")), label=_told(TEXT, _("To be shown.")), count=COUNT
        ),
        "Answer": _members(
            query=_told({**TEXT, "maxLength": MAX_LENGTH}, _("The text that was looked for.")),
            total=COUNT,
            total_is_exact={"type": "boolean", "description": _("False while the index is being brought up to date.")},
            page={"type": "integer", "minimum": 1, "maximum": PAGES},
            pages=COUNT,
            took_ms=_told({**COUNT, "multipleOf": 50}, _("Milliseconds, in steps of 50.")),
            engine={"type": "string", "enum": ["elasticsearch", "embedded"]},
            degraded={"type": "boolean", "description": _("The stand-in answers; the last changes may be missing.")},
            suggestion=_told(_or_null(TEXT), _("“Did you mean”.")),
            also_searched=_told(_list(TEXT), _("Other words for the same that were looked for as well.")),
            results=_list({"$ref": "#/components/schemas/Result"}, maxItems=SearchQuery().page_size),
            facets=_told(
                _members(**{name: _list({"$ref": "#/components/schemas/FacetValue"}) for name in FACETS}),
                _("How many results each value has; each facet under the other filters."),
            ),
        ),
        "Suggestions": _members(
            suggestions=_told(_list(TEXT, maxItems=TITLES), _("Titles.")),
            items=_told(_list({"$ref": "#/components/schemas/Suggestion"}, maxItems=MOST), _("Of every kind.")),
            status=_told(TEXT, _("How many, in words.")),
        ),
        "Suggestion": _members(
            kind={"type": "string", "enum": list(LABELS)},
            label=_told(TEXT, _("The kind in words.")),
            text=TEXT,
            url=_told(TEXT, _("Relative to the portal.")),
            marked=_told(
                _list(TEXT, minItems=3, maxItems=3), _("The text before, in and after what agrees with what was typed.")
            ),
            note=_told(TEXT, _("The title of what has this number; else empty.")),
            language=_told(TEXT, _("Language of the text; empty for places and queries.")),
        ),
        "Error": _members(
            error=_members(
                code={"type": "string", "enum": ["invalid_parameter", "unavailable"]},
                message=_told(TEXT, _("What is wrong and what to do, in the reader's language.")),
            )
        ),
    }


def _parameters() -> list[dict[str, Any]]:
    facets = {
        "audience": _("Side of the catalogue: external or internal."),
        "department": _("Code of a department."),
        "matter": _("Category of the catalogue, E1 to E10."),
        "type": _("Type: regulation, guide, result, notice, plan or report."),
        "year": _("Year of publication."),
        "language": _("Language of the text: zh-hans, bo or en."),
        "validity": _("Validity: in_force, not_yet, amended, repealed or lapsed."),
    }
    examples = dict(
        zip(FACETS, ("external", "licensing", "E2", "regulation", "2026", "zh-hans", "in_force"), strict=True)
    )
    return [
        _parameter("q", TEXT, _text_words(), "烟花爆竹"),
        *(_parameter(name, _list(TEXT), f"{facets[name]} {_any_of()}", [examples[name]]) for name in FACETS),
        _parameter(
            "sort",
            {"type": "string", "enum": [*SORTS, ""], "default": SORTS[0]},
            _("The order; empty is as if it were not given. Without a text, relevance is the newest first."),
            "newest",
        ),
        _parameter(
            "page",
            {"anyOf": [{"type": "integer", "minimum": 1, "maximum": PAGES}, {"const": ""}], "default": 1},
            _("The page, of ten results each; empty is the first. For everything, narrow down by year or department."),
            1,
        ),
        _parameter("literal", TEXT, _("1: look for no other words."), "1"),
    ]


def _text_words() -> str:
    return _(
        "What to look for: words, a title, a document number in any form, a question. Words in quotes stand side by "
        "side. Nothing is an operator. The first %(length)d characters are looked at. Without it everything is listed."
    ) % {"length": MAX_LENGTH}


def _any_of() -> str:
    return _("May be repeated: any of the values, at the most %(many)d.") % {"many": MAX_VALUES}


def _parameter(name: str, schema: dict[str, Any], words: str, example: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
        "example": example,
    }


def _json(words: str, schema: str, example: Any = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if example is not None:
        content["example"] = example
    return {"description": words, "content": {"application/json": content}}


def _plain(words: str, pattern: str) -> dict[str, Any]:
    return {"description": words, "content": {"text/plain": {"schema": {"type": "string", "pattern": pattern}}}}


def _error(code: str, words: str) -> dict[str, Any]:
    return _json(words, "Error", {"error": {"code": code, "message": words}})


def _call(name: str, summary: str, responses: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document, its words in the language in force. `tests/search/test_open_data.py` keeps it true."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("Data interface of the open-government portal"),
            "version": VERSION,
            "description": _(
                "Everything that is open to the public is found here without an account and without a key, exactly as "
                "on the page of results. Who is signed in finds what they may read."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/search/": _call(
                "search",
                _("Search what is disclosed"),
                {
                    "200": _json(_("One page of results with facets"), "Answer", EXAMPLE),
                    "400": _error("invalid_parameter", _("“sort” or “page” is out of its range; the message says how")),
                    "503": _error("unavailable", _("No search engine answers now; try again soon")),
                },
                _parameters(),
            ),
            "/api/search/suggest": _call(
                "suggest",
                _("Complete what is being typed"),
                {
                    "200": _json(
                        _("Titles that begin with the text or hold it"),
                        "Suggestions",
                        EXAMPLE_SUGGESTIONS,
                    )
                },
                [_parameter("q", TEXT, _("What has been typed; its first 100 characters are looked at."), "烟花")],
            ),
            "/healthz": _call("healthz", _("Is the portal alive?"), {"200": _plain(_("It answers"), "^ok\n$")}, []),
            "/readyz": _call(
                "readyz",
                _("Can the portal do its work?"),
                {
                    "200": _plain(_("A line for each part, all are well"), "^(ok [^\n]+\n)+$"),
                    "503": _plain(
                        _("A line for each part, one that begins with FAIL is not well"), "(^|\n)FAIL [^\n]+\n"
                    ),
                },
                [],
            ),
        },
        "components": {"schemas": _schemas()},
    }


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """`GET /api/openapi.json`: the description for programs; any site may read it."""
    response = JsonResponse(description(), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Language"] = get_language() or ""
    response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`GET /api/`: the description for people."""
    document = description()
    calls = [
        {"path": path, **methods["get"], "answers": [_shown(*answer) for answer in methods["get"]["responses"].items()]}
        for path, methods in document["paths"].items()
    ]
    origin = request.build_absolute_uri("/").rstrip("/")
    context = {
        "document": document,
        "calls": calls,
        "curl": f"curl -G {origin}/api/search/ --data-urlencode 'q=烟花爆竹' -d sort=newest",
        "python": PYTHON % {"origin": origin},
    }
    return render(request, "search/open_data.html", context)


def _shown(status: str, response: dict[str, Any]) -> dict[str, str]:
    """An answer of a call in words, with its example as it is sent."""
    example = response["content"].get("application/json", {}).get("example")
    text = json.dumps(example, ensure_ascii=False, indent=2) if example else ""
    return {"status": status, "words": response["description"], "example": text}
