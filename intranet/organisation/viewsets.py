"""Departments, posts, people and the calendar in the admin."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from intranet.organisation.forms import DepartmentForm, PersonCreationForm, PersonEditForm
from intranet.organisation.models import CalendarDay, Department, Post
from intranet.periods import period
from intranet.saved_by_button import SavedByButton


class PeopleFilterSet(UserFilterSet):
    last_login = period(UserFilterSet.base_filters["last_login"].label)


class PeopleIndex(IndexView):
    """Each account by itself: none of Wagtail's actions on many of them is offered."""

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]


class PeopleViewSet(UserViewSet):
    """Accounts. What a person may do follows from their posts, so there is nothing to choose here."""

    menu_label = _("People")
    index_view_class = PeopleIndex
    filterset_class = PeopleFilterSet

    def get_form_class(self, for_update: bool = False) -> type:
        return PersonEditForm if for_update else PersonCreationForm


class DepartmentViewSet(SavedByButton):
    model = Department
    icon = "group"
    list_display = ["name_zh", "code", "kind", "parent", "phone"]
    list_filter = ["kind"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind"), FieldPanel("parent"), FieldPanel("position")]),
            MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_bo"), FieldPanel("name_en")], _("Names")),
            MultiFieldPanel([FieldPanel("duties_zh"), FieldPanel("duties_bo"), FieldPanel("duties_en")], _("Duties")),
            MultiFieldPanel(
                [FieldPanel("address"), FieldPanel("phone"), FieldPanel("email"), FieldPanel("office_hours")],
                _("Contact"),
            ),
        ],
        base_form_class=DepartmentForm,
    )


class PostViewSet(SavedByButton):
    model = Post
    icon = "user"
    list_display = ["person", "kind", "department", "starts_on", "ends_on"]
    list_filter = ["department", "kind"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("person"), FieldPanel("department"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("responsibilities"),
    ]


class CalendarDayViewSet(SavedByButton):
    model = CalendarDay
    icon = "calendar"
    list_display = ["day", "is_working", "reason"]
    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("is_working")]), FieldPanel("reason")]


class OrganisationGroup(SnippetViewSetGroup):
    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 300
    items: tuple[Any, ...] = (DepartmentViewSet, PostViewSet, CalendarDayViewSet)
