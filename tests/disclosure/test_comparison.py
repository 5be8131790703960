"""What two versions differ in, told in the words of the editor: forms, elements, files, audience and days."""

from copy import deepcopy

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from intranet.disclosure.comparison import paired
from intranet.disclosure.models import MatterElement
from tests.disclosure.particulars.samples import VEHICLES, stored
from tests.factories import attach, draft_matter


@pytest.fixture
def compared(bureau, client):
    """Wagtail's screen that compares the matter's last version with the one before."""

    def screen(matter):
        older, newer = list(matter.revisions.order_by("pk").values_list("pk", flat=True))[-2:]
        client.force_login(bureau.liaison)
        address = reverse("wagtailadmin_pages:revisions_compare", args=[matter.pk, older, newer])
        return client.get(address)

    return screen


def told(response):
    """The label of each difference with what is said of it, as text."""
    return {
        str(one.field_label()): " ".join(strip_tags(str(one.htmldiff())).split())
        for one in response.context["comparison"]
    }


@pytest.fixture
def month(bureau):
    return draft_matter(
        bureau.licensing, category="N9", type_code="report", visibility="staff", particulars=stored(VEHICLES)
    )


def refilled(matter, change):
    content = deepcopy(VEHICLES)
    change(content)
    matter.particulars = stored(content)
    matter.save_revision()
    return matter


def test_a_cell_of_a_form_is_told_with_what_it_was(compared, month):
    refilled(month, lambda form: form["rows"][0].update(kilometres="2999"))
    said = told(compared(month))["Particulars"]
    assert ("Kilometres" in said, "2,146" in said, "2,999" in said, "1 row is as it was." in said) == (True,) * 4


def test_a_row_of_a_form_that_is_gone_is_told(compared, month):
    refilled(month, lambda form: form["rows"].pop())
    said = told(compared(month))["Particulars"]
    assert ("removed" in said, "甘P·D00521" in said, "甘P·00138" in said) == (True, True, False)


def test_a_row_of_a_form_that_is_new_is_told(compared, month):
    refilled(month, lambda form: form["rows"].append({**form["rows"][0], "vehicle": "甘P·00200"}))
    said = told(compared(month))["Particulars"]
    assert ("added" in said, "甘P·00200" in said) == (True, True)


def test_rows_in_another_order_are_no_change(compared, month):
    refilled(month, lambda form: form["rows"].reverse())
    assert "Particulars" not in told(compared(month))


def test_what_stands_above_the_rows_is_told(compared, month):
    refilled(month, lambda form: form.update(month="2026-02"))
    said = told(compared(month))["Particulars"]
    assert ("Month" in said, "2026-01" in said or "01" in said) == (True, True)


def test_no_names_of_columns_as_they_are_stored_are_shown(compared, month):
    refilled(month, lambda form: form["rows"][0].update(kilometres="2999"))
    assert "per_hundred" not in compared(month).content.decode()


@pytest.fixture
def matter(bureau):
    made = draft_matter(bureau.licensing, author=bureau.liaison)
    attach(made, "甲".encode(), name="a.txt", title="附件")
    return made


def test_a_file_that_is_new_is_told_by_its_name(compared, matter):
    attach(matter, "乙".encode(), name="b.txt", title="附件二")
    assert told(compared(matter))["Attachments"].startswith("added 附件二 (b")


def test_a_file_that_is_gone_is_told_by_its_name(compared, matter):
    matter.attachments.clear()
    matter.save_revision()
    assert told(compared(matter))["Attachments"].startswith("removed 附件 (a")


def test_another_file_under_the_same_name_is_told_as_replaced(compared, matter):
    matter.attachments.clear()
    attach(matter, "另一份".encode(), name="a.txt", title="附件")
    assert told(compared(matter))["Attachments"].startswith("replaced")


def test_an_element_is_told_with_what_it_said(compared, matter):
    matter.elements.add(MatterElement(element="time_limit", value="十日"))
    matter.save_revision()
    row = matter.elements.get()
    row.value = "五日"
    matter.elements.add(row)
    matter.save_revision()
    said = told(compared(matter))["Elements that the category asks for"]
    assert ("changed" in said, "十日" in said, "五日" in said) == (True, True, True)


def test_audience_and_days_are_told_in_words(compared, matter):
    matter.visibility, matter.formed_on, matter.effective_from = "staff", None, matter.formed_on
    matter.save_revision()
    said = told(compared(matter))
    assert (said["Formed on"], said["Effective from"]) == ("Jan. 5, 2026—", "—Jan. 5, 2026")
    assert said["Audience"] == "the publicthe whole bureau"


def test_what_stands_for_the_same_is_found_by_the_first_key_that_tells():
    before, after = ["a1", "b1"], ["b2", "c1", "a1"]
    assert paired(before, after, str, lambda one: one[0]) == [("b1", "b2"), (None, "c1"), ("a1", "a1")]
