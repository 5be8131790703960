"""The leading group's summary on its first page: numbers of the whole bureau, and no title."""

import pytest

from intranet.publication.emergency import release_in_emergency
from tests.factories import Bureau, draft_matter, live_matter, submit

HEADING = "How disclosure stands"


@pytest.fixture
def bureau(db):
    return Bureau()


def first_page(client, person):
    client.force_login(person)
    return client.get("/intranet/")


def test_the_leading_group_reads_how_disclosure_stands(bureau, client):
    assert HEADING in first_page(client, bureau.leader).content.decode()


@pytest.mark.parametrize("who", ["cadre", "head", "liaison"])
def test_it_is_the_leading_groups_alone(bureau, client, who):
    assert HEADING not in first_page(client, getattr(bureau, who)).content.decode()


def test_it_counts_what_is_live_in_review_and_overdue(bureau, client):
    live_matter(bureau.licensing)
    submit(draft_matter(bureau.licensing, author=bureau.liaison), by=bureau.liaison)
    summary = first_page(client, bureau.leader).context["summary"]
    assert (summary.disclosed_this_year, summary.in_review, summary.overdue) == (1, 1, 1)


def test_it_counts_what_is_owed_after_an_emergency(bureau, client):
    release_in_emergency(draft_matter(bureau.licensing, author=bureau.liaison), by=bureau.head, reason="险情")
    assert first_page(client, bureau.leader).context["summary"].debts == 1


def test_it_names_no_draft(bureau, client):
    draft_matter(bureau.licensing, author=bureau.liaison, title="未公开的草稿")
    assert "未公开的草稿" not in first_page(client, bureau.leader).content.decode()
