"""Fees: shown while they may be charged, gone on the day on which they may not, whoever looks."""

from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from intranet.audit.models import AuditEntry
from intranet.disclosure.particulars.fees import Fees
from intranet.hall.fees.item_codes import codes_in
from intranet.hall.fees.losing import LossRefused, lose_audit, take_back_loss
from intranet.hall.fees.lost import audit_of
from intranet.hall.fees.reading import charged_on, complaint_phone, ending, of_items, standards
from intranet.hall.fees.reminding import fees_by_person
from intranet.hall.guides.fee_words import says_no_fee, without_no_fee
from intranet.hall.manual.words import words_of
from intranet.hall.models import LostAudit, PriceComplaintPhone, ServiceItem
from intranet.organisation.models import Post
from intranet.publication.scrutiny.checks import errors_at_the_gate, errors_in, warnings_in
from tests.disclosure.particulars.samples import FEES, changed, filled, matter_with
from tests.factories import live_matter, person_in

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=5)
AUDIT = "州发改价格〔2026〕3号"


def disclosed(bureau, **row):
    """A live matter with a fee of today; `row` changes its standard of today."""
    return matter_with(bureau.licensing, changed(FEES, **row))


def translation_of(bureau, matter, *, live=True, **row):
    """A Tibetan translation of the matter; `row` says other things of its fee than the matter does."""
    said = changed(FEES, item="རིག་གཞུང་རྒྱུགས།", **row)
    return matter_with(bureau.licensing, said, live=live, title="གླ་ཡོན།", language="bo", translation_of=matter)


def audit(number=AUDIT, organ="州发展和改革委员会"):
    return audit_of({"audit_organ": organ, "audit_number": number})


def address_of_loss(matter, number=AUDIT):
    asked = urlencode({"organ": "州发展和改革委员会", "number": number})
    return f"{reverse('hall_fees:lost', args=[matter.pk])}?{asked}"


def amounts(day=None):
    return [fee.amount for fee in charged_on(day)]


@pytest.mark.django_db
class TestWhatIsCharged:
    def test_a_fee_with_a_valid_audit_is_charged_while_in_force(self, bureau):
        disclosed(bureau)
        assert amounts() == [Decimal("60.00")]

    def test_each_day_has_its_own_standard(self, bureau):
        disclosed(bureau)
        assert amounts(date(2020, 6, 1)) == [Decimal("90.00")]

    @pytest.mark.parametrize("name", ["effective_until", "audit_until"])
    def test_a_fee_is_charged_on_its_last_day_and_not_on_the_next(self, bureau, name):
        disclosed(bureau, **{name: SOON.isoformat()})
        assert (len(amounts(SOON)), len(amounts(SOON + timedelta(days=1)))) == (1, 0)

    def test_a_fee_of_a_matter_that_is_not_live_is_not_charged(self, bureau):
        matter_with(bureau.licensing, FEES, live=False)
        assert amounts() == []

    def test_a_fee_of_an_internal_matter_is_not_charged(self, bureau):
        matter_with(bureau.licensing, FEES, visibility="staff")
        assert amounts() == []

    def test_a_fee_that_is_not_charged_says_why(self, bureau):
        disclosed(bureau)
        with override("en"):
            [old] = [one for one in standards() if not one.is_charged]
            assert "It was charged until" in old.reasons[0]

    def test_a_fee_is_found_by_each_of_its_service_items(self, bureau):
        disclosed(bureau, service_items="aq-001、AQ-002")
        assert [len(of_items([code], charged_on())) for code in ("AQ-001", "AQ-002", "AQ-003")] == [1, 1, 0]

    def test_its_owner_learns_beforehand_that_a_fee_ends(self, bureau):
        disclosed(bureau, audit_until=SOON.isoformat())
        assert [(fee.code, fee.last_day) for fee in ending()] == [("KS-01", SOON)]

    def test_the_days_mail_tells_who_drafts_in_its_department(self, bureau):
        disclosed(bureau, audit_until=SOON.isoformat())
        told = fees_by_person()
        assert {bureau.liaison.pk: True, bureau.cadre2.pk: False} == {
            person.pk: person.pk in told for person in (bureau.liaison, bureau.cadre2)
        }

    def test_a_fee_without_an_end_is_no_warning(self, bureau):
        disclosed(bureau)
        assert ending() == []


@pytest.mark.django_db
class TestTheGate:
    @pytest.mark.parametrize("name", ["audit_organ", "audit_number", "audit_on"])
    def test_a_fee_without_a_whole_price_audit_may_not_be_disclosed(self, bureau, name):
        with override("en"):
            draft = matter_with(bureau.licensing, changed(FEES, **{name: ""}), live=False)
            assert any("may not be disclosed: It has no price audit" in error for error in errors_in(draft))

    def test_a_fee_with_its_price_audit_may(self, bureau):
        with override("en"):
            draft = matter_with(bureau.licensing, FEES, live=False)
            assert not any("may not be disclosed" in error for error in errors_in(draft))

    def test_a_fee_whose_audit_is_over_may_not(self, bureau):
        over = (TODAY - timedelta(days=1)).isoformat()
        with override("en"):
            draft = matter_with(bureau.licensing, changed(FEES, audit_on="2026-01-05", audit_until=over), live=False)
            assert any("was valid until" in error for error in errors_in(draft))


class TestOneStandardADay:
    def test_two_standards_on_one_day_are_a_fault(self):
        with override("en"):
            [fault] = filled(changed(FEES, effective_from="2020-01-01")).faults()
            assert "two standards" in fault.words

    def test_one_after_the_other_is_none(self):
        assert list(filled(FEES).faults()) == []

    def test_a_fee_that_ends_before_it_begins_is_a_fault(self):
        with override("en"):
            faults = list(filled(changed(FEES, effective_until="2026-01-04")).faults())
            assert any("ends before it begins" in fault.words for fault in faults)

    @given(st.lists(st.dates(date(2010, 1, 1), date(2030, 1, 1)), min_size=2, max_size=6, unique=True))
    def test_standards_that_end_on_the_day_before_the_next_never_overlap(self, days):
        days.sort()
        ends = [day - timedelta(days=1) for day in days[1:]]
        rows = [
            {"code": "A", "effective_from": start, "effective_until": end}
            for start, end in zip(days, [*ends, None], strict=True)
        ]
        assert list(Fees().faults({"rows": rows})) == []


@pytest.mark.django_db
class TestALostAudit:
    def lose(self, matter, *, by, number=AUDIT, on=SOON, reason="州发改委〔2026〕9号撤销"):
        return lose_audit(matter, audit(number), on=on, reason=reason, by=by)

    def test_from_its_day_the_fees_are_gone(self, bureau):
        self.lose(disclosed(bureau), by=bureau.office)
        assert (len(amounts(SOON - timedelta(days=1))), len(amounts(SOON))) == (1, 0)

    def test_the_departments_head_may_say_it(self, bureau):
        self.lose(disclosed(bureau), by=bureau.head)
        assert amounts(SOON) == []

    def test_a_liaison_officer_may_not(self, bureau):
        with pytest.raises(LossRefused):
            self.lose(disclosed(bureau), by=bureau.liaison)

    def test_it_needs_a_reason(self, bureau):
        with pytest.raises(LossRefused):
            self.lose(disclosed(bureau), by=bureau.office, reason=" ")

    def test_it_is_not_lost_before_it_was_given(self, bureau):
        matter = disclosed(bureau)
        with override("en"), pytest.raises(LossRefused, match="cannot be lost before"):
            self.lose(matter, by=bureau.office, on=date(2026, 1, 4))
        self.lose(matter, by=bureau.office, on=date(2026, 1, 5))

    def test_an_audit_on_which_no_fee_stands_cannot_be_lost(self, bureau):
        with pytest.raises(LossRefused):
            self.lose(disclosed(bureau), by=bureau.office, number="无此文号")

    def test_it_is_written_down_once(self, bureau):
        matter = disclosed(bureau)
        self.lose(matter, by=bureau.office)
        with pytest.raises(LossRefused):
            self.lose(matter, by=bureau.office)

    def test_the_same_audit_carries_no_fee_of_another_matter(self, bureau):
        matter = disclosed(bureau)
        disclosed(bureau, code="KS-02")
        self.lose(matter, by=bureau.office)
        assert amounts(SOON) == []

    def test_written_otherwise_it_is_the_same_audit(self, bureau):
        matter = disclosed(bureau)
        disclosed(bureau, code="KS-02", audit_number="州发改价格 [2026] 3号", audit_organ="州发展和改革委员会 ")
        self.lose(matter, by=bureau.office)
        assert amounts(SOON) == []

    @pytest.mark.parametrize("row", [{"audit_organ": "省发展和改革委员会"}, {"audit_number": "州发改价格〔2026〕4号"}])
    def test_an_audit_of_another_organ_or_number_holds(self, bureau, row):
        matter = disclosed(bureau)
        disclosed(bureau, code="KS-02", **row)
        self.lose(matter, by=bureau.office)
        assert [fee.code for fee in charged_on(SOON)] == ["KS-02"]

    def test_of_another_matter_it_is_not_written_down_again(self, bureau):
        self.lose(disclosed(bureau), by=bureau.office)
        with override("en"), pytest.raises(LossRefused, match="already"):
            self.lose(disclosed(bureau, code="KS-02"), by=bureau.office)

    def test_one_whose_organ_was_not_written_down_is_lost_by_its_number(self, bureau):
        matter = disclosed(bureau)
        LostAudit.objects.create(matter=matter, audit_number=AUDIT, lost_on=SOON, reason="撤销", by=bureau.office)
        assert amounts(SOON) == []

    @pytest.mark.parametrize(("on", "is_refused"), [(TODAY, True), (SOON, False)])
    def test_no_other_matter_goes_live_on_it(self, bureau, on, is_refused):
        self.lose(disclosed(bureau), by=bureau.office, on=on)
        draft = matter_with(bureau.licensing, changed(FEES, code="KS-02"), live=False)
        with override("en"):
            for errors in (errors_in(draft), errors_at_the_gate(draft, is_import=True)):
                assert any("Its price audit holds no more" in error for error in errors) is is_refused

    def test_a_standard_that_has_ended_stays_in_the_history(self, bureau):
        self.lose(disclosed(bureau), by=bureau.office, on=TODAY)
        over = (TODAY - timedelta(days=1)).isoformat()
        draft = matter_with(bureau.licensing, changed(FEES, effective_until=over), live=False)
        with override("en"):
            assert not any("Its price audit holds no more" in error for error in errors_in(draft))


@pytest.mark.django_db
class TestTheComplaintPhone:
    def test_it_is_the_one_of_the_day(self):
        assert (complaint_phone(date(2018, 1, 1)), complaint_phone(TODAY)) == ("12358", "12315")

    def test_two_on_one_day_are_refused(self):
        from django.core.exceptions import ValidationError

        with pytest.raises(ValidationError):
            PriceComplaintPhone(phone="1", valid_from=TODAY).full_clean()


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("address", ["hall:fees", "hall:fee_board"])
    def test_a_visitor_sees_what_is_charged(self, client, bureau, address):
        disclosed(bureau)
        assert "60.00" in client.get(reverse(address)).content.decode()

    @pytest.mark.parametrize("address", ["hall:fees", "hall:fee_board"])
    def test_a_visitor_does_not_see_what_is_charged_no_more(self, client, bureau, address):
        disclosed(bureau)
        assert "90.00" not in client.get(reverse(address)).content.decode()

    def test_the_board_says_in_tibetan_too_what_is_translated(self, client, bureau):
        translation_of(bureau, disclosed(bureau), amount="61.00")
        page = client.get(reverse("hall:fee_board")).content.decode()
        assert [words in page for words in ("རིག་གཞུང་རྒྱུགས།", "理论考试费", "61.00")] == [True, True, False]

    def test_a_translation_that_is_not_public_is_not_on_the_board(self, client, bureau):
        translation_of(bureau, disclosed(bureau), live=False)
        assert 'lang="bo"' not in client.get(reverse("hall:fee_board")).content.decode()

    def test_where_nothing_is_charged_it_is_said_in_words(self, client, bureau):
        with override("en"):
            answer = client.get(reverse("hall:fees"), headers={"accept-language": "en"})
        assert "No fee is charged" in answer.content.decode()

    def test_the_history_of_a_fee_has_its_old_standards(self, client, bureau):
        disclosed(bureau)
        assert "90.00" in client.get(reverse("hall:fee_history", args=["KS-01"])).content.decode()

    def test_a_fee_that_nobody_disclosed_has_no_history(self, client, bureau):
        assert client.get(reverse("hall:fee_history", args=["KS-01"])).status_code == 404

    def test_a_guide_tells_the_fee_of_its_item_from_the_record(self, client, bureau):
        guide = guide_with_item(bureau)
        disclosed(bureau, service_items="AQ-001")
        assert "60.00" in client.get(guide.url).content.decode()

    def test_a_guide_whose_item_has_no_fee_says_so(self, client, bureau):
        guide = guide_with_item(bureau, fee_text="收费200元")
        answer = client.get(guide.url, headers={"accept-language": "en"}).content.decode()
        assert ("No fee is charged." in answer, "200" in answer) == (True, False)

    def test_a_guide_without_an_item_keeps_its_own_words(self, client, bureau):
        guide = live_matter(bureau.licensing, category="E4", type_code="guide", fee_text="不收费。")
        assert "不收费。" in client.get(guide.url).content.decode()


def guide_with_item(bureau, **attributes):
    guide = live_matter(bureau.licensing, category="E4", type_code="guide", **attributes)
    ServiceItem.objects.create(
        code="AQ-001", kind="licence", department=bureau.licensing, name_zh="许可", guide_id=guide.pk
    )
    return guide


@pytest.mark.django_db
class TestALossByMistake:
    """The reversal of what one wrong click would take off the board for good."""

    @pytest.fixture
    def lost(self, bureau):
        """A fee whose audit the head said was lost today."""
        matter = disclosed(bureau)
        lose_audit(matter, audit(), on=TODAY, reason="撤销", by=bureau.head)
        return matter

    def take_back(self, by, reason="文号看错"):
        [fee, *_others] = standards()
        return take_back_loss(fee, reason=reason, by=by)

    @pytest.mark.parametrize("who", ["office", "head"])
    def test_is_taken_back_by_the_office_and_by_who_wrote_it_down(self, bureau, lost, who):
        self.take_back(getattr(bureau, who))
        assert len(amounts()) == 1

    def test_is_taken_back_by_no_other_head(self, bureau, lost):
        deputy = person_in(bureau.licensing, Post.Kind.DEPUTY_HEAD)
        with override("en"), pytest.raises(LossRefused, match="who wrote the loss down"):
            self.take_back(deputy)
        assert amounts() == []

    def test_is_not_taken_back_without_a_reason(self, bureau, lost):
        with override("en"), pytest.raises(LossRefused, match="why it was a mistake"):
            self.take_back(bureau.office, reason=" ")

    def test_is_taken_back_once(self, bureau, lost):
        self.take_back(bureau.office)
        with override("en"), pytest.raises(LossRefused, match="No loss"):
            self.take_back(bureau.office)

    def test_counts_in_every_matter_again(self, bureau):
        matter, _other = disclosed(bureau), disclosed(bureau, code="KS-02")
        lose_audit(matter, audit(), on=TODAY, reason="撤销", by=bureau.head)
        self.take_back(bureau.office)
        assert len(amounts()) == 2

    def test_the_right_day_is_written_down_after_it(self, bureau, lost):
        self.take_back(bureau.office)
        lose_audit(lost, audit(), on=SOON, reason="撤销", by=bureau.head)
        assert (len(amounts()), len(amounts(SOON))) == (1, 0)

    def test_stays_written_down_with_its_mistake(self, bureau, lost):
        self.take_back(bureau.office)
        acts = AuditEntry.objects.filter(action__startswith="hall.audit_loss").values_list("action", "person")
        assert (LostAudit.objects.count(), list(acts)) == (1, [("hall.audit_loss_taken_back", bureau.office.pk)])

    def test_the_list_leads_the_office_to_it(self, client, bureau, lost):
        client.force_login(bureau.office)
        page = client.get(reverse("hall_fees:list")).text
        address = address_of_loss(lost).replace("/lost/?", "/lost/taken-back/?")
        assert escape(address) in page
        client.post(address, {"reason": "文号看错"})
        assert len(amounts()) == 1

    def test_the_list_leads_nobody_else_to_it(self, client, bureau, lost):
        client.force_login(bureau.liaison)
        assert client.get(address_of_loss(lost).replace("/lost/?", "/lost/taken-back/?")).status_code == 404


@pytest.mark.django_db
class TestTheAdminsList:
    def test_the_office_is_offered_to_say_that_an_audit_was_lost(self, client, bureau):
        matter = disclosed(bureau)
        client.force_login(bureau.office)
        address = escape(address_of_loss(matter))
        assert address in client.get(reverse("hall_fees:list")).content.decode()

    def test_a_liaison_officer_is_not(self, client, bureau):
        matter = disclosed(bureau)
        client.force_login(bureau.liaison)
        assert client.get(address_of_loss(matter)).status_code == 404

    def test_it_is_said_which_fees_of_other_matters_go_too(self, client, bureau):
        matter = disclosed(bureau)
        other = disclosed(bureau, code="KS-02", item="实操考试费")
        client.force_login(bureau.office)
        page = client.get(address_of_loss(matter)).content.decode()
        assert [words in page for words in ("理论考试费", "实操考试费", other.url)] == [True, True, True]

    def test_an_audit_on_which_no_fee_of_the_matter_stands_is_not_found(self, client, bureau):
        matter = disclosed(bureau, audit_number="州发改价格〔2026〕4号")
        disclosed(bureau, code="KS-02")
        client.force_login(bureau.office)
        assert [client.get(address_of_loss(matter, number)).status_code for number in (AUDIT, "")] == [404, 404]

    def test_a_day_before_the_audit_is_refused_beside_its_field(self, client, bureau):
        matter = disclosed(bureau)
        client.force_login(bureau.office)
        answer = client.post(address_of_loss(matter), {"lost_on": "0001-01-01", "reason": "撤销"})
        assert ([*answer.context["form"].errors], LostAudit.objects.exists()) == (["lost_on"], False)

    @pytest.mark.parametrize("day", [date.min, date.max])
    def test_a_day_that_stands_there_already_is_read(self, client, bureau, day):
        said = {"lost_on": day, "reason": "撤销", "by": bureau.office}
        LostAudit.objects.create(matter=disclosed(bureau), audit_number=AUDIT, **said)
        client.force_login(bureau.office)
        asked = ("/fees/KS-01/", "/api/hall/fees/?standing=all", reverse("hall_fees:list"), "/fees/")
        assert [client.get(address).status_code for address in asked] == [200] * 4

    def test_saying_it_takes_the_fee_off_the_board(self, client, bureau):
        matter = disclosed(bureau)
        client.force_login(bureau.office)
        client.post(address_of_loss(matter), {"lost_on": TODAY.isoformat(), "reason": "撤销"})
        assert amounts() == []


@pytest.mark.django_db
class TestForWhichItems:
    @pytest.mark.parametrize(
        "typed", ["AQ-001，AQ-002", "ＡＱ-001 aq-002", "AQ—001/AQ－002", "AQ-001以及AQ-002。", "AQ-001 and AQ-002"]
    )
    def test_codes_are_read_however_they_are_typed(self, bureau, typed):
        disclosed(bureau, service_items=typed)
        assert [len(of_items([code], charged_on())) for code in ("AQ-001", "AQ-002")] == [1, 1]

    @pytest.mark.parametrize("typed", ["", "/", "无", "—", "-"])
    def test_nothing_is_no_code(self, typed):
        assert codes_in(typed) == []

    def test_a_code_may_have_a_word_in_it(self):
        assert codes_in("AQ-AND-01") == ["AQ-AND-01"]

    def test_a_code_that_no_item_has_stops_the_matter(self, bureau):
        ServiceItem.objects.create(code="AQ-001", kind="licence", department=bureau.licensing, name_zh="许可")
        draft = matter_with(bureau.licensing, changed(FEES, service_items="AQ-001, AQ-00l"), live=False)
        told = [words for words in errors_in(draft) if "AQ-00L" in words]
        assert len(told) == 1
        assert "AQ-001" not in told[0]

    def test_codes_of_a_standard_that_has_ended_are_history(self, bureau):
        ended = {"effective_until": (TODAY - timedelta(days=1)).isoformat(), "service_items": "AQ-00l"}
        draft = matter_with(bureau.licensing, changed(FEES, **ended), live=False)
        assert not [words for words in errors_in(draft) if "AQ-00L" in words]


@pytest.mark.django_db
class TestOneFeeInTwoMatters:
    @pytest.fixture
    def told(self, bureau):
        def errors(**row):
            draft = matter_with(bureau.licensing, changed(FEES, **row), live=False)
            return [words for words in errors_in(draft) if "standard of fee" in words]

        return errors

    def test_two_standards_on_one_day_stop_the_second(self, bureau, told):
        disclosed(bureau)
        assert told(amount="80.00", code="ks-01 ")

    def test_one_after_the_other_is_fine(self, bureau, told):
        disclosed(bureau, effective_until=SOON.isoformat())
        assert not told(effective_from=(SOON + timedelta(days=1)).isoformat())

    def test_one_whose_audit_has_ended_before_is_fine(self, bureau, told):
        day = (TODAY + timedelta(days=30)).isoformat()
        disclosed(bureau, effective_from=day, audit_on=TODAY.isoformat())
        assert not told(audit_until=SOON.isoformat())

    def test_of_a_later_one_the_earlier_is_to_be_ended(self, bureau, told):
        disclosed(bureau, effective_from=SOON.isoformat())
        [words] = told()
        assert "end this one before it" in words

    def test_a_new_version_of_the_same_matter_is_fine(self, bureau):
        matter = disclosed(bureau)
        assert not [words for words in errors_in(matter) if "has a standard of fee" in words]

    def test_a_translation_is_no_second_fee(self, bureau):
        draft = translation_of(bureau, disclosed(bureau), live=False)
        assert not [words for words in errors_in(draft) if "has a standard of fee" in words]


@pytest.mark.django_db
class TestAGuideThatSaysNoFee:
    @pytest.fixture
    def guide(self, bureau):
        guide = live_matter(bureau.licensing, type_code="guide", category="E4", fee_text="不收费。")
        ServiceItem.objects.create(
            code="AQ-001", kind="licence", department=bureau.licensing, name_zh="许可", guide=guide
        )
        return guide

    def test_beside_a_fee_it_is_not_shown(self, bureau, guide, client):
        disclosed(bureau, service_items="AQ-001")
        shown = client.get(guide.url).content.decode()
        assert ("60.00" in shown, "不收费" in shown) == (True, False)

    def test_without_a_fee_it_is(self, guide, client):
        assert "不收费" in client.get(guide.url).content.decode()

    def test_its_author_is_warned(self, bureau, guide):
        disclosed(bureau, service_items="AQ-001")
        assert "理论考试费" in " ".join(finding.words for finding in warnings_in(guide, reader=bureau.liaison))

    @pytest.mark.parametrize("language", ["zh-hans", "en", "bo"])
    def test_in_the_portals_own_words(self, language):
        assert says_no_fee(words_of(language)["no_fee"])

    @pytest.mark.parametrize(
        "text",
        [
            "不收费",
            "免费。",
            " 本机关不收费；",
            "不收任何费用",
            "零收费",
            "No fee.",
            "There is no charge",
            "Nothing is paid.",
        ],
    )
    def test_however_it_is_said(self, text):
        assert (says_no_fee(text), without_no_fee(text)) == (True, "")

    def test_what_it_says_besides_is_kept(self):
        assert without_no_fee("不收费，评审专家费由本局承担。") == "评审专家费由本局承担。"

    @pytest.mark.parametrize(
        "text",
        [
            "低保户免费。",
            "复议不收费",
            "按标准收费；培训，免费；低保户减半",
            "考试费减半。押金：无。",
            "",
            "Pensioners pay nothing",
        ],
    )
    def test_words_on_who_pays_nothing_are_kept(self, text):
        assert (says_no_fee(text), without_no_fee(text)) == (False, text)
