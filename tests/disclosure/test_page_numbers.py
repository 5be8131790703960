"""Who counts page numbers through Wagtail's screens learns nothing of a page that they do not work on."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from intranet.disclosure.models import MatterPage
from intranet.disclosure.page_numbers import NAMED_IN_ADDRESSES
from tests.factories import draft_matter, fresh, live_matter, person_in, submit

TITLE = "尚未公开的标题"
PAGES, REMOVE = "wagtailadmin_pages:", "wagtailadmin_workflows:remove"
OF_WAGTAIL = (PAGES, "wagtailadmin_explore", "wagtailadmin_choose_page", REMOVE)
STRANGERS = ("office", "reviewer", "liaison2", "head2", "clerk")


@dataclass(frozen=True)
class Address:
    """An address of Wagtail's admin and the names of what it takes."""

    name: str
    takes: tuple[str, ...]

    def at(self, page: MatterPage) -> str:
        """Of this page, whichever of its numbers is asked for."""
        return reverse(self.name, kwargs={name: self._value(name, page) for name in self.takes})

    def _value(self, name: str, page: MatterPage) -> str | int:
        words = {
            "content_type_app_name": "disclosure",
            "content_type_model_name": "noticepage",
            "action_name": "approve",
            "revision_id": page.latest_revision_id,
            "revision_id_a": "earliest",
            "revision_id_b": "latest",
        }
        is_of_page = name in NAMED_IN_ADDRESSES or name == "pk"
        return page.pk if is_of_page else words.get(name, 1)


def addresses(patterns=None, spaces: tuple[str, ...] = ()) -> Iterator[Address]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, (*spaces, *filter(None, [each.namespace])))
        elif isinstance(each, URLPattern) and each.name:
            yield Address(":".join((*spaces, each.name)), tuple(each.pattern.regex.groupindex))


def takes_a_page(address: Address) -> bool:
    numbers = NAMED_IN_ADDRESSES | ({"pk"} if address.name.startswith(PAGES) else set())
    return not numbers.isdisjoint(address.takes)


OF_A_PAGE = [each for each in addresses() if each.name.startswith(OF_WAGTAIL) and takes_a_page(each)]
WITHOUT_A_PAGE = {f"{PAGES}{view}" for view in ("type_use", "type_use_results", "choose_parent")}


@pytest.fixture
def draft(bureau) -> MatterPage:
    return fresh(draft_matter(bureau.licensing, title=TITLE, author=bureau.liaison))


@pytest.fixture
def signed_in(bureau, client):
    """A client in which somebody of the bureau has signed in, by a name of ours."""
    others = {"liaison2": "liaison", "head2": "head", "clerk": "clerk"}

    def sign_in(name: str):
        person = person_in(bureau.finance, others[name]) if name in others else getattr(bureau, name)
        client.force_login(person)
        return client

    return sign_in


def told(response) -> str:
    """A list as it stands on the screen; a chooser's comes in a letter."""
    is_letter = response["Content-Type"].startswith("application/json")
    return response.json()["html"] if is_letter else b"".join(response).decode()


def test_every_address_of_a_page_gives_its_number_a_name_that_is_asked_about():
    others = {each.name for each in addresses() if each.name.startswith(OF_WAGTAIL) and each.takes}
    assert others - {each.name for each in OF_A_PAGE} == WITHOUT_A_PAGE


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", OF_A_PAGE, ids=lambda address: address.name)
def test_a_stranger_finds_nothing_at_a_drafts_number(signed_in, draft, address, method):
    assert getattr(signed_in("liaison2"), method)(address.at(draft)).status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
def test_nobody_else_with_a_desk_is_told_a_drafts_title(signed_in, draft, who):
    client = signed_in(who)
    assert {each.name for each in OF_A_PAGE if client.get(each.at(draft)).status_code != 404} == set()


@pytest.mark.parametrize("view", ["wagtailadmin_explore", "wagtailadmin_choose_page_child"])
def test_a_matter_of_the_leading_group_is_nobody_elses_by_its_number(bureau, signed_in, view):
    matter = live_matter(bureau.licensing, title=TITLE, category="N2", type_code="notice", visibility="leaders")
    assert signed_in("liaison2").get(reverse(view, args=[matter.pk])).status_code == 404


def test_the_title_of_a_newer_draft_is_not_told_to_a_reader_of_what_is_live(bureau, signed_in):
    matter = live_matter(bureau.licensing)
    matter.title = TITLE
    matter.save_revision()
    response = signed_in("liaison2").get(reverse("wagtailadmin_explore", args=[matter.pk]))
    assert response.status_code == 404


def test_a_page_is_not_named_as_the_place_where_another_would_go(bureau, signed_in, draft):
    client = signed_in("liaison2")
    own = draft_matter(bureau.finance)
    assert client.get(reverse("wagtailadmin_pages:move_confirm", args=[own.pk, draft.pk])).status_code == 404


@pytest.mark.parametrize("view", ["copy", "move"])
def test_a_page_is_not_named_when_the_form_that_chose_it_comes_back(bureau, signed_in, draft, view):
    client = signed_in("liaison2")
    own = draft_matter(bureau.finance)
    posted = {"new_parent_page": draft.pk, "new_title": "", "new_slug": ""}
    assert client.post(reverse(f"wagtailadmin_pages:{view}", args=[own.pk]), posted).status_code == 404


@pytest.mark.parametrize("action", ["move", "delete", "publish", "unpublish"])
def test_an_act_on_many_pages_names_none_of_anothers(signed_in, draft, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    assert signed_in("liaison2").get(address, {"id": draft.pk}).status_code == 404


@pytest.mark.parametrize("depth", [1, 2, 3, 4, 5])
def test_an_act_on_all_pages_of_a_section_names_none_of_anothers(signed_in, draft, depth):
    above = draft.get_ancestors().get(depth=depth)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    query = {"id": "all", "childOf": above.pk, "q": TITLE}
    assert signed_in("liaison2").get(address, query).status_code == 404


def test_an_act_on_all_pages_there_are_names_none(signed_in, draft):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert signed_in("liaison2").get(address, {"id": "all"}).status_code == 404


def test_a_chooser_of_several_pages_names_none_of_anothers(signed_in, draft):
    address = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert signed_in("liaison2").get(address, {"id": draft.pk}).status_code == 404


# Who works on a page, and what everybody knows


@pytest.mark.parametrize("view", ["edit", "history", "usage", "copy", "move", "delete", "view_draft"])
def test_a_draft_opens_to_its_departments_drafters_as_before(signed_in, draft, view):
    assert signed_in("liaison").get(reverse(f"wagtailadmin_pages:{view}", args=[draft.pk])).status_code == 200


@pytest.mark.parametrize("view", ["wagtailadmin_explore", "wagtailadmin_choose_page_child"])
def test_the_lists_of_a_departments_drafters_open_as_before(signed_in, draft, view):
    address = reverse(view, args=[draft.get_parent().pk])
    assert TITLE in told(signed_in("liaison").get(address))


def test_drafters_act_on_many_of_their_own(signed_in, draft):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client = signed_in("liaison")
    queries = ({"id": draft.pk}, {"id": "all", "childOf": draft.get_parent().pk})
    assert [client.get(address, query).status_code for query in queries] == [200, 200]


@pytest.mark.parametrize("who", ["liaison2", "office"])
def test_the_sections_are_known_to_everybody(signed_in, draft, who):
    address = reverse("wagtailadmin_choose_page_child", args=[draft.get_parent().pk])
    response = signed_in(who).get(address)
    assert (response.status_code, TITLE in told(response)) == (200, False)


def test_who_decides_an_open_step_sees_its_version_in_the_editor(bureau, signed_in, draft):
    submit(draft, by=bureau.liaison)
    assert signed_in("reviewer").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


def test_who_does_not_decide_the_step_does_not(bureau, signed_in, draft):
    submit(draft, by=bureau.liaison)
    assert signed_in("office").get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 404


def test_a_person_without_a_desk_is_led_away_whatever_the_number(bureau, client, draft):
    client.force_login(bureau.cadre)
    answers = {client.get(reverse("wagtailadmin_explore", args=[pk])).status_code for pk in (draft.pk, 99999)}
    assert answers == {302}
