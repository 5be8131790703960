"""Old addresses after a rename or a move: they lead on only whom the new one would let in."""

import pytest
from wagtail.contrib.redirects.models import Redirect

from intranet.disclosure.models import Category
from intranet.disclosure.sections import section_for
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import draft_matter, fresh, live_matter

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed(django_capture_on_commit_callbacks):
    """Give a matter another slug; answers its old address and the matter."""

    def rename(matter):
        before, draft = matter.url, fresh(matter).get_latest_revision_as_object()
        draft.slug = "renamed"
        draft.save_revision()
        with django_capture_on_commit_callbacks(execute=True):
            release_imported(fresh(matter), by=None, reason="test")
        assert Redirect.objects.filter(redirect_page=matter.pk).exists()
        return before, fresh(matter)

    return rename


@pytest.fixture
def public(bureau, renamed):
    return renamed(live_matter(bureau.licensing))


@pytest.fixture
def internal(bureau, renamed):
    return renamed(live_matter(bureau.licensing, category="N2", type_code="notice", visibility="staff"))


def test_the_old_address_leads_to_the_new_one(client, public):
    old, matter = public
    response = client.get(old)
    assert (response.status_code, response.headers["Location"]) == (301, matter.url)


def test_the_old_address_leads_on_with_a_query_too(client, public):
    assert client.get(f"{public[0]}?utm=1").status_code == 301


@pytest.mark.parametrize("rest", ["history/", "history/1/"])
def test_the_old_address_of_its_history_leads_to_the_new_one(client, public, rest):
    old, matter = public
    response = client.get(f"{old}{rest}")
    assert (response.status_code, response.headers["Location"]) == (301, f"{matter.url}{rest}")


def test_the_old_address_of_an_internal_history_is_absent_for_the_public(client, internal):
    assert client.get(f"{internal[0]}history/").status_code == 404


def test_the_old_address_of_an_internal_matter_is_absent_for_the_public(client, internal):
    old, matter = internal
    response = client.get(old)
    assert (response.status_code, matter.slug in response.content.decode()) == (404, False)


def test_an_old_address_that_leads_nowhere_looks_the_same_as_one_that_never_was(client, internal):
    never = internal[0].replace("matter-", "matterx-")
    assert client.get(internal[0]).headers.keys() == client.get(never).headers.keys()


def test_it_leads_its_readers_on_and_nobody_on_the_way_keeps_that(bureau, client, internal):
    client.force_login(bureau.cadre2)
    response = client.get(internal[0])
    assert (response.status_code, "no-store" in response.headers["Cache-Control"]) == (301, True)


def test_after_a_withdrawal_it_leads_to_the_reason(bureau, client, public):
    old, matter = public
    withdraw(matter, by=bureau.head, reason="有误")
    assert client.get(old, follow=True).status_code == 410


def test_after_a_withdrawal_others_are_led_nowhere(bureau, client, internal):
    old, matter = internal
    withdraw(matter, by=bureau.head, reason="有误")
    assert client.get(old).status_code == 404


def test_a_draft_that_was_renamed_is_absent_at_both_addresses(bureau, client):
    draft = draft_matter(bureau.licensing)
    before = draft.url
    draft.slug = "renamed"
    draft.save()
    assert (client.get(before).status_code, client.get(draft.url).status_code) == (404, 404)


def test_a_withdrawn_matter_that_was_moved_and_came_back_is_found_by_its_old_address(bureau, client):
    matter = live_matter(bureau.licensing)
    before = matter.url
    withdraw(matter, by=bureau.head, reason="有误")
    fresh(matter).move(section_for(bureau.finance, Category.objects.get(code="E2")), pos="last-child")
    fresh(matter).save_revision()
    release_imported(fresh(matter), by=None, reason="test")
    assert client.get(before, follow=True).redirect_chain[-1][0] == fresh(matter).url


def test_a_redirect_of_the_operators_own_goes_where_it_says(client):
    Redirect.objects.create(old_path="/old-portal", redirect_link="https://example.org/")
    assert client.get("/old-portal/").headers["Location"] == "https://example.org/"
