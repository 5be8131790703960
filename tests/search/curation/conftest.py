from collections.abc import Callable
from typing import Any

import pytest

from intranet.disclosure.models import MatterPage
from search.curation.models import Exclusion, Pin, QueryRule, Synonyms
from tests.recalled import recalled


@pytest.fixture
def nothing_kept(db) -> None:
    """The office has put nothing in force; the first set is tested by itself."""

    def put_nothing_in_force() -> dict[str, Synonyms]:
        for entry in Synonyms.objects.all():
            entry.delete()
        return {}

    recalled("nothing in force", put_nothing_in_force)


def synonyms(words: str, others: str = "", **fields: Any) -> Synonyms:
    fields = {"kind": "one_way" if others else "equal", "reason": "测试", **fields}
    return Synonyms.objects.create(words="\n".join(words.split()), others="\n".join(others.split()), **fields)


def rule(query: str, *, pins: list[MatterPage] = (), exclusions: list[MatterPage] = (), **fields: Any) -> QueryRule:
    made = QueryRule.objects.create(query=query, reason="测试", **fields)
    for order, page in enumerate(pins):
        Pin.objects.create(rule=made, page_id=page.pk, sort_order=order)
    for order, page in enumerate(exclusions):
        Exclusion.objects.create(rule=made, page_id=page.pk, sort_order=order)
    return made


@pytest.fixture
def search(client) -> Callable[..., dict[str, Any]]:
    """The JSON answer to a query, with parameters."""
    return lambda text, **params: client.get("/api/search/", {"q": text, **params}).json()
