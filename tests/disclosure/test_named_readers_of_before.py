"""The migration that takes named readers from guardian's tables into shares."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from guardian.models import GroupObjectPermission, UserObjectPermission
from guardian.shortcuts import assign_perm
from wagtail.log_actions import log

from intranet.access.models import Share
from intranet.access.rule import can_read
from intranet.disclosure.models import MatterPage
from tests.factories import fresh, live_matter

move = import_module("intranet.disclosure.migrations.0010_shares_have_an_end").move_named_readers


@pytest.fixture
def matter(bureau):
    """A matter whose readers were named before shares were kept."""
    matter = live_matter(bureau.licensing, category="N2", type_code="notice", visibility="leaders").as_matter()
    kind = ContentType.objects.get_for_model(MatterPage)
    Permission.objects.create(content_type=kind, codename="read_matter", name="Named as reader of a matter")
    party = Group.objects.create(name="党支部")
    for holder in (bureau.cadre2, party):
        assign_perm("disclosure.read_matter", holder, matter)
    log(instance=matter, action="gongkai.share", user=bureau.head, data={"with": str(bureau.cadre2)})
    return matter


def test_whoever_was_named_may_still_read(bureau, matter):
    move(apps, None)
    assert can_read(bureau.cadre2, fresh(matter))


def test_shares_of_before_have_no_end_and_who_gave_them_where_the_log_knows(bureau, matter):
    move(apps, None)
    told = {str(share.holder): (share.until, share.reason, share.granted_by) for share in Share.objects.all()}
    assert told == {str(bureau.cadre2): (None, "", bureau.head), "党支部": (None, "", None)}


def test_guardian_keeps_no_reader_of_a_matter(matter):
    move(apps, None)
    kept = [model.objects.filter(object_pk=str(matter.pk)) for model in (UserObjectPermission, GroupObjectPermission)]
    assert [rows.filter(content_type__model="matterpage").count() for rows in kept] == [0, 0]
    assert not Permission.objects.filter(codename="read_matter").exists()
