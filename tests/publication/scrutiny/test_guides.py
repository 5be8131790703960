"""A service guide is complete and exact, or nobody is asked to decide on it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.disclosure.going_live import PublicationRefused
from intranet.publication.emergency import EmergencyReleaseRefused, release_in_emergency
from intranet.publication.release import release_imported
from intranet.publication.submission import SubmissionRefused
from tests.factories import approve, draft_matter, fresh, guide_elements, submit

EMPTY = {
    "conditions": "",
    "materials": [],
    "steps": [],
    "legal_limit_days": None,
    "promised_limit_days": None,
    "fee_text": " ",
    "result_text": "",
    "place": "",
    "hours": "",
    "phone": "",
    "complaint": "",
}
NAMED = {
    "conditions": "“Conditions”",
    "materials": "“Materials”",
    "steps": "“Steps”",
    "legal_limit_days": "“Legal time limit (working days)”",
    "promised_limit_days": "“Promised time limit (working days)”",
    "fee_text": "“Fees”",
    "result_text": "“Result and its delivery”",
    "place": "“Place”",
    "hours": "“Office hours”",
    "phone": "“Phone”",
    "complaint": "“Complaints”",
}
VAGUE = {"conditions": "具备有关条件"}
TOLD = "Phone|具备有关条件"


@pytest.fixture
def guide(bureau):
    """Make a draft of a guide, complete but for what is said."""
    return lambda **other: draft_matter(bureau.licensing, author=bureau.liaison, **guide_elements(**other))


def test_a_complete_guide_lacks_nothing(drafted):
    assert drafted("guide_elements", **guide_elements()) == []


@pytest.mark.parametrize("name", EMPTY)
def test_what_a_guide_lacks_is_an_error(drafted, name):
    found = drafted("guide_elements", **guide_elements(**{name: EMPTY[name]}))
    assert [weight for weight, _ in found] == ["ERROR"]


@pytest.mark.parametrize("name", EMPTY)
def test_the_place_to_fill_in_is_named(bureau, guide, name):
    with pytest.raises(SubmissionRefused, match=NAMED[name].replace("(", r"\(").replace(")", r"\)")):
        submit(guide(**{name: EMPTY[name]}), by=bureau.liaison)


def test_a_limit_of_no_days_is_a_limit(drafted):
    assert drafted("guide_elements", **guide_elements(legal_limit_days=0, promised_limit_days=0)) == []


def test_a_guide_of_the_internal_catalogue_is_no_public_service(drafted):
    internal = {"category": "N10", "type_code": "guide", "visibility": "staff"}
    assert drafted("guide_elements", **internal) == []


def test_another_matter_is_not_asked_for_them(drafted):
    assert drafted("guide_elements") == []


@pytest.mark.parametrize("other", [{"phone": ""}, VAGUE], ids=["incomplete", "vague"])
class TestNoRouteToLive:
    def test_is_the_workflow_started_behind_the_operations(self, bureau, guide, other):
        draft = guide(**other)
        with pytest.raises(SubmissionRefused, match=TOLD):
            draft.get_workflow().start(draft, bureau.liaison)

    def test_is_an_emergency(self, bureau, guide, other):
        with pytest.raises(EmergencyReleaseRefused, match=TOLD):
            release_in_emergency(guide(**other), by=bureau.head, reason="险情")

    def test_goes_round_the_gate(self, bureau, guide, other):
        draft = guide(go_live_at=timezone.now() + timedelta(days=1))
        submit(draft, by=bureau.liaison)
        approve(fresh(draft), by=bureau.reviewer)
        approve(fresh(draft), by=bureau.head)
        approved_before_the_rule = fresh(draft).latest_revision
        approved_before_the_rule.content |= other
        approved_before_the_rule.save()
        with pytest.raises(PublicationRefused, match=TOLD):
            approved_before_the_rule.publish()


def test_a_guide_of_former_days_is_imported_as_it_was(guide):
    draft = guide(phone="", **VAGUE)
    release_imported(draft, by=None, reason="test")
    assert fresh(draft).live
