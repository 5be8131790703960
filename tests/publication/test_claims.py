"""Taking a step in hand, so that two people do not read the same matter, and handing it over."""

import pytest
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import PageLogEntry

from intranet.organisation.models import Post
from intranet.publication.approval import ApprovalRefused, current_step
from intranet.publication.claims import claim, give_back, hand_over
from intranet.publication.deciding_many import approve_many, chosen_steps
from tests.factories import approve, draft_matter, fresh, person_in, submit


@pytest.fixture
def deputy(bureau):
    return person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD, username="deputy")


@pytest.fixture
def matter(bureau, deputy):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    return fresh(matter)


@pytest.fixture
def step(matter):
    return current_step(matter)


def again(step):
    return type(step).objects.get(pk=step.pk)


def test_what_somebody_has_in_hand_nobody_else_decides(bureau, deputy, matter, step):
    claim(step, by=deputy)
    with pytest.raises(ApprovalRefused, match="take it over first"):
        approve(fresh(matter), by=bureau.head)


def test_who_has_it_in_hand_decides(bureau, deputy, matter, step):
    claim(step, by=deputy)
    approve(fresh(matter), by=deputy)
    assert fresh(matter).live


def test_somebody_else_takes_it_over_and_decides(bureau, deputy, matter, step):
    claim(step, by=deputy)
    claim(again(step), by=bureau.head)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).live


def test_what_was_put_down_is_anybodys(bureau, deputy, matter, step):
    claim(step, by=deputy)
    give_back(again(step), by=deputy)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).live


def test_the_hands_of_one_whose_post_ended_hold_nothing(bureau, deputy, matter, step, yesterday):
    claim(step, by=deputy)
    deputy.posts.update(ends_on=yesterday)
    approve(fresh(matter), by=bureau.head)
    assert fresh(matter).live


def test_who_does_not_decide_the_step_cannot_take_it(bureau, step):
    with pytest.raises(ApprovalRefused, match="not yours to decide"):
        claim(step, by=bureau.cadre)


def test_an_author_cannot_take_the_own_draft_in_hand(bureau, step):
    with pytest.raises(ApprovalRefused, match="own draft"):
        claim(step, by=bureau.liaison)


def test_what_is_decided_cannot_be_taken(bureau, deputy, matter, step):
    approve(matter, by=bureau.head)
    with pytest.raises(ApprovalRefused, match="already approved"):
        claim(step, by=deputy)


def test_a_step_is_handed_over_with_a_note(bureau, deputy, step):
    hand_over(step, by=bureau.head, to=deputy, note="请核对附件")
    step = again(step)
    assert (step.claimed_by, step.handed_over_by, step.claim_note) == (deputy, bureau.head, "请核对附件")


def test_a_step_is_not_handed_over_to_who_does_not_decide_it(bureau, step):
    with pytest.raises(ApprovalRefused, match="does not decide this step"):
        hand_over(step, by=bureau.head, to=bureau.liaison)


def test_only_who_has_it_puts_it_down(bureau, deputy, step):
    claim(step, by=deputy)
    with pytest.raises(ApprovalRefused, match="not in your hands"):
        give_back(again(step), by=bureau.head)


@pytest.mark.parametrize(
    ("act", "action"),
    [
        (lambda step, bureau, deputy: claim(step, by=deputy), "gongkai.claim"),
        (lambda step, bureau, deputy: hand_over(step, by=bureau.head, to=deputy), "gongkai.hand_over"),
    ],
)
def test_who_took_what_is_in_the_matters_log(bureau, deputy, step, act, action):
    act(step, bureau, deputy)
    assert PageLogEntry.objects.filter(action=action).exists()


def test_approving_many_leaves_what_others_have_in_hand(bureau, deputy, matter, step):
    steps = chosen_steps(bureau.head, {step.pk})
    claim(step, by=deputy)
    outcomes = approve_many(steps, by=bureau.head)
    assert ("take it over first" in outcomes[0].reasons[0], fresh(matter).live) == (True, False)


def test_the_desk_says_in_whose_hands_a_step_is(bureau, deputy, step, client):
    claim(step, by=deputy)
    client.force_login(bureau.head)
    assert f"in the hands of {deputy}" in client.get("/admin/").content.decode()


def test_the_desk_says_who_handed_a_step_over_and_with_which_word(bureau, deputy, step, client):
    hand_over(step, by=bureau.head, to=deputy, note="请核对附件")
    client.force_login(deputy)
    screen = client.get("/admin/").content.decode()
    assert (f"handed over to you by {bureau.head}" in screen, "请核对附件" in screen) == (True, True)


def test_a_head_takes_a_step_in_hand_on_the_screen(bureau, step, client):
    client.force_login(bureau.head)
    client.post(reverse("publication:claim", args=[step.pk]))
    assert again(step).claimed_by == bureau.head


def test_a_head_puts_a_step_down_on_the_screen(bureau, step, client):
    claim(step, by=bureau.head)
    client.force_login(bureau.head)
    client.post(reverse("publication:give_back", args=[step.pk]))
    assert again(step).claimed_by is None


def test_a_head_hands_a_step_over_on_the_screen(bureau, deputy, step, client):
    client.force_login(bureau.head)
    client.post(reverse("publication:hand_over", args=[step.pk]), {"to": deputy.pk, "note": "请接手"})
    assert again(step).claimed_by == deputy


def test_the_screen_says_who_has_the_step(bureau, deputy, step, client):
    claim(step, by=deputy)
    client.force_login(bureau.head)
    screen = client.get(reverse("publication:decide", args=[step.pk])).content.decode()
    assert f"{deputy} has this step in hand" in screen


def test_what_somebody_who_leaves_has_in_hand_is_told(bureau, deputy, step, client):
    claim(step, by=deputy)
    client.force_login(bureau.office)
    screen = client.get(reverse("publication:leaving", args=[deputy.pk])).content.decode()
    assert ("Steps in hand" in screen, escape(step.step_name) in screen) == (True, True)


@pytest.mark.parametrize("name", ["claim", "give_back", "hand_over"])
def test_who_does_not_decide_the_step_has_no_button(bureau, step, client, name):
    client.force_login(bureau.liaison)
    assert client.post(reverse(f"publication:{name}", args=[step.pk])).status_code == 404
