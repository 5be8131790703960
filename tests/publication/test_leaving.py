"""Somebody leaves: what they have in hand is on one screen, and their drafts go to who can go on with them."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from intranet.access.delegating import delegate
from intranet.access.sharing import grant, share_tokens
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Post
from intranet.publication import leaving
from intranet.publication.leaving import Part, drafts_in_hand, register_part, steps_of_nobody_else, successors
from tests.factories import approve, draft_matter, fresh, live_matter, person_in, submit


@pytest.fixture
def liaison2(bureau):
    return person_in(bureau.licensing, Post.Kind.LIAISON, username="liaison2")


@pytest.fixture
def office(bureau, client):
    client.force_login(bureau.office)
    return client


def screen(person) -> str:
    return reverse("publication:leaving", args=[person.pk])


def matters(drafts) -> list[int]:
    return sorted(one.matter.pk for one in drafts)


# What is listed


def test_drafts_returned_and_submitted_ones_and_new_versions_are_in_hand(bureau):
    draft = draft_matter(bureau.licensing, author=bureau.liaison)
    submitted = draft_matter(bureau.licensing, author=bureau.liaison, title="已报送")
    submit(submitted, by=bureau.liaison)
    again = live_matter(bureau.licensing, author=bureau.liaison, title="再编辑")
    again.save_revision(user=bureau.liaison)
    assert matters(drafts_in_hand(bureau.liaison)) == sorted([draft.pk, submitted.pk, again.pk])


def test_what_is_live_withdrawn_or_somebody_elses_is_not(bureau, liaison2):
    from intranet.publication.withdrawal import withdraw

    live_matter(bureau.licensing, author=bureau.liaison)
    draft_matter(bureau.licensing, author=liaison2, title="别人的")
    withdraw(live_matter(bureau.licensing, author=bureau.liaison, title="撤回"), by=bureau.head, reason="误")
    assert drafts_in_hand(bureau.liaison) == []


def test_what_they_wrote_of_is_while_its_owner_drafts_there_no_more(bureau, liaison2):
    matter = draft_matter(bureau.licensing, author=liaison2)
    matter.save_revision(user=bureau.liaison)
    with_owner = matters(drafts_in_hand(bureau.liaison))
    liaison2.posts.all().delete()
    assert (with_owner, matters(drafts_in_hand(bureau.liaison))) == ([], [matter.pk])


def test_a_step_that_two_can_decide_is_not_theirs_alone(bureau):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    submit(matter, by=bureau.liaison)
    approve(fresh(matter), by=bureau.reviewer)
    alone = [step.matter.pk for step in steps_of_nobody_else(bureau.head)]
    person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
    assert (alone, steps_of_nobody_else(bureau.head)) == ([matter.pk], [])


def test_the_office_is_told_a_draft_by_its_number_and_not_by_its_title(bureau, office):
    matter = draft_matter(bureau.licensing, author=bureau.liaison, title="还没公开的标题")
    page = office.get(screen(bureau.liaison)).content.decode()
    assert (f"Matter № {matter.pk}" in page, "还没公开的标题" in page) == (True, False)


def test_where_there_is_nothing_the_screen_says_so(bureau, office):
    assert "there is nothing to hand over" in office.get(screen(bureau.cadre)).content.decode()


def test_other_parts_are_shown_beside(bureau, office, monkeypatch):
    monkeypatch.setattr(leaving, "_parts", [])
    register_part(lambda person: Part("Delegations", "End them.", [("to the deputy", "")]))
    register_part(lambda person: None)
    assert "to the deputy" in office.get(screen(bureau.cadre)).content.decode()


# Handing over


def test_the_new_owner_is_who_was_chosen_and_the_log_says_by_whom(bureau, office, liaison2):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    form = {"draft": [matter.pk], "to": liaison2.pk, "confirmed": "1"}
    page = office.post(screen(bureau.liaison), form).content.decode()
    entry = PageLogEntry.objects.get(action="gongkai.hand_over_draft")
    assert ("Handed over to" in page, fresh(matter).owner, entry.user) == (True, liaison2, bureau.office)
    assert drafts_in_hand(bureau.liaison) == []


def test_the_draft_that_is_opened_next_has_the_new_owner(bureau, office, liaison2):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    office.post(screen(bureau.liaison), {"draft": [matter.pk], "to": liaison2.pk, "confirmed": "1"})
    assert fresh(matter).get_latest_revision_as_object().owner == liaison2


def test_it_is_asked_once_more_before(bureau, office, liaison2):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    page = office.post(screen(bureau.liaison), {"draft": [matter.pk], "to": liaison2.pk}).content.decode()
    assert (str(liaison2) in page, fresh(matter).owner) == (True, bureau.liaison)


def test_only_what_is_ticked_goes(bureau, office, liaison2):
    one = draft_matter(bureau.licensing, author=bureau.liaison)
    other = draft_matter(bureau.licensing, author=bureau.liaison, title="另一")
    office.post(screen(bureau.liaison), {"draft": [one.pk], "to": liaison2.pk, "confirmed": "1"})
    assert (fresh(one).owner, fresh(other).owner) == (liaison2, bureau.liaison)


def test_of_two_departments_drafts_each_goes_only_to_who_drafts_there(bureau, office, liaison2):
    Post.objects.create(
        person=bureau.liaison,
        department=bureau.finance,
        kind=Post.Kind.LIAISON,
        starts_on=liaison2.posts.get().starts_on,
    )
    here = draft_matter(bureau.licensing, author=bureau.liaison)
    there = draft_matter(bureau.finance, author=bureau.liaison, title="财务")
    form = {"draft": [here.pk, there.pk], "to": liaison2.pk, "confirmed": "1"}
    page = office.post(screen(bureau.liaison), form).content.decode()
    assert (fresh(here).owner, fresh(there).owner, "does not draft for" in page) == (liaison2, bureau.liaison, True)


def test_nobody_is_offered_who_drafts_for_none_of_them(bureau, liaison2):
    draft_matter(bureau.licensing, author=bureau.liaison)
    drafts = drafts_in_hand(bureau.liaison)
    assert set(successors(drafts, of=bureau.liaison)) == {liaison2, bureau.head}


def test_a_draft_that_is_not_in_their_hands_is_not_handed_over(bureau, office, liaison2):
    foreign = draft_matter(bureau.licensing, author=bureau.head)
    draft_matter(bureau.licensing, author=bureau.liaison, title="自己的")
    office.post(screen(bureau.liaison), {"draft": [foreign.pk], "to": liaison2.pk, "confirmed": "1"})
    assert fresh(foreign).owner == bureau.head


def test_who_wrote_it_stays_its_author_and_decides_nothing_of_it(bureau, office, liaison2):
    from intranet.publication.authorship import authors_since_live

    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    office.post(screen(bureau.liaison), {"draft": [matter.pk], "to": liaison2.pk, "confirmed": "1"})
    assert set(authors_since_live(fresh(matter))) == {bureau.liaison, liaison2}


def test_a_lock_of_who_leaves_goes(bureau, office, liaison2):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    MatterPage.objects.filter(pk=matter.pk).update(locked=True, locked_by=bureau.liaison)
    office.post(screen(bureau.liaison), {"draft": [matter.pk], "to": liaison2.pk, "confirmed": "1"})
    assert not fresh(matter).locked


def test_without_anybody_to_take_it_the_screen_says_what_to_do(bureau, office):
    bureau.head.posts.all().delete()
    draft_matter(bureau.licensing, author=bureau.liaison)
    assert "give somebody the post of a liaison officer first" in office.get(screen(bureau.liaison)).content.decode()


def test_without_a_tick_or_a_name_it_says_so(bureau, office, liaison2):
    draft_matter(bureau.licensing, author=bureau.liaison)
    page = office.post(screen(bureau.liaison), {}).content.decode()
    assert ("Tick what is to be handed over" in page, "Choose who takes it over" in page) == (True, True)


# Shares, and who may see all this


def test_shares_are_ended_together(bureau, office):
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="department").as_matter()
    grant(matter, to=bureau.cadre2, until=None, reason="办案", by=bureau.head)
    office.post(screen(bureau.cadre2), {"end_shares": "1"})
    assert share_tokens(MatterPage, matter.pk) == frozenset()


@pytest.mark.parametrize("name", ["head", "liaison", "cadre"])
def test_the_screen_is_the_offices(bureau, client, liaison2, name):
    matter = draft_matter(bureau.licensing, author=bureau.liaison)
    client.force_login(getattr(bureau, name))
    client.post(screen(bureau.liaison), {"draft": [matter.pk], "to": liaison2.pk, "confirmed": "1"})
    assert (client.get(screen(bureau.liaison)).status_code == 200, fresh(matter).owner) == (False, bureau.liaison)


# What others gave them


def test_whose_place_they_take_is_listed(bureau, office):
    today = timezone.localdate()
    delegate(bureau.head.posts.get(), to=bureau.liaison, starts_on=today, ends_on=today, by=bureau.head)
    answer = office.get(screen(bureau.liaison))
    assert f"{bureau.head}, head" in " ".join(name for part in answer.context["parts"] for name, _url in part.lines)


def test_the_groups_that_the_office_put_them_into_are_listed(bureau, office):
    bureau.cadre.groups.add(Group.objects.create(name="专班"))
    named = [name for part in office.get(screen(bureau.cadre)).context["parts"] for name, _url in part.lines]
    assert named == ["专班"]
