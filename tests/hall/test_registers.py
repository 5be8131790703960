"""The hall's registers: who reads what of them, searched, printed, taken away."""

import csv
import io

import pytest
from django.urls import reverse

from intranet.audit.models import AuditEntry
from intranet.hall.inquiries import asking
from intranet.hall.life import deciding
from intranet.hall.models import MaterialsNotice, NegativeFiling
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import item_of

REGISTERS = ["notices", "filings", "inquiries"]


@pytest.fixture
def filled(hall):
    """A case of each of two departments in each register."""
    finance = hall.bureau.finance
    other = item_of(finance, code="CW-001")
    accountant = person_in(finance, Post.Kind.CLERK, username="accountant")
    hall.notified()
    hall.notified(item=other)
    hall.filed()
    asking.ask("营业执照复印件要几份？", by=hall.handler, item=hall.item)
    asking.ask("收费标准在哪里看？", by=accountant, item=other)
    hall.accountant = accountant
    return hall


def page(client, name, person, **asked):
    client.force_login(person)
    return client.get(reverse(f"hall_registers:{name}"), asked)


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("who", ["clerk", "handler", "head"])
def test_who_reads_cases_reads_their_registers(filled, client, name, who):
    shown = page(client, name, getattr(filled, who)).content.decode()
    words = {"notices": "复印件加盖公章", "filings": "无安全设施", "inquiries": "营业执照复印件要几份"}
    assert words[name] in shown


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("who", ["cadre", "liaison", "office", "leader"])
def test_nobody_else_does(filled, client, name, who):
    assert page(client, name, getattr(filled.bureau, who)).status_code == 302


@pytest.mark.parametrize("name", REGISTERS)
def test_a_department_reads_its_own_rows_alone(filled, client, name):
    rows = page(client, name, filled.accountant).context["object_list"]
    assert [row for row in rows if "AQ-001" in str(getattr(row, "item", None) or row.case.item)] == []


@pytest.mark.parametrize(
    ("name", "asked", "count"),
    [
        ("notices", {}, 2),
        ("notices", {"words": "公章"}, 2),
        ("notices", {"words": "没有的话"}, 0),
        ("notices", {"given_on_to": "2020-01-01"}, 0),
        ("filings", {"words": "条例第六条"}, 1),
        ("filings", {"prepared_at_from": "2099-01-01"}, 0),
        ("filings", {"signature": "waiting"}, 1),
        ("filings", {"signature": "signed"}, 0),
        ("inquiries", {"words": "收费"}, 1),
        ("inquiries", {"state": "open"}, 2),
        ("inquiries", {"state": "overdue"}, 0),
    ],
)
def test_a_register_is_searched_and_filtered(filled, client, name, asked, count):
    assert len(page(client, name, filled.clerk, **asked).context["object_list"]) == count


@pytest.mark.parametrize(("name", "count"), [("notices", 1), ("filings", 1), ("inquiries", 1)])
@pytest.mark.parametrize("by", ["item", "department"])
def test_a_register_is_filtered_by_item_and_department(filled, client, name, count, by):
    key = filled.item.pk if by == "item" else filled.bureau.licensing.pk
    assert len(page(client, name, filled.clerk, **{by: key}).context["object_list"]) == count


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_names_no_applicant(filled, client, name):
    for asked in ({}, {"print": "1"}, {"export": "csv"}):
        text = b"".join(page(client, name, filled.clerk, **asked)).decode()
        assert "李小明" not in text


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("asked", [{"print": "1"}, {"export": "csv"}])
def test_taking_a_register_away_is_logged(filled, client, name, asked):
    answer = page(client, name, filled.clerk, **asked)
    entry = AuditEntry.objects.filter(action="hall.register.export").get()
    assert (answer.status_code, entry.person_name, entry.facts["register"]) == (200, "window-clerk", name)


@pytest.mark.parametrize("name", REGISTERS)
def test_the_csv_has_the_columns_of_the_paper(filled, client, name):
    text = b"".join(page(client, name, filled.clerk, export="csv")).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    printed = page(client, name, filled.clerk, print="1")
    assert rows[0] == [str(heading) for heading in printed.context["headings"]]
    assert len(rows) == 1 + len(printed.context["object_list"])


def test_the_paper_says_what_it_leaves_out(filled, client, monkeypatch):
    assert "are on this paper" not in page(client, "notices", filled.clerk, print="1").text
    monkeypatch.setattr("intranet.hall.registers.register.ON_PAPER", 1)
    assert "Only the first 1 are on this paper; 1 more is not." in page(client, "notices", filled.clerk, print="1").text


@pytest.mark.parametrize("how", [str, str.lower, lambda number: f" {number}", lambda number: number.replace("N", "Ｎ")])
def test_a_notice_is_found_by_the_number_on_its_paper(filled, client, how):
    notice = MaterialsNotice.objects.order_by("pk").first()
    assert list(page(client, "notices", filled.clerk, words=how(notice.number)).context["object_list"]) == [notice]


def test_a_case_is_found_by_a_number_typed_in_full_width(filled, client):
    number = filled.notified().number
    wide = number.replace("-", "－").translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert len(page(client, "notices", filled.clerk, words=wide).context["object_list"]) == 1


def test_the_paper_says_by_what_its_rows_were_chosen(filled, client):
    asked = {"print": "1", "given_on_from": "2026-01-01", "given_on_to": "2099-12-31"}
    assert "Period: 2026-01-01 – 2099-12-31" in page(client, "notices", filled.clerk, **asked).content.decode()


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_takes_fewer_than_twenty_queries_however_long(filled, client, django_assert_max_num_queries, name):
    for _time in range(3):
        filled.notified(), filled.filed(), asking.ask("还有一问", by=filled.clerk)
    page(client, name, filled.clerk)
    with django_assert_max_num_queries(19):
        client.get(reverse(f"hall_registers:{name}"))


@pytest.mark.parametrize("name", ["filings", "inquiries"])
def test_a_day_that_is_no_moment_is_no_error_of_the_server(filled, client, name):
    field = {"filings": "prepared_at_from", "inquiries": "asked_on_from"}[name]
    assert page(client, name, filled.clerk, **{field: "0001-01-01"}).status_code == 200


def test_a_filing_of_a_case_that_was_granted_says_so(hall, client):
    case = hall.filed()
    deciding.grant(case, by=hall.handler, document_number="甘安许〔2026〕1号")
    assert "not signed: the case is granted" in page(client, "filings", hall.clerk).text


def test_the_registers_stand_in_the_halls_menu(filled, client):
    client.force_login(filled.clerk)
    text = client.get("/admin/").content.decode()
    assert [name for name in REGISTERS if reverse(f"hall_registers:{name}") not in text] == []
    assert (MaterialsNotice.objects.count(), NegativeFiling.objects.count()) == (2, 1)


@pytest.mark.parametrize("register", ["notices", "filings", "inquiries"])
def test_an_empty_register_says_how_something_comes_into_it(hall, client, register):
    client.force_login(hall.handler)
    address = reverse(f"hall_registers:{register}")
    empty, filtered = (client.get(address, asked).context["no_results_message"] for asked in ({}, {"words": "AQ-999"}))
    assert ("yet" in str(empty), "filter" in str(filtered)) == (True, True)


def test_the_log_of_what_was_taken_away_keeps_no_words_that_were_looked_for(hall, client):
    client.force_login(hall.handler)
    client.get(reverse("hall_registers:notices"), {"words": "李小明", "export": "csv"})
    entry = AuditEntry.objects.filter(facts__register="notices").get()
    assert entry.facts["asked"] == "words=*&export=csv"
