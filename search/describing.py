"""How calls of the data interface are described in OpenAPI, and what other apps add to the description."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from search.query import MAX_VALUES

TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
DAY: dict[str, Any] = {"type": "string", "format": "date"}


@dataclass(frozen=True, slots=True)
class Described:
    """Calls of an app, by their path, and the schemas that they name."""

    paths: dict[str, Any]
    schemas: dict[str, Any]


_registered: list[Callable[[], Described]] = []


def register_calls(describe: Callable[[], Described]) -> Callable[[], Described]:
    """Have these calls in the description; asked each time, so that its words are in the language in force."""
    _registered.append(describe)
    return describe


def registered() -> list[Described]:
    """What apps have registered, in the order of their registration."""
    return [describe() for describe in _registered]


def members(**properties: Any) -> dict[str, Any]:
    """An object that has all of these members and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def many(items: dict[str, Any], **limits: int) -> dict[str, Any]:
    return {"type": "array", "items": items, **limits}


def told(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {**schema, "description": words}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def parameter(name: str, schema: dict[str, Any], words: str, example: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words,
        "schema": schema,
        "example": example,
    }


def answer(words: str, schema: str, example: Any = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    if example is not None:
        content["example"] = example
    return {"description": words, "content": {"application/json": content}}


def error(code: str, words: str) -> dict[str, Any]:
    return answer(words, "Error", {"error": {"code": code, "message": words}})


def call(name: str, summary: str, responses: dict[str, Any], parameters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"get": {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}}


def any_of() -> str:
    """Words that a parameter may be repeated."""
    return _("May be repeated: any of the values, at the most %(many)d.") % {"many": MAX_VALUES}
