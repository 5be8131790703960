"""The groups that a department owns, and what each of them may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from guardian.models import GroupObjectPermission
from guardian.shortcuts import assign_perm

from intranet.organisation.models import Department, DepartmentGroup

Role = DepartmentGroup.Role

RIGHTS: dict[str, tuple[str, ...]] = {
    Role.MEMBERS: ("read_internal",),
    Role.LIAISONS: ("draft_matters",),
    Role.REVIEWERS: ("review_secrecy",),
    Role.HEADS: ("draft_matters", "approve_matters", "handle_cases", "decide_cases"),
    Role.CLERKS: ("handle_cases",),
    Role.OFFICE: (),
}
"""Object permissions on the department, by role."""

ON_DEPARTMENTS = {
    "permission__content_type__app_label": "organisation",
    "permission__content_type__model": "department",
}
"""Which of all object permissions these are."""

OFFICE_ROLES = frozenset({Role.OFFICE, Role.HEADS})
"""Who in the leading group's office decides and acts for it. Its liaison officers and secrecy reviewers do not: they
draft and review for it, and would make a second decision on the same matter."""

ADMIN_ROLES = frozenset({Role.LIAISONS, Role.REVIEWERS, Role.HEADS, Role.CLERKS})
"""The roles that work in the Wagtail admin."""

SERVICE_ITEMS = tuple(
    f"hall.{act}_{kind}"
    for kind in ("serviceitem", "itemversion", "appointmenthours")
    for act in ("add", "change", "view")
)
"""What keeps the list of service items and the hours of appointments: the office's staff and who works at the window
of the hall."""

FINDER = tuple(
    f"hall.{act}_{kind}" for kind in ("enterprisekind", "activity") for act in ("add", "change", "delete", "view")
)
"""What keeps the ways that lead a visitor to a guide."""

OFFICE_PERMISSIONS = (
    *SERVICE_ITEMS,
    *FINDER,
    "hall.add_pricecomplaintphone",
    "hall.change_pricecomplaintphone",
    "hall.view_pricecomplaintphone",
    "wagtailadmin.access_admin",
    "organisation.add_user",
    "organisation.change_user",
    "organisation.view_user",
    "organisation.add_department",
    "organisation.change_department",
    "organisation.view_department",
    "organisation.add_post",
    "organisation.change_post",
    "organisation.view_post",
    "organisation.add_calendarday",
    "organisation.change_calendarday",
    "organisation.delete_calendarday",
    "organisation.view_calendarday",
    "audit.view_auditentry",
    "disclosure.change_category",
    "disclosure.view_category",
    "disclosure.add_category",
    "disclosure.add_drafttemplate",
    "disclosure.change_drafttemplate",
    "disclosure.delete_drafttemplate",
    "disclosure.view_drafttemplate",
    "curation.add_synonyms",
    "curation.change_synonyms",
    "curation.view_synonyms",
    "curation.add_queryrule",
    "curation.change_queryrule",
    "curation.view_queryrule",
)
"""What the staff and the heads of the leading group's office may do over the whole bureau."""


def opens_the_desk(roles: frozenset[str], unit_kind: str) -> bool:
    """Whether a post with these roles in a unit of this kind works in the Wagtail admin."""
    return not roles.isdisjoint(ADMIN_ROLES) or (
        unit_kind == Department.Kind.LEADING_GROUP_OFFICE and not roles.isdisjoint(OFFICE_ROLES)
    )


@transaction.atomic
def ensure_groups(department: Department) -> None:
    """Give the department its groups with exactly the rights of their roles; repeating it changes nothing.

    What a group holds besides is taken from it: of a role that gave more, or of a unit that was of another kind.
    """
    for role in Role:
        owned = DepartmentGroup.objects.filter(department=department, role=role).select_related("group").first()
        if owned is None:
            group, _created = Group.objects.get_or_create(name=f"{department.code}: {role.value}")
            owned = DepartmentGroup.objects.create(department=department, role=role, group=group)
        _give_exactly(rights_on(department, role), owned.group, department)
        owned.group.permissions.set(_model_permissions(department, role))


def rights_on(department: Department, role: str) -> tuple[str, ...]:
    """What the department's group of this role may do on the department."""
    if department.kind == Department.Kind.LEADING_GROUP_OFFICE and role in OFFICE_ROLES:
        return (*RIGHTS[role], "approve_for_office")
    return RIGHTS[role]


def _give_exactly(rights: tuple[str, ...], group: Group, department: Department) -> None:
    due = Q(permission__codename__in=rights, object_pk=str(department.pk))
    GroupObjectPermission.objects.filter(group=group, **ON_DEPARTMENTS).exclude(due).delete()
    for right in rights:
        assign_perm(f"organisation.{right}", group, department)


def _model_permissions(department: Department, role: str) -> list[Permission]:
    names: tuple[str, ...] = ()
    if role in ADMIN_ROLES:
        names = ("wagtailadmin.access_admin",)
    if role in (Role.CLERKS, Role.HEADS) and department.kind == Department.Kind.HALL:
        names = (*names, *SERVICE_ITEMS, *FINDER)
    if role in OFFICE_ROLES and department.kind == Department.Kind.LEADING_GROUP_OFFICE:
        names = OFFICE_PERMISSIONS
    found: list[Permission] = []
    for name in names:
        app_label, codename = name.split(".")
        found += Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    return found
