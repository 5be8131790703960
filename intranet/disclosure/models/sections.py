"""The page tree's frame: a side, below it departments, below them categories, below them matters."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PagePermissionTester

from intranet.access.tokens import PUBLIC, STAFF
from intranet.disclosure import matter_permissions
from intranet.disclosure.models.catalogue import Category, Side
from intranet.organisation.models import Department


class SectionPermissionTester(PagePermissionTester):
    """The frame is kept by the system: people add matters below it and change nothing of it."""

    def can_edit(self) -> bool:
        return bool(self.user.is_active and self.user.is_superuser and not self.page_is_root)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return bool(self.user.is_superuser) and not self.page.get_descendants().exists()

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False


class Section(Page):
    """Common to the frame's pages: live from the start, readable by the side's widest readers."""

    class Meta:
        abstract = True

    private_page_options: list[str] = []
    content_panels = [FieldPanel("title")]
    promote_panels: list = []
    settings_panels: list = []

    def permissions_for_user(self, user: object) -> SectionPermissionTester:
        return SectionPermissionTester(user, self)

    def side_of_catalogue(self) -> str:
        raise NotImplementedError

    def reader_tokens(self) -> frozenset[str]:
        """Section pages carry no content but names: the public's on the external side, the bureau's within."""
        if not self.live:
            return frozenset()
        return frozenset({PUBLIC if self.side_of_catalogue() == Side.EXTERNAL else STAFF})


class AudienceSection(Section):
    """One side of the catalogue."""

    side = models.CharField(_("side"), max_length=8, choices=Side, unique=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["disclosure.DepartmentSection"]
    max_count = 2

    class Meta:
        verbose_name = _("side of the catalogue")

    def side_of_catalogue(self) -> str:
        return self.side

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(reverse("catalogue:index") if self.side == Side.EXTERNAL else reverse("intranet:home"))


class DepartmentSection(Section):
    """What a department discloses on one side; its liaison officers' permissions begin here."""

    side = models.CharField(_("side"), max_length=8, choices=Side)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="page_sections", verbose_name=_("department")
    )

    parent_page_types = ["disclosure.AudienceSection"]
    subpage_types = ["disclosure.CategorySection"]

    class Meta:
        verbose_name = _("department's section")
        constraints = [models.UniqueConstraint(name="one_section_per_side", fields=["side", "department"])]

    def side_of_catalogue(self) -> str:
        return self.side

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return redirect(reverse("departments:detail", args=[self.department.code]))


class CategorySection(Section):
    """A department's matters of one category; its place decides both for every matter below."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="page_sections", verbose_name=_("category"))

    parent_page_types = ["disclosure.DepartmentSection"]
    subpage_types = [
        "disclosure.RegulationPage",
        "disclosure.GuidePage",
        "disclosure.ResultPage",
        "disclosure.NoticePage",
        "disclosure.PlanPage",
        "disclosure.ReportPage",
    ]

    class Meta:
        verbose_name = _("category's section")
        constraints = [models.UniqueConstraint(name="one_section_per_category", fields=["department", "category"])]

    def side_of_catalogue(self) -> str:
        return self.category.side

    def get_workflow(self) -> Any:
        """The workflow that new matters of this section will go through."""
        return matter_permissions.workflow_of(self)

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        address = reverse("catalogue:category", args=[self.category.code])
        return redirect(f"{address}?department={self.department.code}")
