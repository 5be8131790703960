"""The window: one form that finds item and applicant, receives once, and says what is wrong where it is wrong."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from intranet.audit.models import AuditEntry
from intranet.hall.deemed import state_on
from intranet.hall.models import Applicant, Case, ItemVersion, ReceptionDraft, RepeatedAttempt, ServiceItem
from intranet.hall.refusals import KnownByAnotherName
from intranet.organisation.models import Post
from tests.factories import person_in
from tests.hall.cases import a_persons_number, credit_code, id_number, item_of, today

WINDOW = reverse("window:receive")


def typed(hall, **said):
    form = {
        "token": str(uuid4()), "item_words": "AQ-001", "kind": "person", "identifier": a_persons_number(),
        "name": "李小明", "phone": "13893012345", "subject": "一号井", "channel": "window",
        "received_on": today().isoformat(), "materials": [each.pk for each in hall.materials("申请书", "营业执照")],
    }  # fmt: skip
    return form | said


def send(client, hall, action="receive", *, by=None, **said):
    client.force_login(by or hall.clerk)
    return client.post(WINDOW, typed(hall, **said) | {"action": action})


def errors(answer):
    return {name: " ".join(faults) for name, faults in answer.context["form"].errors.items()}


@pytest.mark.parametrize("action", ["check", "look", "receive"])
def test_a_day_in_the_far_future_locks_nobody_out(hall, client, action):
    client.force_login(hall.clerk)
    said = typed(hall, channel="post", received_on="9999-12-31") | {"action": action}
    assert client.post(reverse("window:receive"), said).status_code == 200
    assert client.get(reverse("window:receive")).status_code == 200


def look(client, hall, **said):
    """What the window shows of words, before anything is received."""
    return send(client, hall, "look", **said).context["asked"]


def test_an_application_is_received_with_what_was_ticked(hall, client):
    answer = send(client, hall)
    case = Case.objects.get()
    brought = {row.material.name for row in case.materials.exclude(received_on=None)}
    assert (answer["Location"], brought) == (reverse("window:received", args=[case.number]), {"申请书", "营业执照"})


@pytest.mark.parametrize("phone", ["无", "1", "12315"])
def test_what_is_no_phone_is_said_where_it_stands(hall, client, phone):
    assert list(errors(send(client, hall, phone=phone))) == ["phone"]


@pytest.mark.parametrize("phone", ["", "5550131", "0941-5550131", "13893012345 / 5550131"])
def test_a_phone_is_taken_as_it_is_said_or_left_out(hall, client, phone):
    assert send(client, hall, phone=phone).status_code == 302


def test_what_comes_next_is_offered(hall, client):
    case = hall.received()
    client.force_login(hall.clerk)
    assert case.number in client.get(reverse("window:received", args=[case.number])).content.decode()


@pytest.mark.parametrize("name", ["liaison", "office", "cadre"])
def test_nobody_else_comes_to_the_window(hall, client, name):
    send(client, hall, by=getattr(hall.bureau, name))
    assert (client.get(WINDOW).status_code, Case.objects.count()) == (302, 0)


def test_a_departments_handler_receives_for_its_items(hall, client):
    send(client, hall, by=hall.handler)
    assert Case.objects.get().clerk == hall.handler


def test_and_for_no_other_departments(hall, client):
    handler = person_in(hall.bureau.finance, Post.Kind.CLERK)
    answer = send(client, hall, by=handler)
    assert (errors(answer), Case.objects.count()) == ({"item_words": "No item that you receive for is called so."}, 0)


@pytest.mark.parametrize("words", ["aq-001", "ＡＱ－００１", "aq001", "生产许可", "anquan", "aqscxkz", "aqsc", "xkz"])
def test_an_item_is_found_by_code_part_pinyin_and_initials(hall, client, words):
    item_of(hall.bureau.finance, code="CW-9").versions.update(valid_to=None)
    ServiceItem.objects.filter(code="CW-9").update(name_zh="财务备案")
    assert look(client, hall, item_words=words).items == [hall.item]


def test_of_several_items_one_is_chosen(hall, client):
    other = item_of(hall.bureau.finance, code="CW-9")
    assert "choose one" in errors(send(client, hall, item_words="安全"))["item_words"]
    send(client, hall, item_words="安全", item=other.pk, materials=[])
    assert Case.objects.get().item == other


@pytest.mark.parametrize("words", ["小明", "李小", "lixiaoming", "lxm"])
def test_a_known_applicant_is_found_and_chosen(hall, client, words):
    known = hall.received().applicant
    assert look(client, hall, applicant_words=words).applicants == [known]
    send(client, hall, applicant_words=words, applicant=known.pk, identifier="", name="", subject="二号井")
    assert Case.objects.get(subject="二号井").applicant == known


class TestMoreThanAreShown:
    def test_items_are_counted_and_more_words_asked_for(self, hall, client):
        for number in range(12):
            item_of(hall.bureau.licensing, code=f"BA-{number:02d}")
        content = send(client, hall, "look", item_words="安全生产").content.decode()
        assert "3 more items are called so: type more." in content

    def test_applicants_are_counted_and_more_words_asked_for(self, hall, client):
        for number in range(12):
            hall.received(name="李小明", subject=f"{number}号井")
        content = send(client, hall, "look", applicant_words="小明").content.decode()
        assert "2 more applicants are called so" in content

    def test_nothing_is_said_where_all_are_shown(self, hall, client):
        assert "called so: type more" not in send(client, hall, "look", item_words="安全生产").content.decode()

    def test_the_part_is_another_one_for_the_browser(self, hall, client):
        def key():
            return send(client, hall, "check", item_words="BA").json()["regions"]["items"]["key"]

        for number in range(10):
            item_of(hall.bureau.licensing, code=f"BA-{number:02d}")
        before = key()
        item_of(hall.bureau.licensing, code="BA-99")
        assert key() != before


class TestANumberKnownUnderAnotherName:
    @pytest.fixture
    def number(self, hall):
        number = a_persons_number()
        hall.received(identifier=number, name="李小明")
        return number

    def sent(self, client, hall, number, **said):
        return send(client, hall, **{"identifier": number, "name": "李晓明", "subject": "二号井"} | said)

    def test_is_asked_about(self, hall, client, number):
        answer = self.sent(client, hall, number)
        told = "This number is known under the name “李小明”: say below which name is right."
        assert (errors(answer), Case.objects.count()) == ({"name": told}, 1)

    def test_renames_nobody_unasked(self, hall, client, number):
        self.sent(client, hall, number)
        assert Applicant.objects.get().name == "李小明"

    def test_is_received_under_the_known_name(self, hall, client, number):
        self.sent(client, hall, number, right_name="known")
        assert [case.applicant_name for case in Case.objects.all()] == ["李小明", "李小明"]

    def test_is_renamed_once_the_new_name_is_confirmed(self, hall, client, number):
        self.sent(client, hall, number, right_name="李晓明")
        assert Applicant.objects.get().name == "李晓明"

    def test_is_renamed_with_an_entry_in_the_audit_log(self, hall, client, number):
        self.sent(client, hall, number, right_name="李晓明")
        entry = AuditEntry.objects.get(action="hall.renamed")
        assert (entry.person, entry.facts) == (hall.clerk.pk, {"from": "李*", "to": "李*"})

    def test_is_asked_about_again_where_another_name_was_confirmed(self, hall, client, number):
        assert set(errors(self.sent(client, hall, number, right_name="李小明明"))) == {"name"}

    def test_is_seen_in_full_with_an_entry_in_the_audit_log(self, hall, client, number):
        self.sent(client, hall, number)
        assert AuditEntry.objects.filter(action="hall.name_compared", person=hall.clerk.pk).count() == 1

    def test_is_masked_for_who_reads_no_case_of_the_applicant(self, hall, client):
        number = a_persons_number()
        hall.received(identifier=number, item=item_of(hall.bureau.finance, code="CW-9"))
        answer = self.sent(client, hall, number, by=hall.handler)
        assert ("李小明" in errors(answer)["name"], "李*" in errors(answer)["name"]) == (False, True)

    def test_may_be_written_in_another_width(self, hall, client, number):
        self.sent(client, hall, number, name=" 李 小明")
        assert Case.objects.count() == 2

    def test_is_no_move_of_an_operation_either(self, hall, number):
        with pytest.raises(KnownByAnotherName):
            hall.received(identifier=number, name="李晓明", subject="二号井")


class TestTheCursor:
    def at(self, answer):
        """The name of the field, or the words, where the browser begins."""
        (first,) = BeautifulSoup(answer.content.decode(), "html.parser").select("form[data-reception] [autofocus]")
        return first.get("name") or first.text

    def test_begins_in_the_first_field(self, hall, client):
        client.force_login(hall.clerk)
        assert self.at(client.get(WINDOW)) == "item_words"

    def test_begins_in_the_first_field_with_a_fault(self, hall, client):
        assert self.at(send(client, hall, identifier="62", name="")) == "identifier"

    def test_begins_at_a_fault_of_no_field(self, hall, client):
        number = a_persons_number()
        hall.received(identifier=number)
        assert "The same applicant has an open case" in self.at(send(client, hall, identifier=number))


def test_the_whole_number_finds_its_holder_at_once(hall, client):
    number = a_persons_number()
    known = hall.received(identifier=number).applicant
    assert look(client, hall, applicant_words=number).applicant == known


def test_a_part_of_the_number_finds_nobody(hall, client):
    number = a_persons_number()
    hall.received(identifier=number)
    assert look(client, hall, applicant_words=number[:17]).applicants == []


def test_a_handler_finds_no_applicant_of_other_departments(hall, client):
    hall.received(item=item_of(hall.bureau.finance, code="CW-9"))
    assert look(client, hall, by=hall.handler, applicant_words="小明").applicants == []


def test_found_applicants_are_masked(hall, client):
    number = a_persons_number()
    hall.received(identifier=number)
    content = send(client, hall, "look", applicant_words="小明", identifier="", name="").content.decode()
    assert ("李*" in content, number in content, "李小明" in content) == (True, False, False)


def test_an_open_case_is_shown_before_anything_is_sent(hall, client):
    number = a_persons_number()
    case = hall.received(identifier=number)
    answer = send(client, hall, "look", identifier=number, subject=" 一号 井 ")
    assert reverse("window:case", args=[case.number]) in answer.content.decode()


def test_the_second_is_refused_with_a_link_to_the_first(hall, client):
    number = a_persons_number()
    case = hall.received(identifier=number)
    answer = send(client, hall, identifier=number)
    assert reverse("window:case", args=[case.number]) in answer.content.decode()
    assert (Case.objects.count(), RepeatedAttempt.objects.filter(first=case).count()) == (1, 1)


def test_the_same_form_sent_twice_is_one_case(hall, client):
    form = typed(hall)
    first, second = (send(client, hall, **form) for _time in range(2))
    assert (Case.objects.count(), first["Location"]) == (1, second["Location"])


def test_a_form_sent_twice_leaves_no_draft(hall, client):
    form = typed(hall)
    for _time in range(2):
        send(client, hall, **form)
    assert not ReceptionDraft.objects.exclude(content_sealed="").exists()


def test_a_form_sent_again_after_its_answer_was_lost_leaves_no_draft(hall, client):
    form = typed(hall)
    send(client, hall, **form)
    send(client, hall, "check", **form)
    send(client, hall, **form)
    assert not ReceptionDraft.objects.exists()


def test_a_form_that_was_gone_back_to_makes_no_case_of_another_application_unseen(hall, client):
    form = typed(hall)
    send(client, hall, **form)
    answer = send(client, hall, **form | {"subject": "二号井"})
    assert (Case.objects.count(), "is another application" in answer.content.decode()) == (1, True)
    token = answer.context["form"]["token"].value()
    send(client, hall, **form | {"subject": "二号井", "token": str(token)})
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"identifier": "623001198001011"}, "identifier", "18 places"),
        ({"identifier": id_number("62300119800101001")[:17] + "?"}, "identifier", "17 digits, then a digit or X"),
        ({"identifier": id_number("62300129990101001")}, "identifier", "lies in the future"),
        ({"kind": "organisation", "identifier": credit_code("91623001MA7000001")[:-1] + "!"}, "identifier", "capitals"),
        ({"kind": "organisation", "identifier": "91623001"}, "identifier", "18 characters"),
        ({"identifier": ""}, "identifier", "Enter the number"),
        ({"name": " "}, "name", "Enter the name"),
        ({"received_on": "2999-01-01"}, "received_on", "lies in the future"),
        ({"received_on": "2019-12-31"}, "received_on", "no version of it is in force"),
        ({"received_on": "2026-02-30"}, "received_on", "Enter a valid date"),
        ({"item_words": ""}, "item_words", "Say which item"),
        ({"subject": "井" * 201}, "subject", "at most 200"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(hall, client, said, field, words):
    answer = send(client, hall, **said)
    assert (set(errors(answer)), Case.objects.count()) == ({field}, 0)
    assert words in errors(answer)[field]


def test_a_wrong_last_place_is_said(hall, client):
    number = a_persons_number()
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    assert "does not fit" in errors(send(client, hall, identifier=wrong))["identifier"]


def test_the_materials_are_those_of_the_day_it_came(hall, client):
    ended = date(2026, 1, 31)
    ItemVersion.objects.filter(pk=hall.version.pk).update(valid_to=ended)
    newer = ItemVersion.objects.create(
        item=hall.item, valid_from=ended + timedelta(days=1), promised_days=10, legal_basis="法", who_may_apply="人"
    )
    assert (look(client, hall).version, look(client, hall, received_on="2026-01-15").version) == (newer, hall.version)


def spring():
    """Tuesday, 10 March 2026: the term of what came on Monday the 2nd ended on the 9th."""
    return time_machine.travel("2026-03-10 10:00+08:00", tick=False)


def test_what_is_handed_in_at_the_window_came_today(hall, client):
    with spring():
        answer = send(client, hall, received_on="2026-03-09")
    assert "received today" in errors(answer)["received_on"]


@pytest.mark.parametrize("channel", ["post", "online"])
def test_what_came_by_post_or_online_came_earlier(hall, client, channel):
    with spring():
        send(client, hall, received_on="2026-03-03", channel=channel)
    assert Case.objects.get().received_on == date(2026, 3, 3)


def test_what_silence_has_accepted_is_received_by_who_confirms_it(hall, client):
    with spring():
        answer = send(client, hall, received_on="2026-03-02", channel="post")
        words = errors(answer)["received_on"]
        offered = 'name="late_day" value="2026-03-02"' in answer.content.decode()
        assert ("told by 2026-03-09" in words, "counts as accepted" in words, offered) == (True, True, True)
        assert not Case.objects.exists()
        send(client, hall, received_on="2026-03-02", channel="post", late_day="2026-03-02")
        assert state_on(Case.objects.get(), today()) == "accepted"


@pytest.mark.parametrize("confirmed", ["2026-03-01", "", "on"])
def test_a_confirmation_is_of_its_day_alone(hall, client, confirmed):
    with spring():
        answer = send(client, hall, received_on="2026-03-02", channel="post", late_day=confirmed)
    assert "confirm it" in errors(answer)["received_on"]


def test_the_consequence_is_shown_while_the_day_is_typed(hall, client):
    with spring():
        region = send(client, hall, "check", received_on="2026-03-02", channel="post").json()["regions"]["lateness"]
    assert (region["key"], "counts as accepted" in region["html"]) == ("2026-03-02", True)


def test_what_was_typed_is_there_again_after_the_connection_was_lost(hall, client):
    send(client, hall, "check")
    content = client.get(WINDOW).content.decode()
    assert ('value="李小明"' in content, 'value="一号井"' in content, content.count("checked")) == (True, True, 3)


def test_a_draft_is_unreadable_in_the_database(hall, client):
    number = a_persons_number()
    send(client, hall, "check", identifier=number)
    draft = ReceptionDraft.objects.get()
    assert (number in draft.content_sealed, "李小明" in draft.content_sealed) == (False, False)


def test_a_draft_is_its_clerks_alone(hall, client):
    send(client, hall, "check")
    client.force_login(person_in(hall.unit, Post.Kind.CLERK))
    assert "一号井" not in client.get(WINDOW).content.decode()


def test_a_draft_ends_with_its_case(hall, client):
    send(client, hall, "check")
    token = ReceptionDraft.objects.get().token
    send(client, hall, token=str(token))
    assert not ReceptionDraft.objects.exists()


def test_a_draft_ends_after_a_day(hall, client):
    send(client, hall, "check")
    ReceptionDraft.objects.update(saved_at=timezone.now() - timedelta(days=1, minutes=1))
    client.force_login(person_in(hall.unit, Post.Kind.CLERK))
    client.get(WINDOW)
    assert not ReceptionDraft.objects.filter(clerk=hall.clerk).exists()


@pytest.mark.parametrize("key", ["9" * 40, "٣", "-1", "x"])
def test_removing_a_scan_that_cannot_be_removes_none(hall, client, key):
    assert send(client, hall, f"remove:{key}").status_code == 200


def test_a_draft_is_discarded(hall, client):
    send(client, hall, "check")
    send(client, hall, "discard")
    assert not ReceptionDraft.objects.exists()


def test_what_is_typed_is_answered_with_the_parts_that_follow_from_it(hall, client):
    answer = send(client, hall, "check", item_words="aqscxkz").json()
    assert set(answer["regions"]) == {"first", "items", "applicants", "materials", "lateness"}
    assert "申请书" in answer["regions"]["materials"]["html"]


def test_half_typed_words_harm_nothing(hall, client):
    answer = send(client, hall, "check", identifier="62", received_on="2026-13-99", kind="x", item="x", materials=["x"])
    assert answer.status_code == 200


def test_the_window_is_kept_by_nobody_between(hall, client):
    client.force_login(hall.clerk)
    assert "no-store" in client.get(WINDOW)["Cache-Control"]


def test_the_window_leaves_no_applicant_behind_that_was_refused(hall, client):
    send(client, hall, received_on="2999-01-01")
    assert not Applicant.objects.exists()


@pytest.mark.parametrize("action", ["check", "receive", "discard"])
def test_what_one_clerk_typed_is_never_taken_as_anothers(hall, client, action):
    other = person_in(hall.bureau.licensing, Post.Kind.CLERK)
    client.force_login(other)
    client.post(reverse("window:receive"), {"clerk": other.pk, "subject": "二号井", "action": "check"})
    answer = client.post(reverse("window:receive"), {"clerk": hall.clerk.pk, "subject": "一号井", "action": action})
    assert (answer.status_code, Case.objects.exists()) == (409, False)
    assert "二号井" in client.get(reverse("window:receive")).content.decode()
