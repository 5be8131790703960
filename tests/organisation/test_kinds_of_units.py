"""What a unit's groups may do follows from its kind, exactly; the kind of a unit that is there is not changed."""

import pytest
from django.urls import reverse
from guardian.shortcuts import assign_perm, get_group_perms

from intranet.organisation.groups import ensure_groups, rights_on
from intranet.organisation.models import Department, DepartmentGroup, Post, User
from tests.factories import fresh_account, person_in

Kind = Department.Kind


def edit_screen(department: Department) -> str:
    return reverse("wagtailsnippets_organisation_department:edit", args=[department.pk])


def form_of(department: Department, **changes: str) -> dict[str, str]:
    """The form of a department as it lies in the database, with changes."""
    texts = ["code", "kind", "name_zh", "name_bo", "name_en", "duties_zh", "duties_bo", "duties_en"]
    texts += ["address", "phone", "email", "office_hours", "position"]
    return {name: str(getattr(department, name)) for name in texts} | {"parent": ""} | changes


def set_kind(department: Department, kind: str) -> None:
    """Beside every form, as in a shell."""
    department.kind = kind
    department.save()


@pytest.fixture
def member(bureau) -> User:
    return person_in(bureau.licensing, Post.Kind.MEMBER)


@pytest.mark.parametrize("kind", [Kind.LEADING_GROUP_OFFICE, Kind.HALL])
@pytest.mark.parametrize("post", Post.Kind)
def test_a_unit_that_was_of_another_kind_leaves_nobody_anything_of_it(bureau, kind, post):
    person = person_in(bureau.licensing, post)
    had = fresh_account(person).get_all_permissions()
    set_kind(bureau.licensing, kind)
    set_kind(bureau.licensing, Kind.DEPARTMENT)
    assert fresh_account(person).get_all_permissions() == had


@pytest.mark.parametrize("right", ["organisation.change_user", "organisation.change_post", "wagtailadmin.access_admin"])
def test_a_member_of_what_was_the_office_for_a_moment_keeps_no(bureau, member, right):
    set_kind(bureau.licensing, Kind.LEADING_GROUP_OFFICE)
    set_kind(bureau.licensing, Kind.DEPARTMENT)
    assert not fresh_account(member).has_perm(right)


def test_what_a_group_was_given_besides_its_role_is_taken_from_it(bureau):
    members = DepartmentGroup.objects.get(department=bureau.licensing, role="members").group
    assign_perm("organisation.approve_matters", members, bureau.licensing)
    assign_perm("organisation.read_internal", members, bureau.finance)
    ensure_groups(bureau.licensing)
    found = [set(get_group_perms(members, unit)) for unit in (bureau.licensing, bureau.finance)]
    assert found == [set(rights_on(bureau.licensing, "members")), set()]


def test_the_office_sets_up_a_unit_of_any_kind(bureau, client):
    client.force_login(bureau.office)
    new = Department(code="second-hall", name_zh="第二大厅")
    client.post(reverse("wagtailsnippets_organisation_department:add"), form_of(new, kind=Kind.HALL))
    assert Department.objects.get(code="second-hall").kind == Kind.HALL


def test_the_form_of_a_unit_does_not_change_its_kind(bureau, client):
    client.force_login(bureau.office)
    posted = form_of(bureau.licensing, kind=Kind.LEADING_GROUP_OFFICE, phone="0941-8213402")
    client.post(edit_screen(bureau.licensing), posted)
    bureau.licensing.refresh_from_db()
    assert (bureau.licensing.phone, bureau.licensing.kind) == ("0941-8213402", Kind.DEPARTMENT)


def test_the_form_says_what_to_do_instead(bureau, client):
    client.force_login(bureau.office)
    assert "set up another unit" in client.get(edit_screen(bureau.licensing)).content.decode()


def test_an_older_version_does_not_bring_its_kind_back(bureau, client):
    bureau.licensing.kind = Kind.LEADING_GROUP_OFFICE
    older = bureau.licensing.save_revision()
    address = reverse("wagtailsnippets_organisation_department:revisions_revert", args=[bureau.licensing.pk, older.pk])
    client.force_login(bureau.office)
    screen = client.get(address)
    assert screen.context["form"]["kind"].value() == Kind.DEPARTMENT
