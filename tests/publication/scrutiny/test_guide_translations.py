"""A translated guide lists what its text of record lists; until it does, its page shows both."""

import pytest
from django.core.exceptions import ValidationError

from intranet.disclosure.models import GuideMaterial, GuidePage, GuideStep
from intranet.publication.submission import SubmissionRefused
from tests.factories import draft_matter, guide_elements, live_matter, submit


def materials(*names):
    return [GuideMaterial(name=name, sort_order=place) for place, name in enumerate(names)]


def steps(*names):
    return [GuideStep(name=name, sort_order=place) for place, name in enumerate(names)]


@pytest.fixture
def record(bureau):
    """A live guide in Chinese, of three materials and one step."""
    return live_matter(bureau.licensing, **guide_elements(materials=materials("申请书", "营业执照", "安全评价报告")))


def says(record, *names, **other):
    listed = {"materials": materials(*names), "language": "en", "translation_of": record, "title": "Licence guide"}
    return guide_elements(**listed | other)


def test_a_translation_that_lists_as_much_is_right(record, drafted):
    assert drafted("guide_translations", **says(record, "Form", "Business licence", "Assessment")) == []


@pytest.mark.parametrize("names", [["Form"], ["Form", "Business licence", "Assessment", "Identity card"]])
def test_a_translation_that_lists_less_or_more_is_an_error(record, drafted, names):
    found = drafted("guide_translations", **says(record, *names))
    assert [weight for weight, _quoted in found] == ["ERROR"]


def test_steps_that_are_told_in_fewer_are_doubtful(record, drafted):
    told = says(record, "Form", "Business licence", "Assessment", steps=steps("Receipt", "Decision"))
    assert [weight for weight, _quoted in drafted("guide_translations", **told)] == ["WARNING"]


def test_a_text_of_record_that_is_a_draft_is_compared_as_it_is_drafted(bureau, drafted):
    record = draft_matter(bureau.licensing, **guide_elements())
    record.materials.add(GuideMaterial(name="营业执照", sort_order=1))
    record.save_revision()
    assert [weight for weight, _quoted in drafted("guide_translations", **says(record, "Form"))] == ["ERROR"]


def test_a_shortened_translation_is_not_submitted_and_is_told_the_numbers(bureau, record):
    draft = draft_matter(bureau.licensing, author=bureau.liaison, **says(record, "Form"))
    with pytest.raises(SubmissionRefused, match="the text of record has 3, the translation 1"):
        submit(draft, by=bureau.liaison)


class TestItsRecord:
    @pytest.mark.parametrize("other", ["another department's", "a translation", "itself"])
    def test_is_the_chinese_text_of_the_same_department(self, bureau, record, other):
        draft = draft_matter(bureau.licensing, **says(record, "Form", "Business licence", "Assessment"))
        draft.translation_of = {
            "another department's": live_matter(bureau.finance, **guide_elements()),
            "a translation": live_matter(bureau.licensing, **says(record, "Form")),
            "itself": draft,
        }[other].as_matter()
        with pytest.raises(ValidationError, match="text of record"):
            draft.clean()


class TestThePage:
    def test_of_a_shortened_translation_lists_all_of_it_in_chinese(self, bureau, record, client):
        page = client.get(live_matter(bureau.licensing, **says(record, "Form")).url).text
        assert "This translation does not list everything" in page
        assert "安全评价报告" in page

    def test_of_a_whole_translation_does_not(self, bureau, record, client):
        whole = live_matter(bureau.licensing, **says(record, "Form", "Business licence", "Assessment"))
        assert "This translation does not list everything" not in client.get(whole.url).text

    def test_tells_nothing_of_a_text_of_record_that_its_reader_may_not_read(self, bureau, client):
        record = live_matter(bureau.licensing, **guide_elements(materials=materials("申请书", "内部材料")))
        translation = live_matter(bureau.licensing, **says(record, "Form"))
        GuidePage.objects.filter(pk=record.pk).update(visibility="staff")
        page = client.get(translation.url).text
        assert "内部材料" not in page
