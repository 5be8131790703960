"""The units that own matters, and the groups that each of them owns."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin
from wagtail.search import index

from intranet.organisation.naming import in_the_readers_language
from intranet.organisation.querysets import DepartmentQuerySet

if TYPE_CHECKING:
    from intranet.organisation.models.post import Post

CODE = RegexValidator(
    r"\A[a-z][a-z0-9-]*\Z", _("Use small Latin letters, digits and hyphens, beginning with a letter.")
)


class Department(RevisionMixin, index.Indexed, models.Model):
    """A unit of the bureau: a department or section, the leading group, its office, the hall window."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("department")
        LEADING_GROUP = "leading_group", _("leading group")
        LEADING_GROUP_OFFICE = "leading_group_office", _("leading group's office")
        HALL = "hall", _("government affairs hall window")
        DISCIPLINE = "discipline", _("discipline inspection")

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=24, choices=Kind, default=Kind.DEPARTMENT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="sections", verbose_name=_("part of")
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_bo = models.CharField(_("name (Tibetan)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    duties_zh = models.TextField(_("duties (Chinese)"), blank=True)
    duties_bo = models.TextField(_("duties (Tibetan)"), blank=True)
    duties_en = models.TextField(_("duties (English)"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    office_hours = models.CharField(_("office hours"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=0)
    groups = models.ManyToManyField(Group, through="DepartmentGroup", related_name="+")

    objects = DepartmentQuerySet.as_manager()

    search_fields = [
        index.SearchField("code"),
        index.AutocompleteField("name_zh"),
        index.SearchField("name_bo"),
        index.SearchField("name_en"),
    ]

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["position", "code"]
        permissions = [
            ("read_internal", _("Can read the department's internal matters")),
            ("draft_matters", _("Can draft the department's matters")),
            ("review_secrecy", _("Can conclude the secrecy review of the department's matters")),
            ("approve_matters", _("Can approve the department's matters")),
            ("approve_for_office", _("Can approve on behalf of the leading group's office")),
            ("handle_cases", _("Can handle the department's cases")),
            ("decide_cases", _("Can extend the department's cases and sign their refusals")),
            ("handle_hearings", _("Can handle the department's hearings")),
        ]
        constraints = [
            models.CheckConstraint(
                name="department_is_not_its_own_parent",
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.parent and self.parent.parent_id:
            raise ValidationError(
                {"parent": _("Departments have two levels: choose one that is not itself part of another.")}
            )
        if self.parent_id and self.pk and self.sections.exists():
            raise ValidationError(
                {"parent": _("This department has sections of its own, so it cannot be part of another.")}
            )

    @property
    def name(self) -> str:
        """The name in the reader's language, else in Chinese, the text of record."""
        return self._in_language("name")

    @property
    def duties(self) -> str:
        """The duties in the reader's language, else in Chinese."""
        return self._in_language("duties")

    def _in_language(self, field: str) -> str:
        texts = {language: getattr(self, f"{field}_{language}") for language in ("zh", "bo", "en")}
        return in_the_readers_language(**texts)

    def head(self) -> "Post | None":
        """The head in office today, None while there is none."""
        return self.posts.in_office().heads().first()


class DepartmentGroup(models.Model):
    """A group that a department owns. Posts alone decide who is in it."""

    class Role(models.TextChoices):
        MEMBERS = "members", _("members")
        LIAISONS = "liaisons", _("liaison officers")
        REVIEWERS = "reviewers", _("secrecy reviewers")
        HEADS = "heads", _("heads")
        CLERKS = "clerks", _("window clerks")
        OFFICE = "office", _("staff of the office")

    department = models.ForeignKey(Department, models.CASCADE, related_name="department_groups")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    group = models.OneToOneField(Group, models.CASCADE, related_name="department_group")

    class Meta:
        verbose_name = _("department's group")
        verbose_name_plural = _("departments' groups")
        constraints = [models.UniqueConstraint(name="one_group_per_role", fields=["department", "role"])]

    def __str__(self) -> str:
        return f"{self.department} · {self.get_role_display()}"
