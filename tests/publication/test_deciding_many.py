"""Several matters approved at once: each checked again, each result told."""

import pytest
from django.urls import reverse

from intranet.publication.approval import current_step, return_to_author
from intranet.publication.deciding_many import MOST
from intranet.publication.submission import submit as submit_with
from tests.factories import approve, draft_matter, fresh, submit

MANY = reverse("publication:decide_many")


def at_head(bureau, title, **attributes):
    matter = draft_matter(bureau.licensing, title=title, author=bureau.liaison, **attributes)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


@pytest.fixture
def three(bureau):
    return [at_head(bureau, title) for title in ("第一件", "第二件", "第三件")]


@pytest.fixture
def head(bureau, client):
    client.force_login(bureau.head)
    return client


def keys(matters):
    return [current_step(matter).pk for matter in matters]


def text(response):
    return response.content.decode()


def live(matters):
    return [fresh(matter).live for matter in matters]


def test_the_desk_lets_a_head_choose(head, three):
    page = text(head.get("/admin/"))
    assert all(f'name="state" value="{key}"' in page for key in keys(three))


def test_what_was_chosen_is_shown_and_nothing_is_decided_yet(head, three):
    page = text(head.get(MANY, {"state": keys(three[:2])}))
    assert ["第一件" in page, "第二件" in page, "第三件" in page, *live(three)] == [True, True, False, *[False] * 3]


def test_what_was_confirmed_is_approved(head, three):
    head.post(MANY, {"state": keys(three[:2])})
    assert live(three) == [True, True, False]


def test_the_comment_stays_with_each(head, three):
    states = [current_step(matter) for matter in three]
    head.post(MANY, {"state": keys(three), "comment": "同意"})
    for state in states:
        state.refresh_from_db()
    assert [state.comment for state in states] == ["同意"] * 3


def test_one_that_is_refused_keeps_none_of_the_others(bureau, head, three):
    other = at_head(bureau, "另一类", category="E7", type_code="notice")
    other.category.terms.update(widest_audience="staff")
    page = text(head.post(MANY, {"state": keys([other, three[0]])}))
    assert ("wider than category E7 allows" in page, live([other, three[0]])) == (True, [False, True])


def test_the_result_of_each_is_told(bureau, head, three):
    three[1].save_revision(user=bureau.liaison)
    page = text(head.post(MANY, {"state": keys([three[0], three[2]])}))
    assert (page.count("Approved"), live(three)) == (2, [True, False, True])


def test_what_somebody_decided_before_is_told_and_left(bureau, head, three):
    chosen = keys(three[:2])
    return_to_author(three[0], by=bureau.head, comment="请改")
    page = text(head.post(MANY, {"state": chosen}))
    assert ("awaits your decision no more" in page, live(three)) == (True, [False, True, False])


def test_what_is_not_ones_own_is_neither_named_nor_decided(bureau, client, three):
    client.force_login(bureau.reviewer)
    response = client.post(MANY, {"state": keys(three)})
    assert (response.status_code, live(three)) == (302, [False] * 3)


def test_nobody_approves_the_own_draft_among_others(bureau, head):
    own = draft_matter(bureau.licensing, title="自己的", author=bureau.head)
    submit(own, by=bureau.head)
    approve(fresh(own), by=bureau.reviewer)
    head.post(MANY, {"state": keys([fresh(own)])})
    assert not fresh(own).live


def test_without_a_choice_it_says_what_to_do(head, three):
    assert "Choose on your desk" in text(head.get(MANY, follow=True))


@pytest.mark.parametrize("key", ["x", "-1", "", "9" * 30, "١"])
def test_what_is_no_key_is_no_error(head, three, key):
    assert head.get(MANY, {"state": key}, follow=True).status_code == 200


def test_the_reason_of_what_is_doubtful_is_read_before(bureau, head):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit_with(matter, by=bureau.liaison, reason="原件无文号")
    approve(fresh(matter), by=bureau.reviewer)
    assert "原件无文号" in text(head.get(MANY, {"state": keys([fresh(matter)])}))


def test_no_more_are_approved_at_once_than_a_request_can(bureau, head, three, monkeypatch):
    monkeypatch.setattr("intranet.publication.deciding_many_views.MOST", 2)
    page = text(head.post(MANY, {"state": keys(three)}))
    assert (sum(live(three)), "Only the first 2" in page, MOST > 2) == (2, True, True)
