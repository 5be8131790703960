"""Personal data: an identity number stops what the public would read, other numbers are doubtful."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.disclosure.attachment_text import prepare_texts
from intranet.disclosure.going_live import PublicationRefused
from intranet.publication.release import release_imported
from intranet.publication.scrutiny.personal_data import _has_a_birthday
from search.demand.masking import IDENTITY_NUMBER, MOBILE_NUMBER, found_in, masked
from tests.factories import attach, draft_matter

IDENTITY = "11010519491231002X"
HIDDEN = "110…2X"
MOBILE = "13812345678"
CARD = "6222020200012345613"


def paragraph(text):
    return [("paragraph", f"<p>{text}</p>")]


@pytest.mark.parametrize("written", [IDENTITY, "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"])
def test_an_identity_number_is_an_error_in_whatever_form(drafted, written):
    assert [weight for weight, _ in drafted("personal_data", body=paragraph(f"身份证{written}。"))] == ["ERROR"]


def test_a_finding_does_not_repeat_the_number(drafted):
    assert drafted("personal_data", body=paragraph(IDENTITY)) == [("ERROR", HIDDEN)]


TABLE = {"data": [["姓名"]], "table_header_choice": "row", "table_caption": f"张某 {IDENTITY}"}


@pytest.mark.parametrize(
    "written",
    [
        {"correction": f"更正{IDENTITY}"},
        {"document_number": f"州安监〔2026〕{IDENTITY}"},
        {"slug": f"matter-{IDENTITY.lower()}"},
        {"body": [("table", TABLE)]},
        {"body": [("paragraph", f'<p><a href="https://example.cn/{IDENTITY}">查询</a></p>')]},
        {"type_code": "guide", "category": "E4", "hours": f"找{IDENTITY}"},
    ],
    ids=["correction", "document number", "address", "table's caption", "link's target", "hours"],
)
def test_wherever_it_is_written(drafted, written):
    said = {"prepare": lambda matter: setattr(matter, "slug", written["slug"])} if "slug" in written else written
    assert [weight for weight, _quoted in drafted("personal_data", **said)] == ["ERROR"]


def test_in_the_title_of_an_attachment_too(bureau, drafted):
    found = drafted("personal_data", prepare=lambda matter: attach(matter, b"x", title=f"{IDENTITY}申请书"))
    assert [weight for weight, _quoted in found] == ["ERROR"]


def test_a_mobile_number_behind_a_link_is_doubtful(drafted):
    body = [("paragraph", f'<p><a href="tel:{MOBILE}">联系我们</a></p>')]
    assert drafted("personal_data", body=body) == [("WARNING", "138…78")]


@pytest.mark.parametrize("number", ["110105194912310021", "110105194913310028", "123456789012345678"])
def test_eighteen_digits_are_not_an_identity_number_by_themselves(drafted, number):
    assert [weight for weight, _ in drafted("personal_data", body=paragraph(number))] != ["ERROR"]


def test_a_mobile_number_is_doubtful(drafted):
    assert drafted("personal_data", summary=f"联系人{MOBILE}") == [("WARNING", "138…78")]


def test_the_telephone_of_an_office_is_not(drafted):
    assert drafted("personal_data", summary="电话0941-8213456") == []


def test_a_bank_card_is_doubtful(drafted):
    assert drafted("personal_data", summary=f"账号{CARD}") == [("WARNING", "622…13")]


@pytest.mark.parametrize("visibility", ["staff", "department", ""])
def test_what_the_public_does_not_read_is_not_looked_through(drafted, visibility):
    category = "N3" if visibility else "E2"
    found = drafted(
        "personal_data", body=paragraph(IDENTITY), category=category, type_code="notice", visibility=visibility
    )
    assert found == []


def test_an_attachment_is_looked_through_and_named(drafted):
    def attach_and_read(matter):
        prepare_texts([attach(matter, IDENTITY.encode(), title="名单")])

    assert drafted("personal_data", prepare=attach_and_read) == [("ERROR", f"名单: {HIDDEN}")]


def test_an_import_of_it_does_not_pass_the_gate(bureau):
    matter = draft_matter(bureau.licensing, summary=IDENTITY)
    with pytest.raises(PublicationRefused, match="identity card"):
        release_imported(matter, by=None, reason="test")


@given(st.text(alphabet="0123456789xX -—.一二公安", max_size=60))
@settings(max_examples=300)
def test_nothing_that_is_found_survives_masking(text):
    found = found_in(text, (IDENTITY_NUMBER, MOBILE_NUMBER))
    assert all(number not in masked(text).text for number in found)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2026, 1, 1)))
def test_every_day_of_the_last_hundred_years_can_be_a_birthday(day):
    assert _has_a_birthday(f"110105{day:%Y%m%d}0021")


@pytest.mark.parametrize("places", ["19491331", "18991231", "29990101", "19490230"])
def test_what_is_no_day_of_anybody_living_cannot(places):
    assert not _has_a_birthday(f"110105{places}0021")
