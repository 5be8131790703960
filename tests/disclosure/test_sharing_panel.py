"""The sharing panel of a matter: who reads it and why, who is named until when, and what is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from intranet.access.sharing import shares_of
from intranet.disclosure.models import CategoryTerms
from tests.factories import UserFactory, live_matter, name_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(bureau):
    return live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders")


@pytest.fixture
def desk(client, bureau):
    client.force_login(bureau.liaison)
    client.cookies["django_language"] = "en"
    return client


def panel(matter) -> str:
    return reverse("disclosure:sharing", args=[matter.pk])


def name(desk, matter, **changes):
    said = {"person": "", "group": "", "until": timezone.localdate().isoformat(), "reason": "列席会议", **changes}
    return desk.post(panel(matter), said)


def test_a_person_is_named_until_a_day_for_a_reason(desk, bureau, matter):
    assert name(desk, matter, person=bureau.cadre2.pk).status_code == 302
    share = shares_of(matter).get()
    assert (share.user, share.until, share.reason, share.granted_by) == (
        bureau.cadre2, timezone.localdate(), "列席会议", bureau.liaison,
    )  # fmt: skip


def test_a_group_is_named_without_an_end(desk, bureau, matter):
    party = Group.objects.create(name="党支部")
    bureau.cadre2.groups.add(party)
    name(desk, matter, group=party.pk, until="", without_end="on")
    assert (shares_of(matter).get().group, shares_of(matter).get().until) == (party, None)


def test_thirty_days_are_offered(desk, matter):
    form = desk.get(panel(matter)).context["form"]
    assert form["until"].value() == timezone.localdate() + timedelta(days=30)


REFUSED = {
    "a day that has passed": ({"until": "2020-01-01"}, "has passed"),
    "no last day": ({"until": ""}, "Choose the last day"),
    "a last day and none": ({"until": "2099-01-01", "without_end": "on"}, "Choose one"),
    "no reason": ({"reason": " "}, "Say why"),
    "nobody": ({"person": ""}, "Choose a person or a group"),
    "a person who is not known": ({"person": "999999"}, "not known here any more"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_input_is_refused_in_clear_words(desk, bureau, matter, case):
    changes, words = REFUSED[case]
    response = name(desk, matter, **{"person": bureau.cadre2.pk, **changes})
    assert (words in response.content.decode(), shares_of(matter).exists()) == (True, False)


def test_whom_a_share_would_give_nothing_is_not_named(desk, matter):
    assert "holds no post today" in name(desk, matter, person=UserFactory().pk).content.decode()


def test_a_group_with_nobody_in_it_is_not_offered(desk, bureau, matter):
    party = Group.objects.create(name="党支部")
    bureau.cadre2.groups.add(party)
    offered = desk.get(panel(matter)).context["form"].fields["group"].queryset
    assert [group.name for group in offered] == ["党支部"]


def test_a_departments_own_group_is_not_offered(desk, matter):
    heads = Group.objects.get(name="licensing: heads")
    assert name(desk, matter, group=heads.pk).status_code == 200


def test_the_last_day_is_changed(desk, bureau, matter):
    share = name_reader(matter, bureau.cadre2, until=timezone.localdate())
    later = timezone.localdate() + timedelta(days=9)
    desk.post(reverse("disclosure:prolong_share", args=[matter.pk, share.pk]), {"until": later.isoformat()})
    assert shares_of(matter).get().until == later


def test_a_last_day_in_the_past_is_refused(desk, bureau, matter):
    share = name_reader(matter, bureau.cadre2, until=timezone.localdate())
    response = desk.post(reverse("disclosure:prolong_share", args=[matter.pk, share.pk]), {"until": "2020-01-01"})
    assert "has passed" in response.content.decode()


def test_an_endless_share_is_given_a_last_day(desk, bureau, matter):
    share = name_reader(matter, bureau.cadre2)
    day = timezone.localdate().isoformat()
    desk.post(reverse("disclosure:prolong_share", args=[matter.pk, share.pk]), {"until": day})
    assert shares_of(matter).get().until == timezone.localdate()


def test_a_share_is_ended_once_that_is_confirmed(desk, bureau, matter):
    address = reverse("disclosure:end_share", args=[matter.pk, name_reader(matter, bureau.cadre2).pk])
    desk.get(address)
    assert shares_of(matter).in_force().exists()
    desk.post(address)
    assert not shares_of(matter).in_force().exists()


def test_past_shares_are_listed(desk, bureau, matter):
    share = name_reader(matter, bureau.cadre2)
    desk.post(reverse("disclosure:end_share", args=[matter.pk, share.pk]))
    assert [found for found, _end in desk.get(panel(matter)).context["past"]] == [share]


def test_a_share_of_another_matter_is_absent(desk, bureau, matter):
    share = name_reader(live_matter(bureau.finance), bureau.cadre2)
    assert desk.post(reverse("disclosure:end_share", args=[matter.pk, share.pk])).status_code == 404


def test_another_departments_liaison_officer_does_not_find_the_panel(client, bureau, matter):
    client.force_login(bureau.cadre2)
    assert client.get(panel(matter)).status_code in (302, 404)


def test_a_person_is_checked(desk, bureau, matter):
    reader, answer = desk.get(panel(matter), {"check": "person", "reader": bureau.leader.pk}).context["answer"]
    assert (reader, answer.reads) == (str(bureau.leader), True)


def test_the_public_is_checked(desk, matter):
    assert not desk.get(panel(matter), {"check": "public"}).context["answer"][1].reads


def test_below_a_narrow_ceiling_nobody_is_named(desk, bureau, matter):
    CategoryTerms.objects.filter(category=matter.category_id).update(widest_audience="leaders")
    response = name(desk, matter, person=bureau.cadre2.pk)
    assert ("allows no named readers" in response.content.decode(), shares_of(matter).exists()) == (True, False)


def test_the_chooser_tells_the_posts_of_today(desk, bureau):
    bureau.cadre2.posts.update(ends_on=timezone.localdate() - timedelta(days=1))
    text = desk.get("/admin/people_chooser/").content.decode()
    assert (str(bureau.licensing) in text, "no post today" in text) == (True, True)
