"""The public is told what is counted: a guide says what its service items say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.disclosure.models import GuideMaterial, MatterAttachment
from intranet.hall.guides.checking import as_its_items
from intranet.hall.guides.reminding import guides_by_person
from intranet.hall.models import ItemMaterial, ItemVersion
from intranet.publication.release import release_imported
from intranet.publication.submission import SubmissionRefused
from tests.factories import attach, draft_matter, fresh, guide_elements, live_matter, submit
from tests.hall.cases import today

ASKED = ("申请书", "营业执照", "环评批复")
"""What the hall's item asks for."""


def rows(*names):
    return [GuideMaterial(name=name, form="原件", copies="1份", sort_order=place) for place, name in enumerate(names)]


def says(*names, **other):
    return guide_elements(**{"materials": rows(*(names or ASKED))} | other)


@pytest.fixture
def drafted(hall):
    """Make a draft of the item's guide, saying what the item says but for what is said."""

    def draft(*names, **other):
        guide = draft_matter(hall.bureau.licensing, author=hall.bureau.liaison, **says(*names, **other))
        hall.item.guide = guide
        hall.item.save()
        return guide

    return draft


@pytest.fixture
def live(hall):
    """A live guide that says what its item says."""
    guide = live_matter(hall.bureau.licensing, **says())
    hall.item.guide = guide
    hall.item.save()
    return guide


def found(draft):
    return [(finding.weight.name, finding.quoted) for finding in as_its_items(draft)]


def another_version(hall, *, begins, promised_days):
    """The item's next version, which asks for the same materials."""
    before = hall.version
    before.valid_to = begins - timedelta(days=1)
    before.save()
    version = ItemVersion.objects.create(
        item=hall.item, valid_from=begins, legal_basis="法", who_may_apply="企业", promised_days=promised_days
    )
    for name in ASKED:
        ItemMaterial.objects.create(version=version, name=name)


class TestADraft:
    def test_that_says_what_its_item_says_is_right(self, drafted):
        assert found(drafted()) == []

    @pytest.mark.parametrize(("field", "days", "kept"), [("legal_limit_days", 30, 20), ("promised_limit_days", 12, 15)])
    def test_with_another_limit_is_told_both(self, drafted, field, days, kept):
        assert found(drafted(**{field: days})) == [("ERROR", f"guide: {days}; service item AQ-001: {kept}")]

    def test_with_other_materials_is_told_which(self, drafted):
        told = "only in the guide: 户口簿; only in service item AQ-001: 环评批复"
        assert found(drafted("申请书", "营业执照", "户口簿")) == [("ERROR", told)]

    def test_may_write_a_material_in_another_width_and_order(self, hall, drafted):
        ItemMaterial.objects.create(version=hall.version, name="采矿许可证(副本)")
        assert found(drafted("采矿许可证（副本）", "申请书", "营业执照", "环评 批复")) == []

    def test_names_the_place(self, drafted):
        (finding,) = as_its_items(drafted(promised_limit_days=12))
        assert "“Promised time limit (working days)”" in finding.words

    def test_of_no_item_is_asked_nothing(self, bureau):
        assert found(draft_matter(bureau.licensing, **says(promised_limit_days=1))) == []

    def test_of_an_item_without_a_version_is_asked_nothing(self, hall, drafted):
        draft = drafted(promised_limit_days=1)
        hall.version.materials.all().delete()
        hall.version.delete()
        assert found(draft) == []

    def test_that_goes_live_later_says_what_the_item_will_say_then(self, hall, drafted):
        another_version(hall, begins=today() + timedelta(days=20), promised_days=10)
        draft = drafted(promised_limit_days=10, go_live_at=timezone.now() + timedelta(days=21))
        assert found(draft) == []

    def test_is_not_submitted_while_it_says_otherwise(self, hall, drafted):
        with pytest.raises(SubmissionRefused, match="guide: 12; service item AQ-001: 15"):
            submit(drafted(promised_limit_days=12), by=hall.bureau.liaison)

    def test_of_former_days_is_imported_as_it_was(self, drafted):
        draft = drafted(promised_limit_days=12)
        release_imported(draft, by=None, reason="test")
        assert fresh(draft).live


class TestATranslation:
    @pytest.fixture
    def translated(self, hall, live):
        def draft(**other):
            said = says("Application", "Business licence", "EIA", **{"language": "en"} | other)
            return draft_matter(hall.bureau.licensing, translation_of=live, **said)

        return draft

    def test_calls_the_materials_by_names_of_its_own(self, translated):
        assert found(translated()) == []

    def test_tells_of_the_same_limits(self, translated):
        assert found(translated(promised_limit_days=12)) == [("ERROR", "guide: 12; service item AQ-001: 15")]


class TestTheMailOfTheDay:
    def lines(self, hall):
        part = guides_by_person().get(hall.bureau.liaison.pk)
        return [(line.title, line.on, line.is_late) for line in part.lines] if part else []

    def test_says_nothing_of_a_guide_that_agrees(self, hall, live):
        assert self.lines(hall) == []

    def test_tells_the_owner_of_a_guide_that_a_new_version_has_overtaken(self, hall, live):
        began = today() - timedelta(days=1)
        another_version(hall, begins=began, promised_days=10)
        assert self.lines(hall) == [(live.title, began, True)]

    def test_tells_the_owner_before_a_version_begins(self, hall, live):
        begins = today() + timedelta(days=10)
        another_version(hall, begins=begins, promised_days=10)
        assert self.lines(hall) == [(live.title, begins, False)]

    def test_tells_nobody_of_another_department(self, hall, live):
        another_version(hall, begins=today(), promised_days=10)
        assert hall.bureau.cadre2.pk not in guides_by_person()

    def test_names_item_and_place(self, hall, live):
        another_version(hall, begins=today(), promised_days=10)
        (line,) = guides_by_person()[hall.bureau.liaison.pk].lines
        assert str(line.note) == "says otherwise than service item AQ-001: Promised time limit (working days)"


class TestThePage:
    def test_says_what_may_be_supplied_later(self, client, live):
        assert "May be supplied later" in client.get(live.url).text

    def test_says_so_of_nothing_that_is_wanted_at_once(self, hall, client, live):
        hall.version.materials.update(is_deferrable=False)
        assert "May be supplied later" not in client.get(live.url).text

    def test_says_who_issues_a_material(self, hall, client, live):
        hall.version.materials.filter(name="环评批复").update(source="生态环境局")
        assert "From: 生态环境局" in client.get(live.url).text


class TestAForm:
    @pytest.fixture
    def form(self, hall):
        """The form of the application, a file of another draft."""
        form = attach(draft_matter(hall.bureau.licensing), b"form", title="申请书格式")
        hall.version.materials.filter(name="申请书").update(template=form)
        return form

    def test_is_offered_beside_its_material(self, client, drafted, form):
        guide = drafted()
        guide.attachments.add(MatterAttachment(document=form))
        guide.save_revision()
        release_imported(guide, by=None, reason="test")
        assert "Form to fill in: 申请书格式" in client.get(fresh(guide).url).text

    def test_that_is_disclosed_nowhere_is_not_offered(self, client, live, form):
        assert "申请书格式" not in client.get(live.url).text

    def test_that_is_disclosed_nowhere_is_doubtful(self, drafted, form):
        assert found(drafted()) == [("WARNING", "申请书格式")]

    def test_that_is_a_file_of_the_guide_is_not(self, drafted, form):
        guide = drafted()
        guide.attachments.add(MatterAttachment(document=form))
        assert found(guide) == []


def test_a_guide_tells_how_to_get_there(bureau, client):
    guide = live_matter(bureau.licensing, **says(directions="乘2路公交车到人民街中段站"))
    assert "乘2路公交车到人民街中段站" in client.get(guide.url).text
