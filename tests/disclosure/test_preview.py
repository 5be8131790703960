"""The preview of a draft: by whose eyes, on which paper, and for whom."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from intranet.access.tokens import AnyCadre, tokens_of
from intranet.disclosure.models import MatterPage
from intranet.disclosure.preview import MODES
from tests.factories import draft_matter, live_matter, person_in

TEXT = "储存量不得超过核定数量"
SEEN = {
    "public": {"", "public", "cadre", "colleague", "print"},
    "staff": {"", "cadre", "colleague", "print"},
    "department": {"", "colleague", "print"},
    "leaders": {"", "print"},
    "": {"", "print"},
}


def drafted(bureau, visibility) -> MatterPage:
    category = "E2" if visibility == "public" else "N2"
    return draft_matter(
        bureau.licensing, author=bureau.liaison, visibility=visibility, category=category, body=[("heading", TEXT)]
    )


def shown(client, matter, mode):
    return client.get(reverse("wagtailadmin_pages:view_draft", args=[matter.pk]), {"mode": mode}).content.decode()


@pytest.mark.parametrize("visibility", SEEN)
def test_a_reader_is_shown_what_such_a_reader_would_get(bureau, client, visibility):
    matter = drafted(bureau, visibility)
    client.force_login(bureau.liaison)
    assert {mode for mode, _ in MODES if TEXT in shown(client, matter, mode)} == SEEN[visibility]


def test_who_would_get_nothing_is_told_so_in_words_and_without_the_title(bureau, client):
    matter = drafted(bureau, "leaders")
    client.force_login(bureau.liaison)
    page = shown(client, matter, "public")
    assert [words in page for words in ("Such a reader gets nothing", "leading group", matter.title)] == [
        True,
        True,
        False,
    ]


def test_without_an_audience_it_says_that_nobody_will_find_it(bureau, client):
    client.force_login(bureau.liaison)
    assert "nobody will find it" in shown(client, drafted(bureau, ""), "cadre")


def test_the_public_is_shown_no_name_and_no_way_to_the_desk(bureau, client):
    client.force_login(bureau.liaison)
    page = shown(client, drafted(bureau, "public"), "public")
    assert (bureau.liaison.get_full_name() in page, reverse("wagtailadmin_home") in page) == (False, False)


def test_what_it_leads_to_is_what_the_public_may_read(bureau, client):
    matter = drafted(bureau, "public")
    inner = live_matter(
        bureau.licensing, visibility="staff", category="N2", type_code="notice", title="内部译本", language="en"
    )
    MatterPage.objects.filter(pk=inner.pk).update(translation_of=matter.pk)
    client.force_login(bureau.liaison)
    assert [inner.url in shown(client, matter, mode) for mode in ("public", "cadre")] == [False, True]


def test_in_print_it_wears_the_styles_of_paper(bureau, client):
    client.force_login(bureau.liaison)
    matter = drafted(bureau, "public")
    assert ["print.css" in shown(client, matter, mode) for mode in ("print", "public")] == [True, False]


def test_a_mode_that_there_is_not_shows_the_draft(bureau, client):
    client.force_login(bureau.liaison)
    assert TEXT in shown(client, drafted(bureau, "leaders"), "superuser")


def test_one_of_its_sizes_is_that_of_a_phone(bureau):
    assert any(size["device_width"] < 400 for size in drafted(bureau, "public").preview_sizes)


@pytest.mark.parametrize("mode", [mode for mode, _ in MODES])
@pytest.mark.parametrize("who", ["cadre", "cadre2", "leader", "office", "liaison2", None])
def test_a_preview_is_its_editors_alone(bureau, client, mode, who):
    matter = drafted(bureau, "public")
    if who is not None:
        client.force_login(
            person_in(bureau.finance, "liaison") if who == "liaison2" else getattr(bureau, who),
        )
    for view in ("view_draft", "preview_on_edit"):
        response = client.get(reverse(f"wagtailadmin_pages:{view}", args=[matter.pk]), {"mode": mode}, follow=True)
        assert TEXT not in response.content.decode()


def test_nobody_in_particular_carries_what_every_cadre_does(bureau):
    assert tokens_of(AnyCadre()) == {"public", "staff"} < tokens_of(bureau.cadre)
    assert tokens_of(AnyCadre("licensing")) == {"public", "staff", "department:licensing"} < tokens_of(bureau.cadre)
    assert tokens_of(AnonymousUser()) == {"public"}


def test_the_previewed_reader_is_forgotten_with_the_preview(bureau, client):
    client.force_login(bureau.liaison)
    matter = drafted(bureau, "public")
    shown(client, matter, "public")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[matter.pk])).status_code == 200
