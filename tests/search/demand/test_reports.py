"""What the office is told of what people look for."""

import csv
import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from search.demand.models import Asking, Opening, Verdict
from search.demand.querysets import this_hour
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
REPORTS = ["most_asked", "without_result", "abandoned", "least_helpful"]


def asked(text: str, session: str, *, days_ago: int = 1, **fields: object) -> Asking:
    fields = {"side": "public", "language": "zh-hans", "engine": "embedded", "results_from": 1, **fields}
    return Asking.objects.create(text=text, session=session, asked_at=this_hour() - timedelta(days=days_ago), **fields)


@pytest.fixture
def log(bureau) -> None:
    """Three sessions: two asked 许可证 and opened nothing or something, one found nothing and tried otherwise."""
    asked("许可证", "a")
    Opening.objects.create(asking=asked("许可证", "b", side="cadre"), key="matter:7", position=1)
    nothing = asked("执照延期", "c", results_from=0, days_ago=20)
    asked("licence", "c", language="en", results_from=11, days_ago=20)
    Verdict.objects.create(asking=nothing, is_helpful=False, words="要延期的表")


@pytest.fixture
def desk(client, bureau):
    client.force_login(bureau.office)
    return client


def rows(client, report: str, **params: str) -> list[dict[str, str]]:
    answer = client.get(reverse(f"demand:{report}"), {**params, "export": "csv"})
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


def test_most_asked_counts_sessions_and_what_came_of_them(desk, log):
    assert rows(desk, "most_asked")[0] == {
        "Words": "许可证", "Asked": "2", "Results": "1–10", "Opened": "1", "Asked anew": "0", "Abandoned": "1",
    }  # fmt: skip


def test_what_was_asked_without_result_is_listed(desk, log):
    assert [(row["Words"], row["Asked anew"]) for row in rows(desk, "without_result")] == [("执照延期", "1")]


def test_what_was_abandoned_is_listed(desk, log):
    assert {row["Words"]: row["Abandoned"] for row in rows(desk, "abandoned")} == {"许可证": "1", "licence": "1"}


def test_what_was_not_helpful_is_listed_with_the_words_left(desk, log):
    (row,) = rows(desk, "least_helpful")
    assert (row["Words"], row["Not helpful"], row["Words left"]) == ("执照延期", "1", "要延期的表")


def test_each_line_opens_the_search(desk, log):
    assert 'href="/search/?q=licence"' in desk.get(reverse("demand:most_asked")).text


@pytest.mark.parametrize(("label", "field"), [("Add a synonym", "words"), ("Pin a matter", "query")])
def test_words_without_result_lead_to_what_mends_them(desk, log, label, field):
    html = desk.get(reverse("demand:without_result")).text
    address = unescape(re.search(rf'href="([^"]+)">{label}', html)[1])
    assert desk.get(address).context["form"][field].value() == "执照延期"


def test_masked_words_are_named_and_open_nothing(desk, log):
    asked("[phone] 举报", "d", is_masked=True)
    html = desk.get(reverse("demand:most_asked")).text
    assert ("[telephone number] 举报" in html, "%5Bphone%5D" in html) == (True, False)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"side": "cadre"}, {"许可证"}),
        ({"language": "en"}, {"licence"}),
        ({"asked_at_from": "{recent}"}, {"许可证"}),
        ({"asked_at_to": "{recent}"}, {"执照延期", "licence"}),
    ],
)
def test_a_report_is_filtered_before_it_is_counted(desk, log, params, words):
    recent = f"{this_hour() - timedelta(days=10):%Y-%m-%d}"
    asked_for = {name: value.format(recent=recent) for name, value in params.items()}
    assert {row["Words"] for row in rows(desk, "most_asked", **asked_for)} == words


def test_a_report_is_exported_as_a_workbook(desk, log):
    answer = desk.get(reverse("demand:most_asked"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert [cell.value for cell in sheet[2]][:2] == ["许可证", 2]


@pytest.mark.parametrize("report", REPORTS)
def test_an_empty_report_says_what_that_means(desk, bureau, report):
    html = desk.get(reverse(f"demand:{report}")).text
    assert "There are no" not in html
    assert "90 days" in html or "every page of results" in html


@pytest.mark.parametrize("report", REPORTS)
def test_superusers_see_the_reports(client, log, report):
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse(f"demand:{report}")).status_code == 200


@pytest.mark.parametrize("person", ["head", "liaison"])
@pytest.mark.parametrize("path", ["", "_results"])
def test_nobody_else_at_the_desk_sees_them(client, bureau, log, person, path):
    client.force_login(getattr(bureau, person))
    answers = [client.get(reverse(f"demand:{report}{path}"), {"export": "csv"}) for report in REPORTS]
    assert [answer.url for answer in answers] == [reverse("wagtailadmin_home")] * len(REPORTS)


def test_the_menu_offers_them_to_the_office_alone(client, bureau):
    client.force_login(bureau.office)
    with_reports = client.get(reverse("wagtailadmin_home")).text
    client.force_login(bureau.head)
    without = client.get(reverse("wagtailadmin_home")).text
    assert ("/reports/searches/" in with_reports, "/reports/searches/" in without) == (True, False)


def test_one_group_of_the_menu_has_all_about_search_in_the_order_of_its_use(desk, bureau):
    page = desk.get(reverse("wagtailadmin_home")).text
    group = page.partition('"Search upkeep"')[2]
    ours = r'"(synonyms|pins-and-exclusions|curation-try|searches-[a-z_]+|index-state|curation-history)"'
    names = re.findall(ours, group)
    assert names == [
        *("synonyms", "pins-and-exclusions", "curation-try", "searches-most_asked", "searches-without_result"),
        *("searches-abandoned", "searches-least_helpful", "index-state", "curation-history"),
    ]


def test_no_report_tells_which_matter_was_opened(desk, log):
    pages = [desk.get(reverse(f"demand:{report}")).text for report in REPORTS]
    assert [page for page in pages if "matter:7" in page] == []
