"""What the office pins or hides tells nobody of what they may not read, on either engine."""

import pytest

from search.curation.models import QueryRule
from tests.factories import live_matter
from tests.search.curation.conftest import rule
from tests.search.leaks.conftest import PROBES, TITLE, WORD, secret, seen_by, write_index


@pytest.fixture
def bureau(background):
    return background


def every_probe(**pages):
    for text in filter(None, PROBES):
        rule(text, **pages)
    rule("烟花", match="contains", **pages)


def test_a_pinned_matter_that_is_not_theirs(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        matter = secret(bureau)
        write_index()
        every_probe(pins=[matter])


def test_a_hidden_matter_that_is_not_theirs(bureau, nothing_changes):
    with nothing_changes(None, bureau.cadre):
        matter = secret(bureau)
        write_index()
        every_probe(exclusions=[matter])


def test_a_pinned_matter_that_was_withdrawn_while_the_worker_is_stopped(bureau):
    matter = live_matter(bureau.licensing, title=TITLE)
    write_index()
    rule("车辆", pins=[matter])
    assert WORD in str(seen_by(None)["json 烟花爆竹"])
    type(matter).objects.filter(pk=matter.pk).update(visibility="leaders")
    assert TITLE not in str(seen_by(None)["json 烟花爆竹"])


def test_a_pin_takes_no_longer_to_those_who_may_not_read_it(bureau, client):
    matter = secret(bureau)
    write_index()
    before = [client.get("/api/search/", {"q": "许可证"}).json()["took_ms"] for _time in range(3)]
    rule("许可证", pins=[matter])
    after = [client.get("/api/search/", {"q": "许可证"}).json()["took_ms"] for _time in range(3)]
    assert min(after) - min(before) in (-50, 0, 50)
    assert QueryRule.objects.count() == 1
