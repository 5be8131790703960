"""“New like this one”: the next matter of a kind, of which nothing is saved until its author saves."""

from datetime import date

import pytest
from django.urls import reverse

from intranet.disclosure.beginning_like import begin_like
from intranet.disclosure.elements import Element
from intranet.disclosure.hints import hints_by_place
from intranet.disclosure.models import (
    GuideMaterial,
    MatterElement,
    MatterPage,
    PlanGoal,
    ReportFigure,
)
from intranet.disclosure.particulars.form import rows_of
from tests.disclosure.particulars.samples import ACTS, VEHICLES, as_stored
from tests.factories import Bureau, attach, draft_matter, live_matter, name_reader, person_in
from tests.publication.editor import fields_of


def url_of(matter):
    return reverse("disclosure:new_like_this", args=[matter.pk])


def like(original: MatterPage) -> MatterPage:
    matter = type(original)()
    begin_like(matter, original, section=original.get_parent().specific)
    return matter


@pytest.fixture
def original(bureau: Bureau) -> MatterPage:
    return draft_matter(
        bureau.licensing,
        author=bureau.liaison,
        title="2026年第1季度检查通报",
        summary="检查了多少家",
        keywords="检查、季度",
        contact="行政许可科 0941-5550131",
        document_number="甘安监〔2026〕9号",
        type_code="notice",
        category="E7",
        effective_from=date(2026, 1, 1),
        notice_from=date(2026, 1, 1),
        withheld_basis="privacy",
        body=[("heading", "检查情况"), ("paragraph", "<p>共检查12家。</p>")],
    )


def test_it_says_again_what_the_next_one_says(original):
    matter = like(original)
    assert (matter.summary, matter.keywords, matter.contact) == (original.summary, original.keywords, original.contact)
    assert [block.block_type for block in matter.body] == ["heading", "paragraph"]


@pytest.mark.parametrize(
    "field",
    [
        "document_number",
        "index_number",
        "formed_on",
        "published_on",
        "effective_from",
        "effective_until",
        "notice_from",
        "visibility",
        "translation_of",
        "withheld_basis",
        "correction",
        "review_by",
    ],
)
def test_it_takes_over_nothing_that_belongs_to_the_one_matter(original, field):
    assert not getattr(like(original), field)


def test_numbers_in_its_title_are_to_be_looked_at(original):
    matter = like(original)
    assert (matter.title, bool(list(hints_by_place(matter)))) == ("⟦2026⟧年第⟦1⟧季度检查通报", True)


def test_it_has_an_identifier_of_its_own(original):
    assert like(original).identifier != original.identifier


def test_elements_that_come_again_are_there_and_the_others_are_asked_for(bureau):
    original = draft_matter(bureau.licensing, category="E10", type_code="report")
    original.elements.add(MatterElement(element=Element.ORGAN, value="州人民政府"))
    original.elements.add(MatterElement(element=Element.MEETING_DECISION, value="2026年第3次局务会议"))
    rows = {row.element: row.value for row in like(original).elements.all()}
    assert (rows["organ"], rows["meeting_decision"][0]) == ("州人民政府", "⟦")


def test_a_form_keeps_what_it_is_about_and_no_figures(bureau):
    vehicles = {"category": "N9", "visibility": "staff", "particulars": as_stored(VEHICLES)}
    original = draft_matter(bureau.licensing, type_code="report", **vehicles)
    (block,) = like(original).particulars
    rows = rows_of(block.value)
    assert ([row["vehicle"] for row in rows], rows[0]["kilometres"]) == (["甘P·00138", "甘P·D00521"], None)
    assert not block.value["month"]


def test_a_form_of_decisions_begins_empty(bureau):
    original = draft_matter(bureau.licensing, category="E6", type_code="report", particulars=as_stored(ACTS))
    (block,) = like(original).particulars
    assert [bool(row["decision_number"]) for row in rows_of(block.value)] == [False]


def test_rows_of_its_type_stay(bureau):
    guide = draft_matter(bureau.licensing, category="E4", type_code="guide", phone="0941-5550131")
    guide.materials.add(GuideMaterial(name="营业执照", form="复印件", copies="1"))
    matter = like(guide)
    assert ([row.name for row in matter.materials.all()], matter.phone) == (["营业执照"], guide.phone)


def test_goals_begin_at_nought_and_figures_are_asked_for(bureau):
    plan = draft_matter(bureau.licensing, category="E3", type_code="plan")
    plan.goals.add(PlanGoal(name="检查600家", progress=80))
    report = draft_matter(bureau.licensing, category="E3", type_code="report")
    report.figures.add(ReportFigure(name="检查", value="612", unit="家"))
    assert [goal.progress for goal in like(plan).goals.all()] == [0]
    assert [figure.value[0] for figure in like(report).figures.all()] == ["⟦"]


def test_no_file_comes_along(bureau):
    original = draft_matter(bureau.licensing, author=bureau.liaison)
    document = attach(original, b"text")
    original.body = [
        ("files", [document]),
        ("paragraph", f'<p>见<a linktype="document" id="{document.pk}">附件</a></p>'),
    ]
    matter = like(original)
    assert (matter.attachments.count(), [block.block_type for block in matter.body]) == (0, ["paragraph"])
    assert "linktype" not in str(matter.body[0].value.source)


def test_opening_it_saves_nothing(bureau, client, original):
    client.force_login(bureau.liaison)
    page = client.get(url_of(original))
    assert (page.status_code, "⟦2026⟧年" in page.content.decode()) == (200, True)
    assert list(MatterPage.objects.all()) == [original.as_matter()]


def test_what_is_saved_is_a_draft_beside_the_original(bureau, client, original):
    client.force_login(bureau.liaison)
    form = fields_of(client, url_of(original)) | {"title": "2026年第2季度检查通报", "body-count": "0"}
    section = original.get_parent()
    client.post(reverse("wagtailadmin_pages:add", args=["disclosure", "noticepage", section.pk]), form)
    made = MatterPage.objects.exclude(pk=original.pk).get()
    assert (made.live, made.category, made.get_parent().pk) == (False, original.category, section.pk)


def test_a_live_matter_gives_its_readers_to_no_other(bureau, client):
    original = live_matter(bureau.licensing, visibility="leaders", category="N1", type_code="report")
    name_reader(original, bureau.cadre2)
    matter = like(original)
    assert (matter.visibility, matter.reader_tokens()) == ("", frozenset())


@pytest.mark.parametrize("who", ["cadre", "cadre2", "office", "reviewer"])
def test_who_does_not_draft_there_is_told_nothing(bureau, client, original, who):
    client.force_login(getattr(bureau, who))
    assert client.get(url_of(original)).status_code in (302, 404)


def test_a_liaison_officer_of_another_department_cannot_tell_that_it_exists(bureau, client, original):
    client.force_login(person_in(bureau.finance, "liaison"))
    assert client.get(url_of(original)).status_code == 404


def test_it_is_offered_in_the_editor_and_in_the_list(bureau, client, original):
    client.force_login(bureau.liaison)
    for view, matter in (("wagtailadmin_pages:edit", original), ("wagtailadmin_explore", original.get_parent())):
        assert url_of(original) in client.get(reverse(view, args=[matter.pk])).content.decode()


def test_a_longer_list_asks_no_more_for_it(bureau, client, original, django_assert_max_num_queries):
    client.force_login(bureau.liaison)
    tester = MatterPage.objects.get(pk=original.pk).specific.permissions_for_user(bureau.liaison)
    with django_assert_max_num_queries(0):
        assert tester.can_begin_like()
