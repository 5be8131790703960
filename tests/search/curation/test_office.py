"""The office keeps the search in the admin: nobody else does, everything is logged, nothing unreadable is shown."""

import pytest
from django.urls import reverse

from intranet.disclosure.models import MatterPage
from search.curation.models import QueryRule, Synonyms
from search.engines import main_engine
from search.worker import drain
from tests.factories import UserFactory, live_matter
from tests.search.curation.conftest import rule, synonyms

pytestmark = pytest.mark.usefixtures("nothing_kept")

SECRET = "鸢尾花店检查"
SCREENS = [
    "/admin/snippets/curation/synonyms/",
    "/admin/snippets/curation/synonyms/add/",
    "/admin/snippets/curation/queryrule/",
    "/admin/snippets/curation/queryrule/add/",
    "/admin/search-curation/try/",
    "/admin/search-curation/history/",
]


@pytest.fixture
def office(client, bureau):
    client.force_login(bureau.office)
    return client


@pytest.fixture
def matter(bureau) -> MatterPage:
    return live_matter(bureau.licensing, title="采石场检查通知", type_code="notice")


@pytest.fixture
def secret(bureau) -> MatterPage:
    """What the office may not read and a superuser may."""
    options = {"category": "N2", "type_code": "notice", "visibility": "department"}
    return live_matter(bureau.licensing, title=SECRET, **options)


def written(pages=(), *, exclusions=(), **fields):
    """The fields of a rule's form."""
    data = {"query": "采石场", "match": "exact", "in_force": "on", "reason": "群众常问", **fields}
    for name, chosen in (("pins", pages), ("exclusions", exclusions)):
        data |= {f"{name}-TOTAL_FORMS": len(chosen), f"{name}-INITIAL_FORMS": 0, f"{name}-MIN_NUM_FORMS": 0}
        for number, page in enumerate(chosen):
            data |= {f"{name}-{number}-page": page.pk, f"{name}-{number}-ORDER": number + 1}
    return data


def post(client, data):
    return client.post("/admin/snippets/curation/queryrule/add/", data, headers={"accept-language": "en"})


# Who


@pytest.mark.parametrize("path", SCREENS)
def test_the_office_opens_every_screen(office, path):
    assert office.get(path).status_code == 200


@pytest.mark.parametrize("name", ["liaison", "head"])
@pytest.mark.parametrize("path", SCREENS)
def test_others_at_the_desk_are_refused(client, bureau, name, path):
    client.force_login(getattr(bureau, name))
    assert client.get(path).status_code == 403


def test_others_do_not_see_the_menu(client, bureau):
    client.force_login(bureau.liaison)
    assert "search-curation" not in client.get("/admin/").text


def test_the_office_sees_the_menu_and_no_other_for_promoted_results(office):
    menu = office.get("/admin/").text
    assert "search-curation" in menu
    assert "searchpicks" not in menu


def test_nothing_is_chosen_or_deleted_anywhere(client, bureau):
    entry = synonyms("执照 证照")
    client.force_login(UserFactory(is_superuser=True))
    assert client.get("/admin/snippets/choose/curation/synonyms/").status_code == 404
    client.post(f"/admin/snippets/curation/synonyms/delete/{entry.pk}/")
    assert Synonyms.objects.filter(pk=entry.pk).exists()


# Entries and their log


def test_a_rule_is_added_with_its_reason_in_the_log(office, matter):
    assert post(office, written([matter])).status_code == 302
    assert [pin.page_id for pin in QueryRule.objects.get().pins.all()] == [matter.pk]
    told = office.get("/admin/search-curation/history/").text
    assert all(text in told for text in ("采石场", matter.title, "群众常问", str(QueryRule.objects.get())))


def test_a_change_asks_for_its_own_reason_and_says_who_and_why(office, bureau):
    entry = synonyms("执照 证照")
    path = reverse("wagtailsnippets_curation_synonyms:edit", args=[entry.pk])
    assert "测试" not in office.get(path).text
    data = {"kind": "equal", "words": "执照\n证照", "others": "", "reason": "不再需要"}
    assert office.post(path, {**data, "reason": ""}).status_code == 200
    assert office.post(path, data).status_code == 302
    told = office.get("/admin/search-curation/history/", headers={"accept-language": "en"}).text
    assert all(text in told for text in ("taken out of use", "不再需要", bureau.office.get_full_name()))


@pytest.mark.parametrize("case", ["none", "twice", "both", "unreadable", "not a matter"])
def test_pages_that_cannot_be_are_refused_and_nothing_is_lost(office, matter, secret, case):
    data = {
        "none": written(),
        "twice": written([matter, matter]),
        "both": written([matter], exclusions=[matter]),
        "unreadable": written([secret]),
        "not a matter": written([matter.get_parent()]),
    }[case]
    answer = post(office, data)
    assert answer.status_code == 200
    assert "群众常问" in answer.text
    assert SECRET not in answer.text
    assert not QueryRule.objects.exists()


# What the office may not read


@pytest.mark.parametrize(("name", "sees"), [("office", False), ("superuser", True)])
def test_only_who_may_read_a_pinned_matter_sees_its_title(client, bureau, secret, name, sees):
    superuser = UserFactory(is_superuser=True)
    client.force_login(superuser)
    post(client, written([secret], exclusions=[live_matter(bureau.licensing)]))
    drain()
    client.force_login(superuser if name == "superuser" else bureau.office)
    pk = QueryRule.objects.get().pk
    for path in (
        "/admin/search-curation/history/",
        f"/admin/snippets/curation/queryrule/edit/{pk}/",
        f"/admin/search-curation/try/?q=采石场&department={bureau.licensing.pk}",
        f"/admin/search-curation/try/?q=鸢尾&department={bureau.licensing.pk}",
    ):
        assert (SECRET in client.get(path).text) is sees
    for path in (f"/admin/snippets/curation/queryrule/history/{pk}/", "/admin/snippets/curation/queryrule/"):
        assert SECRET not in client.get(path).text


def test_trying_counts_nothing_that_the_office_may_not_read(office, bureau, secret):
    drain()
    main_engine().refresh()
    path = f"/admin/search-curation/try/?q=鸢尾&department={bureau.licensing.pk}"
    trial = office.get(path).context["trial"]
    assert [column.is_partial for column in trial.columns] == [False, True, True]
    assert {(column.after.total, column.after.total_is_exact) for column in trial.columns} == {(0, True)}


# Trying


def test_a_query_is_tried_as_three_kinds_of_reader_with_what_acts(office, bureau, matter):
    drain()
    main_engine().refresh()
    rule("采石场", exclusions=[matter])
    synonyms("采石场 石料厂")
    trial = office.get("/admin/search-curation/try/?q=采石场").context["trial"]
    assert [(column.before.total, column.after.total) for column in trial.columns] == [(1, 0)] * 3
    assert ([acting.rule.query for acting in trial.rules], trial.hidden_titles) == (["采石场"], [matter.title])
    assert trial.added == ("石料厂",)


def test_a_change_is_previewed_before_it_is_saved(office, bureau, matter):
    drain()
    main_engine().refresh()
    path = reverse("wagtailsnippets_curation_queryrule:preview_on_add")
    assert office.post(path, written(exclusions=[matter])).json() == {"is_valid": True, "is_available": True}
    shown = office.get(path, headers={"accept-language": "en"}).text
    assert "With this change" in shown
    assert matter.title in shown
    assert not QueryRule.objects.exists()
