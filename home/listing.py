"""Pages of a listing of matters."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest

from intranet.disclosure.querysets import MatterQuerySet
from intranet.disclosure.validity.reading import read_validity

PAGE_SIZE = 20


def page_of(request: HttpRequest, matters: MatterQuerySet) -> dict[str, Any]:
    """The page that the request asks for, newest first, with the addresses of the others."""
    ordered = matters.newest_first().select_related("category", "department", "content_type").defer("body")
    paginator = Paginator(ordered, PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))

    def address(number: int) -> str:
        others = [(name, value) for name, value in request.GET.items() if name != "page"]
        return "?" + urlencode([*others, ("page", str(number))])

    numbers = [
        (number, address(number)) if isinstance(number, int) else (None, "")
        for number in paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    ]
    return {
        "matters": read_validity(page.object_list),
        "page_number": page.number,
        "page_numbers": numbers,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else "",
        "next_url": address(page.next_page_number()) if page.has_next() else "",
    }
