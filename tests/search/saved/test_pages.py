"""Saving, changing and deleting a search."""

from urllib.parse import urlencode

import pytest

from search.saved.models import MOST, SavedSearch
from tests.search.saved.conftest import QUERY, disclose, save, send

pytestmark = pytest.mark.django_db
ADD = f"/search/saved/add/?{urlencode({'q': QUERY, 'department': 'licensing', 'sort': 'newest', 'page': 3})}"
PATHS = ["/search/saved/", ADD, "/search/saved/{pk}/", "/search/saved/{pk}/delete/"]


@pytest.fixture
def cadre(client, bureau):
    client.force_login(bureau.cadre)
    return client


def post(client, address: str = ADD, **fields: str):
    return client.post(address, {"name": "烟花", "frequency": "daily", **fields}, follow=True)


def test_a_search_is_saved_with_its_filters(cadre, bureau, old):
    page = post(cadre)
    (saved,) = SavedSearch.objects.all()
    assert (saved.person, saved.name, saved.frequency, saved.params) == (
        bureau.cadre, "烟花", "daily", urlencode({"q": QUERY, "department": "licensing"}),
    )  # fmt: skip
    assert page.redirect_chain[0][0] == "/search/saved/"
    assert ("Saved: 烟花." in page.text, saved.url.replace("&", "&amp;") in page.text) == (True, True)


def test_what_is_there_when_it_is_saved_is_not_new(cadre, bureau, old):
    post(cadre)
    assert SavedSearch.objects.get().known == [f"matter:{old.pk}"]


def test_who_switches_the_mail_on_again_is_told_of_what_comes_from_then_on(cadre, bureau, old):
    saved = save(bureau.cadre, frequency="off")
    disclose(bureau.licensing, f"{QUERY}中间的办法")
    post(cadre, f"/search/saved/{saved.pk}/")
    assert send().without_news == 1


def test_a_name_that_is_missing_is_asked_for_and_nothing_is_lost(cadre, old):
    page = post(cadre, name="", frequency="weekly")
    assert ("field__error" in page.text, 'value="weekly" selected' in page.text, SavedSearch.objects.count()) == (
        True, True, 0,
    )  # fmt: skip


def test_the_same_search_is_saved_once(cadre, old):
    post(cadre)
    assert "You have saved this search already, as “烟花”." in post(cadre, name="又一个").text
    assert SavedSearch.objects.count() == 1


def test_there_is_a_most(cadre, bureau, old):
    SavedSearch.objects.bulk_create(
        SavedSearch(person=bureau.cadre, name=f"{n}", params=f"q={n}", language="en") for n in range(MOST)
    )
    assert "50 saved searches" in post(cadre).text
    assert SavedSearch.objects.count() == MOST


def test_a_search_is_changed(cadre, bureau, old):
    saved = save(bureau.cadre)
    post(cadre, f"/search/saved/{saved.pk}/", name="改名", frequency="off")
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("改名", "off")


def test_a_search_is_deleted_after_it_was_asked(cadre, bureau, old):
    saved = save(bureau.cadre)
    assert "Delete “" in cadre.get(f"/search/saved/{saved.pk}/delete/").text
    assert SavedSearch.objects.exists()
    cadre.post(f"/search/saved/{saved.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in(client, bureau, old, path, method):
    saved = save(bureau.cadre)
    answer = getattr(client, method)(path.format(pk=saved.pk))
    assert answer.url.startswith("/login/")


@pytest.mark.parametrize("path", PATHS[2:])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_persons_search_is_an_address_that_is_none(client, bureau, old, path, method):
    saved = save(bureau.cadre)
    client.force_login(bureau.cadre2)
    assert getattr(client, method)(path.format(pk=saved.pk)).status_code == 404
    assert SavedSearch.objects.filter(pk=saved.pk, name=saved.name).exists()


def test_another_persons_searches_are_not_in_the_list(client, bureau, old):
    save(bureau.cadre, name="别人的")
    client.force_login(bureau.cadre2)
    page = client.get("/search/saved/").text
    assert ("别人的" in page, "You have not saved a search yet." in page) == (False, True)


def test_results_offer_to_be_saved_to_who_has_signed_in(client, bureau, old):
    assert "/search/saved/add/" not in client.get("/search/", {"q": QUERY}).text
    client.force_login(bureau.cadre)
    assert f"/search/saved/add/?{urlencode({'q': QUERY})}" in client.get("/search/", {"q": QUERY}).text


def test_an_account_without_an_address_is_told_so(cadre, bureau, old):
    save(bureau.cadre)
    type(bureau.cadre).objects.update(email="")
    assert "no e-mail address" in cadre.get("/search/saved/").text


def test_a_search_that_is_none_is_explained_on_the_page_of_results(cadre, old):
    page = cadre.get("/search/saved/add/", {"q": QUERY, "sort": "x"}, follow=True)
    assert (page.status_code, "“sort” is one of" in page.text) == (400, True)
