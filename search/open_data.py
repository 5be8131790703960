"""The data interface described: as OpenAPI for programs, from which the page for people is made."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.describing import (
    COUNT,
    TEXT,
    answer,
    any_of,
    call,
    error,
    many,
    members,
    or_null,
    parameter,
    registered,
    told,
)
from search.document import FACETS
from search.query import MAX_LENGTH, MAX_RESULTS, SORTS, SearchQuery
from search.suggestions import LABELS, MOST, TITLES

VERSION = "1.1.0"
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


def _schemas() -> dict[str, Any]:
    html = told(TEXT, _("HTML in which nothing but <mark> is an element."))
    passage = members(
        html=html,
        heading=told(TEXT, _("The article or heading in which it stands; empty where there is none.")),
        anchor=told(TEXT, _("The fragment to put after the address of the result; may be empty.")),
    )
    return {
        "Result": members(
            id=told(TEXT, _("Stays the same for ever.")),
            title=TEXT,
            url=told(TEXT, _("Relative to the portal.")),
            type=TEXT,
            department=TEXT,
            matter=told(TEXT, _("The category of the catalogue, E1 to E10.")),
            audience=TEXT,
            document_number=told(TEXT, _("As printed; empty where there is none.")),
            published_on=or_null({"type": "string", "format": "date"}),
            highlights={
                "type": "object",
                "description": _("Marked excerpts by the field in which they stand."),
                "properties": {
                    name: many(html) for name in ("title", "document_number", "summary", "body", "attachments")
                },
                "additionalProperties": False,
            },
            passages=told(many(passage), _("The excerpts of the text with their places.")),
            pinned={"type": "boolean", "description": _("The office has put it first for these words.")},
            attachment=told(
                or_null(members(title=TEXT, url=told(TEXT, _("With #page= where the file has pages.")))),
                _("The file in which the words stand, where the text itself does not have them."),
            ),
        ),
        "FacetValue": members(
            value=told(TEXT, _("To be sent as parameter.")), label=told(TEXT, _("To be shown.")), count=COUNT
        ),
        "Answer": members(
            query=told({**TEXT, "maxLength": MAX_LENGTH}, _("The text that was looked for.")),
            total=COUNT,
            total_is_exact={"type": "boolean", "description": _("False while the index is being brought up to date.")},
            page={"type": "integer", "minimum": 1, "maximum": PAGES},
            pages=COUNT,
            took_ms=told({**COUNT, "multipleOf": 50}, _("Milliseconds, in steps of 50.")),
            engine={"type": "string", "enum": ["elasticsearch", "embedded"]},
            degraded={"type": "boolean", "description": _("The stand-in answers; the last changes may be missing.")},
            suggestion=told(or_null(TEXT), _("“Did you mean”.")),
            also_searched=told(many(TEXT), _("Other words for the same that were looked for as well.")),
            results=many({"$ref": "#/components/schemas/Result"}, maxItems=SearchQuery().page_size),
            facets=told(
                members(**{name: many({"$ref": "#/components/schemas/FacetValue"}) for name in FACETS}),
                _("How many results each value has; each facet under the other filters."),
            ),
        ),
        "Suggestions": members(
            suggestions=told(many(TEXT, maxItems=TITLES), _("Titles.")),
            items=told(many({"$ref": "#/components/schemas/Suggestion"}, maxItems=MOST), _("Of every kind.")),
            status=told(TEXT, _("How many, in words.")),
        ),
        "Suggestion": members(
            kind={"type": "string", "enum": list(LABELS)},
            label=told(TEXT, _("The kind in words.")),
            text=TEXT,
            url=told(TEXT, _("Relative to the portal.")),
            marked=told(
                many(TEXT, minItems=3, maxItems=3), _("The text before, in and after what agrees with what was typed.")
            ),
            note=told(TEXT, _("The title of what has this number; else empty.")),
            language=told(TEXT, _("Language of the text; empty for places and queries.")),
        ),
        "Error": members(
            error=members(
                code={"type": "string", "enum": ["invalid_parameter", "too_many_requests", "unavailable"]},
                message=told(TEXT, _("What is wrong and what to do, in the reader's language.")),
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
        parameter("q", TEXT, _text_words(), "烟花爆竹"),
        *(parameter(name, many(TEXT), f"{facets[name]} {any_of()}", [examples[name]]) for name in FACETS),
        parameter(
            "sort",
            {"type": "string", "enum": [*SORTS, ""], "default": SORTS[0]},
            _("The order; empty is as if it were not given. Without a text, relevance is the newest first."),
            "newest",
        ),
        parameter(
            "page",
            {"anyOf": [{"type": "integer", "minimum": 1, "maximum": PAGES}, {"const": ""}], "default": 1},
            _("The page, of ten results each; empty is the first. For everything, narrow down by year or department."),
            1,
        ),
        parameter("literal", TEXT, _("1: look for no other words."), "1"),
    ]


def _text_words() -> str:
    return _(
        "What to look for: words, a title, a document number in any form, a question. Words in quotes stand side by "
        "side. Nothing is an operator. The first %(length)d characters are looked at. Without it everything is listed."
    ) % {"length": MAX_LENGTH}


def _plain(words: str, pattern: str) -> dict[str, Any]:
    return {"description": words, "content": {"text/plain": {"schema": {"type": "string", "pattern": pattern}}}}


def description() -> dict[str, Any]:
    """The OpenAPI 3.1 document, its words in the language in force. `tests/search/test_open_data.py` keeps it true."""
    others = registered()
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
            "/api/search/": call(
                "search",
                _("Search what is disclosed"),
                {
                    "200": answer(_("One page of results with facets"), "Answer", EXAMPLE),
                    "400": error("invalid_parameter", _("“sort” or “page” is out of its range; the message says how")),
                    "503": error("unavailable", _("No search engine answers now; try again soon")),
                },
                _parameters(),
            ),
            "/api/search/suggest": call(
                "suggest",
                _("Complete what is being typed"),
                {
                    "200": answer(
                        _("Titles that begin with the text or hold it"),
                        "Suggestions",
                        EXAMPLE_SUGGESTIONS,
                    )
                },
                [parameter("q", TEXT, _("What has been typed; its first 100 characters are looked at."), "烟花")],
            ),
            **{path: one for described in others for path, one in described.paths.items()},
            "/healthz": call("healthz", _("Is the portal alive?"), {"200": _plain(_("It answers"), "^ok\n$")}, []),
            "/readyz": call(
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
        "components": {
            "schemas": _schemas() | {name: one for described in others for name, one in described.schemas.items()}
        },
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
