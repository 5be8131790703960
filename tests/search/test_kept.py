"""What a process keeps of small tables, and when it reads them again."""

import pytest
from django.db import transaction

from intranet.disclosure.place_names import place_names
from search.kept import Kept, stamp_anew
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db


class Table:
    """A table that changes as others write it, and counts how often it is read."""

    def __init__(self) -> None:
        self.value, self.reads = "old", 0

    def read(self) -> str:
        self.reads += 1
        return self.value


def test_nothing_is_read_twice_while_nothing_changes():
    stamp_anew()
    table = Table()
    kept = Kept(table.read)
    assert ([kept.current() for _time in range(3)], table.reads) == (["old"] * 3, 1)


def test_a_change_is_seen_at_once():
    stamp_anew()
    table = Table()
    kept = Kept(table.read)
    kept.current()
    table.value = "new"
    stamp_anew()
    assert kept.current() == "new"


def test_what_was_read_before_a_change_was_taken_back_is_read_again():
    stamp_anew()
    table = Table()
    kept = Kept(table.read)
    kept.current()
    with transaction.atomic():
        table.value = "never"
        stamp_anew()
        kept.current()
        transaction.set_rollback(True)
    table.value = "old"
    assert kept.current() == "old"


def test_a_department_is_named_as_it_is_called_now():
    department = DepartmentFactory(name_zh="许可科")
    before = place_names(departments=[department.pk]).departments[department.pk].zh
    department.name_zh = "行政许可科"
    department.save()
    assert (before, place_names(departments=[department.pk]).departments[department.pk].zh) == ("许可科", "行政许可科")


def test_a_name_that_is_newer_than_what_is_kept_is_read(monkeypatch):
    stamp_anew()
    place_names()
    monkeypatch.setattr("intranet.disclosure.signals.stamp_anew", lambda: None)
    department = DepartmentFactory(name_zh="新设科")
    assert place_names(departments=[department.pk]).departments[department.pk].zh == "新设科"
