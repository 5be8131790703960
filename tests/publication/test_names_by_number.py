"""The office answers for what it may not read: its screens of one matter name it by number, whoever counts them."""

import pytest
from django.urls import reverse

from intranet.publication.route_records.objections import ObjectionRefused, enter_objection
from tests.factories import draft_matter, live_matter

TITLE = "不对办公室公开的标题"


def of_leaders(bureau):
    """A live matter that the leading group alone reads."""
    return live_matter(bureau.licensing, title=TITLE, category="N2", type_code="notice", visibility="leaders")


def screen(client, person, view, matter):
    client.force_login(person)
    return client.get(reverse(f"publication:{view}", args=[matter.pk]))


def test_the_records_of_a_draft_name_it_to_the_office_by_number(bureau, client):
    draft = draft_matter(bureau.licensing, title=TITLE, category="E5", type_code="report")
    page = screen(client, bureau.office, "records", draft).content.decode()
    assert (TITLE in page, draft.index_number in page) == (False, True)


def test_the_records_of_a_draft_name_it_to_its_drafters_by_title(bureau, client):
    draft = draft_matter(bureau.licensing, title=TITLE, category="E5", type_code="report")
    assert TITLE in screen(client, bureau.liaison, "records", draft).content.decode()


@pytest.mark.parametrize("view", ["withdraw", "enter_objection"])
def test_what_leaders_alone_read_is_named_to_the_office_by_number(bureau, client, view):
    matter = of_leaders(bureau)
    page = screen(client, bureau.office, view, matter).content.decode()
    assert (TITLE in page, matter.index_number in page) == (False, True)


def test_a_withdrawal_by_the_office_is_answered_by_number(bureau, client):
    matter = of_leaders(bureau)
    client.force_login(bureau.office)
    posted = {"reason": "有误", "at_once": "on"}
    response = client.post(reverse("publication:withdraw", args=[matter.pk]), posted, follow=True)
    assert (TITLE in response.content.decode(), matter.index_number in response.content.decode()) == (False, True)


def test_an_objection_to_what_leaders_alone_read_is_named_to_the_office_by_number(bureau, client):
    matter = of_leaders(bureau)
    made = enter_objection(matter, text="不符", channel="letter", by=bureau.head)
    client.force_login(bureau.office)
    addresses = [reverse("publication:objections"), reverse("publication:objection", args=[made.pk])]
    assert [TITLE in client.get(address).content.decode() for address in addresses] == [False, False]


@pytest.mark.parametrize("who", ["office", "head"])
def test_an_objection_to_a_draft_is_entered_by_nobody(bureau, client, who):
    draft = draft_matter(bureau.licensing, title=TITLE, category="N4", type_code="notice", visibility="staff")
    assert screen(client, getattr(bureau, who), "enter_objection", draft).status_code == 404


def test_an_objection_to_what_is_no_notice_is_entered_by_nobody(bureau, client):
    assert screen(client, bureau.head, "enter_objection", live_matter(bureau.licensing)).status_code == 404


def test_nor_beside_the_screen(bureau):
    with pytest.raises(ObjectionRefused, match="a notice that was disclosed"):
        enter_objection(live_matter(bureau.licensing), text="不符", channel="letter", by=bureau.head)
