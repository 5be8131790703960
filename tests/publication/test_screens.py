"""Our screens in the admin say what they are about."""

import re

import pytest
from django.urls import reverse

from intranet.publication.approval import current_step
from tests.factories import approve, draft_matter, fresh, live_matter, submit

TITLE = "危险化学品检查通知"


@pytest.fixture
def head(bureau, client):
    client.force_login(bureau.head)
    return client


def heading(client, address: str) -> str:
    found = re.search(r"<h1.*?</h1>", client.get(address).content.decode(), re.S)
    return re.sub(r"<[^>]+>|\s+", " ", found[0]) if found else ""


@pytest.mark.parametrize("name", ["disclosure:sharing", "publication:timeline", "publication:withdraw"])
def test_a_screen_about_a_live_matter_is_headed_by_its_title(bureau, head, name):
    assert TITLE in heading(head, reverse(name, args=[live_matter(bureau.licensing, title=TITLE).pk]))


def test_the_screen_of_a_decision_is_headed_by_the_matters_title(bureau, head):
    matter = draft_matter(bureau.licensing, title=TITLE, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    assert TITLE in heading(head, reverse("publication:decide", args=[current_step(fresh(matter)).pk]))


def test_the_screen_of_a_new_matter_is_headed_by_what_it_is(head):
    assert "New matter" in heading(head, reverse("disclosure:new_matter"))
