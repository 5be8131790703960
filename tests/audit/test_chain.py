"""The chain of the audit log: nothing in it can be changed, taken out or put between without being found."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intranet.audit.append_only import Unalterable
from intranet.audit.chain import BEGINNING, seal_pending, verify
from intranet.audit.models import AuditEntry, ChainHead
from intranet.audit.recording import record
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def rows():
    """The entries past what the model forbids, as who has the database in hand changes them."""
    return models.QuerySet(AuditEntry)


@pytest.fixture
def five():
    for number in range(5):
        record("act", facts={"number": number, "name": "第一"})
    seal_pending()
    return list(AuditEntry.objects.sealed())


def test_entries_follow_each_other_in_the_order_in_which_they_came(five):
    assert [(entry.position, entry.facts["number"]) for entry in five] == [(n + 1, n) for n in range(5)]


def test_a_chain_that_nobody_touched_is_whole(five):
    found = verify()
    assert (found.is_whole, found.position, found.seal) == (True, 5, five[-1].seal)


def test_an_empty_chain_is_whole():
    assert (verify().is_whole, verify().seal) == (True, BEGINNING)


def test_what_is_added_later_goes_on_from_the_head(five):
    record("later")
    seal_pending()
    assert (verify().is_whole, verify().position) == (True, 6)


@pytest.mark.parametrize(
    "change",
    [
        {"action": "another"},
        {"person": 7},
        {"person_name": "somebody"},
        {"subject": "9"},
        {"subject_name": "x"},
        {"subject_type": "a.b"},
        {"facts": {"number": 99}},
    ],
)
def test_whatever_is_changed_is_found_at_its_place(five, change):
    rows().filter(position=3).update(**change)
    assert verify().broken == [3]


def test_a_changed_moment_is_found(five):
    rows().filter(position=2).update(at=five[1].at + timedelta(microseconds=1))
    assert verify().broken == [2]


def test_the_database_has_no_entry_before_the_first(five):
    with pytest.raises(IntegrityError):
        rows().filter(position=3).update(position=0)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite lets a check be passed over for a while")
def test_an_entry_put_before_the_first_is_found(five):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        models.Model.save(AuditEntry(at=five[0].at, action="forged", position=0, seal="f" * 64))
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert verify().broken == [0]


def test_an_entry_taken_out_is_found_with_the_one_after_it(five):
    rows().filter(position=3).delete()
    assert verify().broken == [3, 4]


def test_entries_taken_off_the_end_are_found(five):
    rows().filter(position__gt=3).delete()
    assert (verify().broken, verify().is_short) == ([], True)


def test_two_that_change_places_are_found(five):
    rows().filter(position=2).update(position=None)
    rows().filter(position=4).update(position=2)
    rows().filter(pk=five[1].pk).update(position=4)
    assert verify().broken[0] == 2


def test_a_chain_made_anew_is_found_by_the_head_that_was_kept(five):
    kept = five[-1].seal
    rows().filter(position=1).update(action="another")
    rows().update(position=None, seal="")
    ChainHead.objects.all().delete()
    seal_pending()
    assert (verify().is_whole, verify(head=kept).is_whole) == (True, False)


def test_an_older_head_that_was_kept_is_in_the_chain(five):
    assert verify(head=five[2].seal).is_whole


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.integers() | st.text() | st.none() | st.booleans(), max_size=3),
        max_size=8,
    )
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_facts_are_they_are_sealed_as_they_are_read_again(db, many):
    with transaction.atomic():
        for facts in many:
            record("act", facts={name.replace("\0", ""): _storable(value) for name, value in facts.items()})
        seal_pending()
        assert verify().is_whole
        transaction.set_rollback(True)


def _storable(value):
    return value.replace("\0", "").encode("utf-8", "replace").decode() if isinstance(value, str) else value


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: entry.save(),
        lambda entry: entry.delete(),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(action="x"),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["action"]),
    ],
)
def test_an_entry_is_neither_changed_nor_deleted(five, change):
    with pytest.raises(Unalterable):
        change(five[0])


def test_what_was_undone_leaves_no_entry():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("act")
        raise ZeroDivisionError
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_sealed_once_its_transaction_is_committed():
    with transaction.atomic():
        record("act")
        assert not AuditEntry.objects.sealed().exists()
    assert AuditEntry.objects.sealed().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_to_seal_costs_the_act_nothing_and_is_made_up_for(monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr("intranet.audit.chain._seal_some", lambda: 1 / 0)
        record("act")
    assert (AuditEntry.objects.unsealed().count(), "ZeroDivisionError" in caplog.text) == (1, True)
    record("next")
    assert [entry.action for entry in AuditEntry.objects.sealed()] == ["act", "next"]


def test_a_name_of_any_length_is_kept_short(db):
    person = UserFactory(username="x" * 150)
    record("act", person=person, thing=UserFactory(first_name="长" * 150, last_name="名" * 150))
    assert len(AuditEntry.objects.get(action="act").subject_name) <= 255


def run(*arguments):
    out = StringIO()
    call_command("audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_the_head(five):
    assert run("verify") == f"5 entries in the chain, 0 not sealed yet.\nhead {five[-1].seal}\n"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda: rows().filter(position=3).update(action="x"), "broken at: 3"),
        (lambda: rows().filter(position=5).delete(), "missing at its end"),
    ],
)
def test_the_command_fails_and_says_where(five, damage, words):
    damage()
    with pytest.raises(CommandError, match=words):
        run("verify")


def test_the_command_fails_where_the_kept_head_is_gone(five):
    with pytest.raises(CommandError, match="written anew"):
        run("verify", "--head", "0" * 64)


def test_the_command_seals_what_was_left(db):
    record("act")
    assert run("seal") == "1 entries sealed.\n"


@pytest.mark.parametrize(
    "way",
    [
        lambda row: AuditEntry(pk=row.pk, at=row.at, action="changed").save(),
        lambda row: AuditEntry.objects.bulk_create(
            [AuditEntry(pk=row.pk, at=row.at, action="changed")],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["action"],
        ),
        lambda row: AuditEntry.objects.all()._raw_delete("default"),
    ],
    ids=["saved over", "created over", "deleted beside the signals"],
)
def test_no_way_around_leads_to_an_entry(five, way):
    with pytest.raises((Unalterable, IntegrityError)), transaction.atomic():
        way(five[2])
    assert [entry.action for entry in rows()] == ["act"] * 5
