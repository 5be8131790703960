"""The migration that writes down whose price audit was lost."""

from importlib import import_module

import pytest
from django.db.migrations.loader import MigrationLoader

from intranet.hall.models import LostAudit
from tests.disclosure.particulars.samples import FEES, as_stored, changed, matter_with
from tests.hall.test_fees import AUDIT, TODAY

MIGRATION = "0011_lost_audit_by_organ"


@pytest.fixture(scope="module")
def name_organs():
    apps = MigrationLoader(None).project_state(("hall", MIGRATION)).apps
    return lambda: import_module(f"intranet.hall.migrations.{MIGRATION}").name_organs(apps, None)


def lost_before(bureau, matter, number=AUDIT):
    return LostAudit.objects.create(matter=matter, audit_number=number, lost_on=TODAY, reason="撤销", by=bureau.office)


def organ_of(lost):
    return LostAudit.objects.get(pk=lost.pk).audit_organ


@pytest.mark.django_db
def test_its_matter_says_whose_it_was(bureau, name_organs):
    lost = lost_before(bureau, matter_with(bureau.licensing, FEES))
    name_organs()
    assert organ_of(lost) == "州发展和改革委员会"


@pytest.mark.django_db
def test_a_matter_that_has_a_new_audit_says_it_in_its_version_of_before(bureau, name_organs):
    matter = matter_with(bureau.licensing, FEES)
    lost = lost_before(bureau, matter)
    matter.save_revision()
    matter.particulars = as_stored(changed(FEES, audit_number="州发改价格〔2026〕9号", audit_organ="省发改委"))
    matter.save()
    name_organs()
    assert organ_of(lost) == "州发展和改革委员会"


@pytest.mark.django_db
def test_where_nothing_says_it_the_loss_stays(bureau, name_organs):
    lost = lost_before(bureau, matter_with(bureau.licensing, FEES), "无此文号")
    name_organs()
    assert organ_of(lost) == ""
