"""A decision proposes its result: a masked draft that goes the way of all, found from its case and with its guide."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from intranet.disclosure.models import MatterPage, ResultPage
from intranet.hall.models import Case, ResultProposal, ServiceItem
from intranet.hall.results.masking import Masking
from intranet.hall.results.proposing import ProposalRefused, propose_again
from intranet.hall.results.reminding import hindered_results_by_person
from intranet.hall.results.standing import result_standing
from intranet.organisation.models import Post
from intranet.organisation.working_days import WorkingCalendar
from intranet.publication.release import release_imported
from intranet.publication.withdrawal import withdraw
from tests.factories import fresh, live_matter
from tests.hall.cases import a_persons_number, credit_code, now, today
from tests.hall.test_figures import case_of

PHONE = "13893012345"


def matter_of(case) -> MatterPage:
    return fresh(ResultProposal.objects.get(case=case).matter)


def text_of(matter) -> str:
    """Everything that its newest version says."""
    content = matter.get_latest_revision().content
    return json.dumps(content | {"body": json.loads(content["body"])}, ensure_ascii=False)


def let_nobody_draft(hall):
    drafting = [hall.bureau.liaison, hall.bureau.head]
    Post.objects.filter(person__in=drafting).update(ends_on=today() - timedelta(days=1))


def disclosed(case) -> MatterPage:
    matter = matter_of(case)
    matter.visibility = "public"
    matter.save_revision()
    release_imported(matter, by=None, reason="test")
    return fresh(matter)


class TestWhatIsProposed:
    def test_a_grant_proposes_a_draft_that_is_nobodys_yet(self, hall):
        matter = matter_of(hall.granted())
        assert (matter.live, matter.visibility, matter.reader_tokens()) == (False, "", frozenset())

    def test_it_lies_with_the_items_department_among_administrative_acts(self, hall):
        matter = matter_of(hall.granted())
        section = matter.get_parent().specific
        assert (section.department, section.category.code) == (hall.bureau.licensing, "E6")

    def test_it_is_due_seven_working_days_after_the_decision(self, hall):
        case = now(hall.granted())
        due = result_standing(case, hall.handler).due
        assert due.on == WorkingCalendar().working_days_after(case.decided_on, 7).on

    def test_nothing_in_it_identifies_a_natural_person(self, hall):
        number = a_persons_number()
        case = hall.granted(identifier=number, phone=PHONE, subject=f"李 小 明（{PHONE}，{number}）的一号井")
        content = text_of(matter_of(case))
        assert not [word for word in ("小明", "小 明", PHONE, number) if word in content]
        assert "李*" in content

    def test_an_organisation_is_named(self, hall):
        code = credit_code("91623001MA7XXXXX0")
        case = hall.granted(kind="organisation", name="甘南某某矿业有限公司", identifier=code)
        assert matter_of(case).get_latest_revision().content["party"] == "甘南某某矿业有限公司"

    def test_a_refusal_tells_its_basis_reasons_and_relief(self, hall):
        content = matter_of(hall.refused()).get_latest_revision().content
        assert (content["basis"], content["relief"]) == ("条例第六条", "六十日内复议")
        assert "无安全设施" in json.loads(content["body"])[-1]["value"]

    def test_who_decided_wrote_it_and_does_not_approve_it(self, hall):
        assert matter_of(hall.granted()).get_latest_revision().user == hall.handler


class TestTheMask:
    def test_it_finds_a_name_that_is_written_apart_and_the_number_of_somebody_else(self, hall):
        mask = Masking(Case.objects.select_related("applicant").get(pk=hall.received().pk))
        assert mask.of(f"李·小明和王某 {a_persons_number()}") == "李*和王某 ***"


class TestOnce:
    def test_a_case_proposes_once(self, hall):
        case = hall.granted()
        with pytest.raises(ProposalRefused):
            propose_again(case, by=hall.handler)
        assert ResultPage.objects.count() == 1

    def test_where_its_draft_was_deleted_it_proposes_again(self, hall):
        case = hall.granted()
        matter_of(case).delete()
        assert propose_again(case, by=hall.head).matter is not None

    def test_an_open_case_proposes_nothing(self, hall):
        with pytest.raises(ProposalRefused):
            propose_again(hall.in_review(), by=hall.handler)

    def test_the_halls_clerk_proposes_nothing(self, hall):
        case = hall.granted()
        matter_of(case).delete()
        with pytest.raises(ProposalRefused):
            propose_again(case, by=hall.clerk)


class TestWhereNobodyDrafts:
    def test_the_decision_stands_and_the_case_says_why(self, hall):
        let_nobody_draft(hall)
        case = now(hall.granted())
        standing = result_standing(case, hall.handler)
        assert (case.state, standing.is_proposed, standing.may_propose) == ("granted", False, True)
        assert "drafts" in standing.obstacle

    def test_a_button_proposes_it_later(self, hall, client):
        let_nobody_draft(hall)
        case = hall.granted()
        Post.objects.filter(person=hall.bureau.liaison).update(ends_on=None)
        client.force_login(hall.handler)
        client.post(reverse("window:propose_result", args=[case.number]))
        assert matter_of(case).owner == hall.handler

    def test_the_handlers_are_reminded_and_the_office_once_it_is_late(self, hall):
        let_nobody_draft(hall)
        case = hall.granted()
        assert hall.bureau.office.pk not in hindered_results_by_person()
        with time_machine.travel(timezone.now() + timedelta(days=30)):
            told = hindered_results_by_person()
        [line], [shown] = told[hall.bureau.office.pk].lines, told[hall.handler.pk].lines
        assert (line.title, line.path, line.is_late, bool(shown.path)) == (case.number, None, True, True)


class TestBothWays:
    def test_the_cases_screen_leads_to_the_live_result(self, hall, client):
        case = hall.granted()
        address = disclosed(case).url
        client.force_login(hall.clerk)
        assert address in client.get(reverse("window:case", args=[case.number])).content.decode()

    @pytest.mark.parametrize(("who", "is_led"), [("handler", True), ("liaison", False), (None, False)])
    def test_the_result_leads_to_its_case_only_who_reads_the_case(self, hall, client, who, is_led):
        case = hall.granted()
        address = disclosed(case).url
        if who:
            client.force_login(hall.handler if who == "handler" else hall.bureau.liaison)
        assert (case.number in client.get(address).content.decode()) == is_led


class TestTheGuidesPage:
    def page(self, client, hall):
        guide = live_matter(hall.bureau.licensing, category="E4", type_code="guide")
        ServiceItem.objects.filter(pk=hall.item.pk).update(guide=guide.pk)
        return client.get(guide.url, headers={"accept-language": "en"}).content.decode()

    def test_it_lists_results_that_are_live_and_no_drafts(self, hall, client):
        live, _draft = disclosed(hall.granted(subject="一号井")), hall.granted(subject="二号井")
        answer = self.page(client, hall)
        assert (live.title in answer, "二号井" in answer) == (True, False)

    def test_it_gives_the_promise_and_no_average_of_few_decisions(self, hall, client):
        self.decide(hall, times=4)
        answer = self.page(client, hall)
        assert ("Promised, working days" in answer, "Taken on average" in answer) == (True, False)

    def test_it_gives_the_average_of_five(self, hall, client):
        self.decide(hall, times=5)
        assert "Taken on average" in self.page(client, hall)

    def decide(self, hall, *, times):
        last_month = timezone.now().replace(day=1) - timedelta(days=10)
        for _number in range(times):
            day = last_month.date()
            case_of(hall.item, hall.clerk, (day, day, day, "granted", None, None))


def test_one_that_was_withdrawn_is_due_no_more(hall):
    withdraw(disclosed(hall.granted()), by=hall.bureau.office, reason="决定被撤销")
    standing = result_standing(Case.objects.get(), hall.handler)
    assert (standing.is_withdrawn, standing.due) == (True, None)
