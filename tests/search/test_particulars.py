"""What stands in a form is found, by either engine: a plate, a fund, an incident."""

import pytest

from search.engines import main_engine
from search.worker import drain
from tests.disclosure.particulars.samples import ACCOUNTABILITY, FUNDS, VEHICLES, matter_with


@pytest.mark.parametrize(
    ("sample", "asked"),
    [
        (VEHICLES, "甘P·00138"),
        (VEHICLES, "甘P00138"),
        (FUNDS, "应急救援装备"),
        (ACCOUNTABILITY, "“3·18”机械伤害"),
        (ACCOUNTABILITY, "第一百一十四条"),
    ],
)
def test_a_row_leads_to_its_matter(engine_in_service, bureau, client, sample, asked):
    matter = matter_with(bureau.licensing, sample, title="公开事项")
    drain()
    main_engine().refresh()
    client.force_login(bureau.cadre)
    found = client.get("/api/search/", {"q": asked}).json()
    assert [result["url"] for result in found["results"]] == [matter.url]


def test_the_desk_finds_a_row_too(engine_in_service, bureau, client):
    matter = matter_with(bureau.licensing, VEHICLES, live=False, title="公开事项", author=bureau.liaison)
    client.force_login(bureau.liaison)
    assert matter.title in client.get("/admin/pages/search/", {"q": "00138"}).text
