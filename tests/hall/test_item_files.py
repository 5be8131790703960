"""Service items as a file: looked at before it is written, refused by cell, taken in whole, the same both ways."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.chart import BarChart

from intranet.audit.models import AuditEntry
from intranet.disclosure.models import AttachedDocument
from intranet.hall.item_files.applying import PlanChanged, look_at, take_in
from intranet.hall.item_files.columns import COLUMNS
from intranet.hall.item_files.parts import cell_of, parts_in
from intranet.hall.item_files.tables import MERGED, as_csv, as_workbook, rows_of_file
from intranet.hall.item_files.writing import file_of_items, rows_of_items, template
from intranet.hall.models import ItemMaterial, ItemVersion, ServiceItem
from intranet.refusals import Refused
from tests.factories import draft_matter, live_matter
from tests.hall.cases import LONG_AGO, item_of, today

IMPORT = reverse("hall_item_files:import")
SHEET = "xl/worksheets/sheet1.xml"
TOMORROW = today() + timedelta(days=1)
NEW = {
    "code": "AQ-009", "kind": "licence", "department": "licensing", "name_zh": "矿山安全许可",
    "valid_from": "2026-01-01", "legal_basis": "行政许可法", "who_may_apply": "矿山企业", "legal_days": "20",
    "promised_days": "15", "materials": "申请书\n营业执照 | 复印件 | 2 | 市场监督管理局 | 是 | 是",
    "stages": "现场核查 | 许可科 | 10 | 5",
}  # fmt: skip


def rows(*asked):
    """The rows of a file with all columns."""
    return [[column.name for column in COLUMNS], *([row.get(column.name, "") for column in COLUMNS] for row in asked)]


def row_of(item, **changes):
    """The item's row as it is exported, changed."""
    with override("en"):
        [stored] = [row for row in rows_of_items()[1:] if row[0] == item.code]
    return dict(zip((column.name for column in COLUMNS), stored, strict=True)) | changes


def faults(*asked, by=None):
    with override("en"):
        return [str(fault) for fault in look_at(rows(*asked), by=by).faults]


def versions(item):
    return [(one.valid_from, one.valid_to, one.promised_days) for one in item.versions.order_by("valid_from")]


# What it does


def test_a_new_code_is_a_new_item_with_its_version_materials_and_stages(bureau):
    take_in(rows(NEW), by=bureau.office)
    version = ServiceItem.objects.get(code="AQ-009").versions.get()
    materials = [(row.name, row.form, row.copies, row.source, row.is_deferrable) for row in version.materials.all()]
    assert materials == [("申请书", "original", 1, "", False), ("营业执照", "copy", 2, "市场监督管理局", True)]
    assert ([stage.name for stage in version.stages.all()], version.notice_days) == (["现场核查"], 5)


def test_looking_writes_nothing(bureau):
    assert look_at(rows(NEW), by=bureau.office).counts == {"created": 1, "changed": 0, "unchanged": 0}
    assert not ServiceItem.objects.exists()


def test_twice_is_the_same_as_once(bureau):
    take_in(rows(NEW), by=bureau.office)
    assert take_in(rows(NEW), by=bureau.office).counts == {"created": 0, "changed": 0, "unchanged": 1}


def test_a_version_that_no_case_has_is_changed(hall):
    take_in(rows(row_of(hall.item, promised_days="10")), by=hall.clerk)
    assert versions(hall.item) == [(LONG_AGO, None, 10)]


def test_a_version_that_a_case_has_stays_and_the_next_one_begins_tomorrow(hall):
    case, asked = hall.received(), rows(row_of(hall.item, promised_days="10"))
    take_in(asked, by=hall.clerk)
    assert versions(hall.item) == [(LONG_AGO, today(), 15), (TOMORROW, None, 10)]
    case.refresh_from_db()
    assert (case.version.promised_days, case.version.materials.count()) == (15, 3)
    assert take_in(asked, by=hall.clerk).counts["unchanged"] == 1


def test_a_last_day_at_the_end_of_all_days_is_read_again(bureau):
    item = item_of(bureau.licensing)
    item.versions.update(valid_to=date.max)
    assert faults(row_of(item)) == []


def test_a_row_of_a_later_day_ends_the_version_before_it(hall):
    hall.received()
    later = row_of(hall.item, valid_from=TOMORROW.isoformat(), promised_days="9")
    asked = rows(row_of(hall.item), later)
    take_in(asked, by=hall.clerk)
    assert versions(hall.item) == [(LONG_AGO, today(), 15), (TOMORROW, None, 9)]
    assert take_in(asked, by=hall.clerk).counts["unchanged"] == 1


def narrow(**changes):
    """A file that has the columns which must be there, and no other."""
    names = [column.name for column in COLUMNS if column.is_required]
    row = row_of(ServiceItem.objects.get(), **changes)
    return [names, [row[name] for name in names]]


@pytest.fixture
def elaborate(hall):
    """The hall's item, of which much is said that no column must be there for."""
    guide = live_matter(hall.bureau.licensing, category="E4", type_code="guide", title="许可证办事指南")
    ServiceItem.objects.filter(pk=hall.item.pk).update(guide=guide, name_en="Licence")
    hall.item.versions.update(notice_days=2, legal_days=45, promised_days=30, clock="receipt", result="许可证")
    return hall


def said_of(item):
    """What no column must be there for, of the item's newest version."""
    item = ServiceItem.objects.get(pk=item.pk)
    version = item.versions.order_by("-valid_from").first()
    terms = (version.notice_days, version.legal_days, version.clock, version.result)
    return (item.guide_id, item.name_en, *terms, [row.name for row in version.materials.all()])


def test_columns_that_a_file_does_not_have_change_nothing(elaborate):
    before = said_of(elaborate.item)
    assert look_at(narrow(), by=None).counts == {"created": 0, "changed": 0, "unchanged": 1}
    take_in(narrow(who_may_apply="矿山企业"), by=None)
    assert said_of(elaborate.item) == before


def test_a_new_version_says_what_the_one_before_it_says_where_the_file_has_no_column(elaborate):
    before = said_of(elaborate.item)
    take_in(narrow(valid_from=TOMORROW.isoformat(), promised_days="25"), by=None)
    assert (said_of(elaborate.item), elaborate.item.versions.count()) == (before, 2)


def test_a_cell_that_is_there_and_empty_is_what_it_says(elaborate):
    take_in(rows(row_of(elaborate.item, name_en="", result="")), by=None)
    kept = said_of(elaborate.item)
    assert (kept[1], kept[5]) == ("", "")


def test_a_promise_longer_than_the_limit_that_is_kept_is_refused(elaborate):
    with override("en"):
        told = [str(fault) for fault in look_at(narrow(promised_days="46"), by=None).faults]
    assert len(told) == 1
    assert "Row 2" in told[0]


def test_a_new_item_has_the_defaults_of_the_columns_that_are_not_there(bureau):
    names = [column.name for column in COLUMNS if column.is_required]
    take_in([names, [NEW[name] for name in names]], by=bureau.office)
    version = ServiceItem.objects.get(code="AQ-009").versions.get()
    assert (version.legal_days, version.notice_days, version.clock) == (20, 5, "acceptance")


def test_a_form_to_fill_in_stays_with_its_material(hall):
    form = AttachedDocument.objects.create(title="申请书样表", file=SimpleUploadedFile("a.txt", b"a"))
    hall.version.materials.filter(name="申请书").update(template=form)
    hall.received()
    take_in(rows(row_of(hall.item, promised_days="10")), by=hall.clerk)
    assert hall.item.versions.get(valid_to=None).materials.get(name="申请书").template == form


def test_the_dry_run_tells_each_cell_before_and_after(hall):
    [item] = look_at(rows(row_of(hall.item, promised_days="10", name_zh="安全许可")), by=None).items
    changes = [(change.before, change.after) for change in [*item.changes, *item.versions[0].changes]]
    assert changes == [("安全生产许可证核发", "安全许可"), ("15", "10")]


def test_it_is_written_down(hall):
    take_in(rows(NEW), by=hall.clerk, file_name="a.xlsx")
    entry = AuditEntry.objects.get(action="hall.items_imported")
    assert (entry.person_name, entry.facts) == (
        "window-clerk", {"file": "a.xlsx", "created": 1, "changed": 0, "unchanged": 0},
    )  # fmt: skip
    assert ItemVersion.objects.get(item__code="AQ-009").latest_revision.user == hall.clerk


# What it refuses


FAULTS = [
    ({"legal_days": "1,000"}, "Row 2, column “Legal time limit (working days)”: “1,000” holds a comma"),
    (
        {"promised_days": "30"},
        "column “Promised time limit (working days)”: The promised time limit is never longer",
    ),
    ({"notice_days": "6"}, "Ensure this value is less than or equal to 5"),
    ({"department": "nowhere"}, "column “Department”: There is no department with the code or the name “nowhere”"),
    ({"guide": "matter-none"}, "column “Service guide”: There is no guide with the identifier “matter-none”"),
    ({"who_may_apply": "企业等其他有关单位"}, "column “Who may apply”: Say exactly what is meant instead of"),
    ({"materials": "申请书\n其他材料"}, "column “Materials”: line 2: material: Say exactly what is meant"),
    ({"materials": "申请书\n申请书"}, "“申请书” stands twice"),
    ({"stages": "核查 | 科室 | 5 | 9"}, "column “Stages”: line 1: The promised time limit is never longer"),
    (
        {"stages": "审查 | 科室 | 10 | 5\n决定 | 科室 | 11 | 5"},
        "column “Stages”: By law the stages take 21 working days",
    ),
    ({"stages": "审查 | 科室 | 10 | 8\n决定 | 科室 | 10 | 8"}, "As promised the stages take 16 working days together"),
    ({"kind": "wish"}, "“wish” is none of: licence, confirmation, filing, payment"),
    ({"valid_from": "next year"}, "“next year” is no day: write it like 2026-01-31"),
    ({"valid_from": "2026-02-30"}, "“2026-02-30” is no day"),
    ({"valid_to": "2025-01-01"}, "The version ends before it begins"),
    ({"legal_basis": ""}, "column “Legal basis”: This cell is empty"),
    ({"code": "aq 9"}, "column “Code”: Use capitals, digits and hyphens"),
    ({"name_zh": MERGED}, "column “Name (Chinese)”: The cell is merged with others"),
]
"""What is wrong in a row, and what is said of it."""


def test_each_fault_is_told_by_its_cell(bureau):
    told = {said: faults(NEW | changes) for changes, said in FAULTS}
    assert {said: some for said, some in told.items() if len(some) != 1 or said not in some[0]} == {}


def test_the_same_item_of_the_same_day_twice_is_refused(bureau):
    assert faults(NEW, NEW) == ["Row 3, column “Valid from”: The same item from the same day is in row 2."]


def test_rows_of_one_item_say_the_same_of_it(bureau):
    told = faults(NEW, NEW | {"valid_from": "2027-01-01", "name_zh": "另一名称"})
    assert told == ["Row 3, column “Name (Chinese)”: The item says something else in row 2."]


def test_a_version_is_not_ended_before_its_last_case(hall):
    hall.received()
    told = faults(row_of(hall.item, valid_from="2021-01-01", promised_days="9"))
    assert "Cases were received after 2020-12-31 under the version from 2020-01-01" in told[0]


def test_an_item_with_cases_stays_of_its_kind_and_the_preview_says_so(hall):
    hall.received()
    told = faults(row_of(hall.item, kind="filing"))
    assert told == ["Row 2, column “Kind”: Cases were received for it: it stays what it is."]


def test_a_guide_that_the_person_does_not_read_is_as_one_that_is_not_there(bureau):
    draft = draft_matter(bureau.finance, category="E7", type_code="guide")
    guide = live_matter(bureau.licensing, category="E7", type_code="guide")
    asked = [NEW | {"guide": one.identifier} for one in (draft, guide)]
    assert [len(faults(row, by=bureau.office)) for row in asked] == [1, 0]


def test_headings_that_are_none_or_missing_are_told(bureau):
    with override("en"):
        told = [str(fault) for fault in look_at([["code", "colour"], ["AQ-1", "red"]], by=None).faults]
    assert told[0] == "Row 1: “colour” is no column of this list."
    assert told[1].startswith("Row 1: These columns are missing: Kind, Department")


def test_one_fault_keeps_everything_out(bureau):
    with pytest.raises(Refused, match="1,000"):
        take_in(rows(NEW, NEW | {"code": "AQ-010", "legal_days": "1,000"}), by=bureau.office)
    assert not ServiceItem.objects.exists()


def test_what_was_looked_at_is_what_is_done(hall):
    asked = rows(row_of(hall.item, promised_days="10"))
    looked_at = look_at(asked, by=None).digest
    hall.received()
    with pytest.raises(PlanChanged):
        take_in(asked, by=hall.clerk, looked_at=looked_at)
    assert versions(hall.item) == [(LONG_AGO, None, 15)]


# The file


def test_a_merged_cell_of_a_workbook_is_noticed():
    workbook = openpyxl.Workbook()
    workbook.active.append(["code", "kind"])
    workbook.active.append(["AQ-001", "licence"])
    workbook.active.append([None, "filing"])
    workbook.active.merge_cells("A2:A3")
    made = io.BytesIO()
    workbook.save(made)
    assert rows_of_file("a.xlsx", made.getvalue()) == [["code", "kind"], [MERGED, "licence"], [MERGED, "filing"]]


def with_part(workbook, part, how):
    """The workbook with this part of it changed; without it where nothing is left."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as whole, zipfile.ZipFile(made, "w") as changed:
        for name in whole.namelist():
            content = how(whole.read(name)) if name == part else whole.read(name)
            if content is not None:
                changed.writestr(name, content)
    return made.getvalue()


def damaged(part, how=lambda content: content[: len(content) // 2]):
    """A workbook with a list of items, one part of which is not as it should be."""
    return with_part(as_workbook({"items": rows(NEW), "codes": [["licence"]]}), part, how)


@pytest.mark.parametrize("covered", ["A1:C1048576", "A1:XFD1", "A:C", "A1:XFD1048576"])
def test_merged_whole_rows_and_columns_are_refused_before_the_workbook_is_opened(covered):
    merging = f'<mergeCells count="2"><mergeCell ref="{covered}"/><mergeCell ref="{covered}"/></mergeCells>'
    made = with_part(
        as_workbook({"items": [["code", "kind"]]}),
        SHEET,
        lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + merging.encode()),
    )
    with override("en"), pytest.raises(ValidationError, match="unmerge"):
        rows_of_file("a.xlsx", made)


def workbook_of(*lists, **cells):
    workbook = openpyxl.Workbook()
    for cells_of_row in lists:
        workbook.active.append(cells_of_row)
    for place, value in cells.items():
        workbook.active[place] = value
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


def test_a_formula_without_a_value_is_a_fault_of_its_cell(bureau):
    headings = [column.name for column in COLUMNS]
    place = headings.index("name_en") + 1
    values = [NEW.get(name, "") for name in headings]
    values[place - 1] = '=CONCAT("a","b")'
    with override("en"):
        read = look_at(rows_of_file("a.xlsx", workbook_of(headings, values)), by=None)
    assert [(fault.row, "formula" in str(fault)) for fault in read.faults] == [(2, True)]


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell():
    def computed(sheet):
        begins = sheet.index(b'<c r="B2"')
        ends = sheet.index(b"</c>", begins) + len(b"</c>")
        return sheet[:begins] + b'<c r="B2" t="str"><f>IF(1,"","x")</f><v></v></c>' + sheet[ends:]

    made = with_part(as_workbook({"items": [["code", "kind"], ["AQ-001", "x"]]}), SHEET, computed)
    assert rows_of_file("a.xlsx", made) == [["code", "kind"], ["AQ-001"]]


@pytest.mark.parametrize("shown", ["#N/A", "#REF!", "#NAME?", "#DIV/0!"])
@pytest.mark.parametrize("column", ["code", "name_en"])
def test_an_error_of_a_spreadsheet_is_no_value(bureau, shown, column):
    assert any("formula or its error" in told for told in faults(NEW | {column: shown}))


def test_a_row_that_explains_is_passed_over(bureau):
    assert look_at(rows(NEW, {"code": "# 以上为示例"}), by=None).faults == []


def test_only_the_first_sheet_is_read(bureau):
    workbook = openpyxl.Workbook()
    workbook.active.append(["code"])
    for _number in range(4000):
        other = workbook["Other"] if "Other" in workbook.sheetnames else workbook.create_sheet("Other")
        other.append(["x"] * 3)
    made = io.BytesIO()
    workbook.save(made)
    assert rows_of_file("a.xlsx", made.getvalue()) == [["code"]]


def test_a_size_that_a_workbook_claims_is_not_believed():
    made = with_part(
        as_workbook({"items": [["code", "kind"], ["AQ-001", "licence"]]}),
        SHEET,
        lambda sheet: sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1"'),
    )
    assert rows_of_file("a.xlsx", made)[1] == ["AQ-001", "licence"]


@pytest.mark.parametrize("before", [300, 10_000])
def test_a_damaged_character_is_refused_with_its_line(before):
    text = ("code,name_zh\n" + "AQ-000,安全\n" * before + "AQ-001,矿山安全许可\n").encode()
    place = text.rindex("矿".encode())
    with override("en"), pytest.raises(ValidationError, match=f"in line {before + 2} are damaged"):
        rows_of_file("a.csv", text[:place] + text[place + 1 :])


def test_a_long_beginning_of_plain_letters_does_not_hide_the_encoding():
    text = "code,name_zh\n" + "AQ-000,plain\n" * 6000 + "AQ-001,安全生产许可证核发的条件与材料\n"
    with override("en"), pytest.raises(ValidationError, match="rows"):
        rows_of_file("a.csv", text.encode("gb18030"))
    assert (
        "安全生产许可证"
        in rows_of_file(
            "a.csv", ("code,name_zh\n" + "a," + "p" * 70_000 + "\nb,安全生产许可证核发的条件与材料\n").encode("gb18030")
        )[2][1]
    )


def test_what_excel_makes_of_numbers_and_days_is_read():
    workbook = openpyxl.Workbook()
    workbook.active.append([20, 20.0, date(2026, 1, 31), "  a\r\nb ", None, 1])
    made = io.BytesIO()
    workbook.save(made)
    assert rows_of_file("a.xlsx", made.getvalue()) == [["20", "20", "2026-01-31", "a\nb", "", "1"]]


def test_a_csv_of_a_chinese_excel_is_read():
    text = "code;name_zh\r\nAQ-001;安全生产许可证核发的条件、材料与办理时限说明\r\n"
    assert rows_of_file("a.csv", text.encode("gb18030"))[1][1] == "安全生产许可证核发的条件、材料与办理时限说明"


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK"), ("a.xls", b"x"), ("a.csv", bytes(range(256)) * 9)])
def test_what_is_no_table_is_refused_with_words(name, content):
    with pytest.raises(ValidationError):
        rows_of_file(name, content)


def with_a_chart(*, is_drawn):
    workbook = openpyxl.Workbook()
    workbook.active.append(["code", 1])
    sheet = workbook.create_chartsheet(index=0)
    if is_drawn:
        sheet.add_chart(BarChart())
    made = io.BytesIO()
    workbook.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
        "docProps/core.xml",
        "[Content_Types].xml",
    ],
)
@pytest.mark.parametrize("how", [lambda content: content[: len(content) // 2], lambda content: b""])
def test_a_workbook_of_which_a_part_is_cut_off_is_refused_with_words(part, how):
    with override("en"), pytest.raises(ValidationError, match="cut off or damaged"):
        rows_of_file("a.xlsx", damaged(part, how))


@given(place=st.integers(min_value=0), bits=st.integers(1, 255))
def test_whatever_became_of_a_workbook_on_its_way_it_is_read_or_refused(place, bits):
    content = bytearray(damaged(""))
    content[place % len(content)] ^= bits
    try:
        rows_of_file("a.xlsx", bytes(content))
    except ValidationError as refused:
        assert refused.messages


@pytest.mark.parametrize("is_drawn", [True, False])
def test_a_workbook_that_begins_with_a_chart_is_refused_with_words(is_drawn):
    with override("en"), pytest.raises(ValidationError, match="is a chart"):
        rows_of_file("a.xlsx", with_a_chart(is_drawn=is_drawn))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"code,name_zh\n' + "a,b\n" * 10, 1),
        ('"code,name_zh\n' + "a,b\n" * 50_000, 1),
        ("c" * 131_073 + ",name_zh\na,b\n", 1),
        ("code,name_zh\na," + "b" * 131_073 + "\n", 2),
        ('code,name_zh\n"a\nb",c\na,"b\nc\n', 4),
        ('code,name_zh\n"a"b,c\n', 2),
    ],
)
def test_a_csv_that_is_none_is_refused_with_the_line(text, line):
    with override("en"), pytest.raises(ValidationError, match=f"from line {line} on"):
        rows_of_file("a.csv", text.encode())


def test_a_damaged_file_is_told_on_the_page(hall, client):
    client.force_login(hall.bureau.office)
    file = SimpleUploadedFile("a.xlsx", damaged("xl/worksheets/sheet1.xml"))
    answer = client.post(IMPORT, {"file": file})
    assert (answer.status_code, [*answer.context["form"].errors]) == (200, ["file"])


texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(
    lambda text: not text.startswith("'")
)


few = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


@few
@given(st.lists(texts, min_size=1, max_size=3, unique=True), texts)
def test_materials_come_back_from_their_cell(names, source):
    parts = [
        {"name": name, "form": "both", "copies": 3, "source": source, "is_required": False, "is_deferrable": True}
        for name in names
    ]
    cell = cell_of(parts, ItemMaterial)
    try:
        assert parts_in(cell, ItemMaterial) == parts
    except ValidationError as error:
        assert "instead of" in str(error) or "代替" in str(error)  # a vague word by chance


@few
@given(st.lists(st.lists(texts, min_size=2, max_size=2), min_size=1, max_size=3))
@example([["|", "=a|b"]])
def test_a_table_comes_back_from_both_kinds_of_file(table):
    assert rows_of_file("a.csv", as_csv(table)) == table
    assert rows_of_file("a.xlsx", as_workbook({"a": table})) == table


described = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(ServiceItem.Kind.values),
        "promised": st.integers(1, 20),
        "basis": texts,
        "starts": st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=3, unique=True),
    }
)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(items=st.lists(described, min_size=1, max_size=3), language=st.sampled_from(["en", "zh-hans"]))
def test_what_is_taken_away_is_taken_in_as_it_was(bureau, kind, items, language):
    ItemVersion.objects.all().delete()
    ServiceItem.objects.all().delete()
    for number, one in enumerate(items):
        item = item_of(bureau.licensing, code=f"AQ-{number}", kind=one["kind"])
        item.versions.all().delete()
        starts = sorted(one["starts"])
        for start, following in zip(starts, [*starts, None][1:], strict=True):
            ItemVersion.objects.create(
                item=item, valid_from=start, valid_to=following and following - timedelta(days=1),
                legal_basis=one["basis"], who_may_apply="企业", promised_days=one["promised"],
            )  # fmt: skip
    with override(language):
        file, before = file_of_items(kind), rows_of_items()
        sent = rows_of_file(f"a.{kind}", file)
        assert look_at(sent, by=None).counts["unchanged"] == len(items)
        ItemVersion.objects.all().delete()
        ServiceItem.objects.all().delete()
        take_in(sent, by=None)
        assert rows_of_items() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_every_column_and_no_item(db, kind):
    with override("en"):
        sent = rows_of_file(f"a.{kind}", template(kind))
        told = look_at(sent, by=None)
    assert (sent[0], told.items) == ([column.heading for column in COLUMNS], [])
    assert [str(fault) for fault in told.faults] == ["No row says anything."]


# In the admin, and from the shell


def send(client, *asked):
    file = SimpleUploadedFile("items.csv", as_csv(rows(*asked)))
    return client.post(IMPORT, {"file": file})


def test_who_keeps_the_items_looks_and_then_takes_in(hall, client):
    client.force_login(hall.bureau.office)
    looked = send(client, NEW)
    assert ("Nothing has been written yet" in looked.text, ServiceItem.objects.count()) == (True, 1)
    client.post(reverse("hall_item_files:confirm"), {"seen": looked.context["seen"]})
    assert ServiceItem.objects.filter(code="AQ-009").exists()


def test_faults_are_shown_and_nothing_can_be_confirmed(hall, client):
    client.force_login(hall.clerk)
    looked = send(client, NEW | {"legal_days": "1,000"})
    assert ("Row 2, column “Legal time limit (working days)”" in looked.text, looked.context["seen"]) == (True, "")


def test_what_one_has_looked_at_another_cannot_confirm(hall, client):
    client.force_login(hall.bureau.office)
    seen = send(client, NEW).context["seen"]
    client.force_login(hall.clerk)
    client.post(reverse("hall_item_files:confirm"), {"seen": seen})
    assert not ServiceItem.objects.filter(code="AQ-009").exists()


def test_nobody_else_comes_to_the_files(hall, client):
    opened = {}
    for name in ("cadre", "liaison", "head", "leader"):
        client.force_login(getattr(hall.bureau, name))
        for path in (IMPORT, reverse("hall_item_files:export", args=["csv"])):
            opened[name, path] = client.get(path).status_code
        opened[name, "confirm"] = client.post(reverse("hall_item_files:confirm")).status_code
    assert set(opened.values()) == {302}


def test_the_list_of_items_leads_to_its_files(hall, client):
    client.force_login(hall.bureau.office)
    listed = client.get(reverse(ServiceItem.snippet_viewset.get_url_name("list"))).text
    assert (IMPORT in listed, reverse("hall_item_files:export", args=["xlsx"]) in listed) == (True, True)
    assert client.get(reverse("hall_item_files:export", args=["xlsx"])).status_code == 200


def test_the_shell_checks_and_takes_in(bureau, tmp_path, capsys):
    file = tmp_path / "items.csv"
    file.write_bytes(as_csv(rows(NEW)))
    call_command("hall", "import-items", str(file), "--check")
    assert ("1 new, 0 changed" in capsys.readouterr().out, ServiceItem.objects.count()) == (True, 0)
    call_command("hall", "import-items", str(file))
    assert ServiceItem.objects.count() == 1


def test_the_shell_fails_with_every_fault(bureau, tmp_path):
    file = tmp_path / "items.csv"
    file.write_bytes(as_csv(rows(NEW | {"legal_days": "1,000", "department": "nowhere"})))
    with pytest.raises(CommandError, match=r"(?s)nowhere.*1,000"):
        call_command("hall", "import-items", str(file))
