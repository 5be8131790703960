"""Addresses that are none."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


def refuse_null_characters(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Middleware: a path with a null character is a bad request; PostgreSQL takes it in no query."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            raise BadRequest("null character in the address")
        return get_response(request)

    return answer
