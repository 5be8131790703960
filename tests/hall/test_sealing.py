"""What identifies an applicant is unreadable in the database, survives a change of keys, and is shown for a reason."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict

from intranet.audit.models import AuditEntry
from intranet.hall.models import Applicant
from intranet.hall.reception.drafts import content_of, draft_of, keep
from intranet.hall.sealing import lookup_key, seal, unseal
from intranet.hall.unmasking import unmask
from intranet.refusals import Refused
from tests.hall.cases import a_persons_number, credit_code, now

PHONE = "13893911234"


@pytest.fixture
def number():
    return a_persons_number()


@pytest.fixture
def case(hall, number):
    return hall.received(identifier=number, phone=PHONE)


def whole_database() -> str:
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += cursor.fetchall()
    return repr(rows)


def test_no_table_holds_the_number_or_the_phone(case, number):
    everything = whole_database()
    assert (number in everything, PHONE in everything) == (False, False)


def test_no_table_holds_the_check_code(case):
    assert unseal(case.check_code_sealed) not in whole_database()


def test_the_same_text_is_sealed_differently_each_time():
    assert seal("62300119800101123X") != seal("62300119800101123X")


def test_the_lookup_key_depends_on_a_secret(settings, number):
    before = lookup_key("person", number)
    settings.IDENTIFIER_LOOKUP_KEY = "another-lookup-key-of-32-characters"
    assert lookup_key("person", number) != before


def test_the_same_applicant_is_registered_once_however_the_number_is_written(hall, number):
    first, second = (
        Applicant.objects.get_or_register(kind="person", name="李小明", identifier=written)
        for written in (number, f" {number[:6]} {number[6:].lower()}")
    )
    assert (first.pk, Applicant.objects.count()) == (second.pk, 1)


def test_an_applicant_is_found_by_the_number_alone(case, number):
    assert Applicant.objects.identified_by("person", number).get() == case.applicant


def test_a_number_that_cannot_be_one_registers_nobody(db):
    with pytest.raises(ValidationError, match="has 18 places"):
        Applicant.objects.get_or_register(kind="person", name="李小明", identifier="123")
    assert not Applicant.objects.exists()


def test_an_organisation_is_known_by_its_credit_code(db):
    code = credit_code("91623000MA0000001")
    found = Applicant.objects.get_or_register(kind="organisation", name="甘南矿业", identifier=code)
    assert found.shown_identifier == f"9162**********{code[-4:]}"


def test_what_an_older_key_sealed_is_still_read(case, number, settings):
    settings.IDENTIFIER_KEYS = [Fernet.generate_key().decode(), *settings.IDENTIFIER_KEYS]
    assert unseal(now(case).applicant.identifier_sealed) == number


def test_after_sealing_anew_the_older_key_is_needed_no_more(case, number, settings):
    new = Fernet.generate_key().decode()
    settings.IDENTIFIER_KEYS = [new, *settings.IDENTIFIER_KEYS]
    call_command("seal_anew", verbosity=0)
    settings.IDENTIFIER_KEYS = [new]
    case = now(case)
    assert (unseal(case.applicant.identifier_sealed), unseal(case.applicant.phone_sealed)) == (number, PHONE)
    assert unseal(case.check_code_sealed)


def test_what_a_clerk_is_typing_comes_under_the_new_key_too(hall, settings):
    draft = draft_of(hall.clerk)
    keep(draft, QueryDict("name=李小明"))
    new = Fernet.generate_key().decode()
    settings.IDENTIFIER_KEYS = [new, *settings.IDENTIFIER_KEYS]
    call_command("seal_anew", verbosity=0)
    settings.IDENTIFIER_KEYS = [new]
    assert content_of(draft_of(hall.clerk))["name"] == "李小明"


def test_sealing_anew_finds_applicants_by_a_new_lookup_key(case, number, settings):
    settings.IDENTIFIER_LOOKUP_KEY = "another-lookup-key-of-32-characters"
    call_command("seal_anew", verbosity=0)
    assert Applicant.objects.identified_by("person", number).exists()


def test_where_a_key_is_missing_nothing_is_sealed_anew(case, settings):
    before = case.applicant.identifier_sealed
    settings.IDENTIFIER_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("seal_anew", verbosity=0)
    assert now(case).applicant.identifier_sealed == before


def test_where_a_key_is_missing_lists_still_open(case, settings):
    settings.IDENTIFIER_KEYS = [Fernet.generate_key().decode()]
    assert "unreadable" in now(case).applicant.shown_identifier


@pytest.mark.parametrize(("name", "value"), [("IDENTIFIER_KEYS", []), ("IDENTIFIER_LOOKUP_KEY", "")])
def test_without_keys_nobody_is_registered(db, settings, number, name, value):
    setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured):
        Applicant.objects.get_or_register(kind="person", name="李小明", identifier=number)


def test_a_handler_sees_the_number_for_a_reason_which_is_logged(hall, case, number):
    assert unmask(case, "identifier", by=hall.handler, reason="核对许可证") == number
    entry = AuditEntry.objects.get(action="hall.unmasked")
    assert (entry.person, entry.facts["reason"], number in repr(entry.facts)) == (
        hall.handler.pk,
        "核对许可证",
        False,
    )


def test_without_a_reason_nothing_is_shown(hall, case):
    with pytest.raises(Refused, match="Give the reason"):
        unmask(case, "identifier", by=hall.handler, reason=" ")
    assert not AuditEntry.objects.filter(action="hall.unmasked").exists()


def test_another_cadre_sees_no_number_for_any_reason(hall, case):
    with pytest.raises(Refused, match="Only who handles"):
        unmask(case, "identifier", by=hall.bureau.cadre, reason="好奇")


def test_only_identifier_and_phone_are_unmasked(hall, case):
    with pytest.raises(Refused, match="nothing more"):
        unmask(case, "check_code", by=hall.handler, reason="好奇")
