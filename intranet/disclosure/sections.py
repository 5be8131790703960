"""The page tree's frame, made as it is needed, with the permissions that departments have on their part of it."""

from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from intranet.disclosure.models import AudienceSection, Category, CategorySection, DepartmentSection, Side
from intranet.organisation.models import Department, DepartmentGroup

DRAFTING_ROLES = (DepartmentGroup.Role.LIAISONS, DepartmentGroup.Role.HEADS)
SIDE_TITLES = {Side.EXTERNAL: "对外公开", Side.INTERNAL: "对内公开"}
FILE_PERMISSIONS = [
    (app_label, f"{action}_{model}")
    for app_label, model in (("wagtaildocs", "document"), ("wagtailimages", "image"))
    for action in ("add", "change", "choose", "delete")
]
"""Wagtail asks for its own models' permissions whatever the document and image model is."""


@transaction.atomic
def side_section(side: str, *, below: Page) -> AudienceSection:
    """The section of a side of the catalogue below the home page."""
    found = AudienceSection.objects.filter(side=side).first()
    if found is None:
        found = below.add_child(
            instance=AudienceSection(title=SIDE_TITLES[Side(side)], slug=str(side), side=side, show_in_menus=True)
        )
    return found


@transaction.atomic
def department_section(department: Department, side: str) -> DepartmentSection:
    """The department's section on a side; its groups may draft below it from the moment it exists.

    Raises `AudienceSection.DoesNotExist` where the portal's frame has not been set up.
    """
    found = DepartmentSection.objects.filter(department=department, side=side).first()
    if found is None:
        parent = AudienceSection.objects.get(side=side)
        found = parent.add_child(
            instance=DepartmentSection(title=department.name_zh, slug=department.code, side=side, department=department)
        )
        _let_department_draft(department, found)
    return found


@transaction.atomic
def section_for(department: Department, category: Category) -> CategorySection:
    """The section in which the department's matters of the category lie."""
    found = CategorySection.objects.filter(department=department, category=category).first()
    if found is None:
        parent = department_section(department, category.side)
        found = parent.add_child(
            instance=CategorySection(
                title=f"{category.code} {category.name_zh}",
                slug=category.code.lower(),
                department=department,
                category=category,
            )
        )
    return found


def collection_of(department: Department) -> Collection:
    """The department's collection of documents and images."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=department.code).first()
    if found is None:
        found = root.add_child(instance=Collection(name=department.code))
        for group in _drafting_groups(department):
            for app_label, codename in FILE_PERMISSIONS:
                permission = Permission.objects.get(content_type__app_label=app_label, codename=codename)
                GroupCollectionPermission.objects.get_or_create(group=group, collection=found, permission=permission)
    return found


def _let_department_draft(department: Department, section: DepartmentSection) -> None:
    permissions = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=("add_page", "change_page")
    )
    for group in _drafting_groups(department):
        for permission in permissions:
            GroupPagePermission.objects.get_or_create(group=group, page=section, permission=permission)
    collection_of(department)


def _drafting_groups(department: Department) -> list:
    owned = DepartmentGroup.objects.filter(department=department, role__in=DRAFTING_ROLES)
    return [row.group for row in owned.select_related("group")]
