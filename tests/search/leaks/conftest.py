"""What a reader can see of the portal, to be compared before and after something that is not theirs."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from search.engines import main_engine
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.worker import drain
from tests.factories import Bureau, live_matter

WORD = "鸢尾"
NUMBER = "甘安监密〔2026〕77号"
TITLE = f"烟花爆竹许可证{WORD}花店检查通知"
PROBES = [
    WORD, TITLE, f"{WORD}花店", f"烟花爆竹 {WORD}", f"烟花爆竹许可证{WORD}", f"烟花爆竹许可证{WORD}花店检查通至",
    NUMBER, f"{WORD}附件", "烟花爆竹", "许可证", "烟花爆竹许可证办事指南", "", "iris", f"检查 {WORD} xyz",
    "yuanwei", "ywhd", "甘安监密", "gajm2026", "烟花爆竹许可证鸢为花店检查通知",
]  # fmt: skip
"""What would tell of the secret: its own words, words that it shares with others, slips of its title, no words."""
SHOWN = [WORD, "yuanwei", f"烟花爆竹许可证{WORD}花店检查通至", "烟花爆竹", ""]
"""The probes whose page of results is looked at as well as their JSON."""
TELLING = [*SHOWN, TITLE, NUMBER, "ywhd"]
"""The probes with which Elasticsearch is asked, once the embedded engine was asked with all: a kind each."""
NARROWED = [
    {"q": f"烟花爆竹 {WORD}", "department": "finance", "type": "plan"}, {"q": WORD, "year": "1999"},
    {"q": "许可证", "page": "2"}, {"department": "licensing", "type": "notice", "sort": "newest"},
]  # fmt: skip
"""Searches with filters and of later pages; the first one's page of results is looked at too."""
LISTS = [
    "/", "/catalogue/", "/catalogue/E2/", "/catalogue/N2/", "/departments/licensing/", "/departments/finance/",
    "/feeds/latest.atom", "/feeds/e2.atom", "/sitemap.xml", "/intranet/",
]  # fmt: skip
CHANGING = re.compile(
    r'<input type="hidden" name="(?:csrfmiddlewaretoken|token)"[^>]*>|<updated>[^<]*</updated>|<time[^>]*>[^<]*</time>'
)


@pytest.fixture
def background(engine_in_service, bureau) -> Bureau:
    """What everybody knows of already, so that there is something to count, to order and to suggest."""
    for title, options in (
        ("烟花爆竹许可证办事指南", {}),
        ("烟花爆竹经营许可办法", {"department": bureau.finance}),
        ("车辆检查通知", {"type_code": "notice"}),
        ("会议制度执行情况", {"category": "N2", "type_code": "notice", "visibility": "staff"}),
        ("许可证检查情况通知", {"category": "N2", "type_code": "notice", "visibility": "staff"}),
    ):
        live_matter(options.pop("department", bureau.licensing), title=title, **options)
    write_index()
    return bureau


def write_index() -> None:
    drain()
    main_engine().refresh()


def secret(bureau: Bureau, **options: Any) -> MatterPage:
    """A matter of the leading group's with the rare word in its title, text, number and attached file."""
    options = {"visibility": "leaders", "category": "N2", "type_code": "notice", **options}
    return live_matter(bureau.licensing, title=TITLE, summary=f"{WORD}的情况。iris", document_number=NUMBER, **options)


def seen_by(person: User | None) -> dict[str, Any]:
    """Everything that the person meets: answers, totals, facets, suggestions, pages, lists, feeds."""
    client = Client()
    if person is not None:
        client.force_login(person)
    seen: dict[str, Any] = {}
    of_elasticsearch = isinstance(main_engine(), ElasticsearchEngine)
    for text in TELLING if of_elasticsearch else PROBES:
        asked = urlencode({"q": text})
        answer = client.get(f"/api/search/?{asked}").json()
        answer.pop("took_ms")
        seen[f"json {text}"] = answer
        seen[f"suggestions {text}"] = client.get(f"/api/search/suggest?{asked}").json()
    for params in NARROWED:
        answer = client.get("/api/search/", params).json()
        answer.pop("took_ms")
        seen[f"json {urlencode(params)}"] = answer
    pages = [f"/search/{face}?{urlencode({'q': text})}" for text in SHOWN for face in ("", "feed/")]
    pages += [f"/search/?{urlencode(NARROWED[0])}"]
    # No engine is asked for the lists.
    for path in pages if of_elasticsearch else [*LISTS, *pages]:
        response = client.get(path)
        seen[path] = (response.status_code, CHANGING.sub("", response.text))
    return seen


@pytest.fixture
def nothing_changes(background) -> Callable[..., Any]:
    """Inside the block something comes into being, or changes hands, of which these readers may see nothing."""

    @contextmanager
    def check(*readers: User | None) -> Iterator[None]:
        before = [seen_by(reader) for reader in readers]
        yield
        after = [seen_by(reader) for reader in readers]
        for reader, was, now in zip(readers, before, after, strict=True):
            different = {name: (was[name], now[name]) for name in was if was[name] != now[name]}
            assert different == {}, f"{reader or 'a visitor'} can tell by {sorted(different)}"

    return check
