"""Who holds which office, from when to when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import RevisionMixin
from wagtail.search import index

from intranet.organisation.models.department import Department, DepartmentGroup
from intranet.organisation.models.user import User
from intranet.organisation.querysets import PostQuerySet

Role = DepartmentGroup.Role


class Post(RevisionMixin, index.Indexed, models.Model):
    """A person's post in a unit; the only thing that grants membership of the unit's groups."""

    class Kind(models.TextChoices):
        DIRECTOR = "director", _("director")
        DEPUTY_DIRECTOR = "deputy_director", _("deputy director")
        LEADING_GROUP_MEMBER = "leading_group_member", _("member of the leading group")
        OFFICE_STAFF = "office_staff", _("staff of the leading group's office")
        HEAD = "head", _("head of department")
        DEPUTY_HEAD = "deputy_head", _("deputy head of department")
        LIAISON = "liaison", _("liaison officer")
        MEMBER = "member", _("member")
        CLERK = "clerk", _("window clerk")
        SECRECY_REVIEWER = "secrecy_reviewer", _("secrecy reviewer")
        DISCIPLINE_INSPECTOR = "discipline_inspector", _("discipline inspector")

    ROLES: dict[str, frozenset[str]] = {
        Kind.HEAD: frozenset({Role.MEMBERS, Role.HEADS}),
        Kind.DEPUTY_HEAD: frozenset({Role.MEMBERS, Role.HEADS}),
        Kind.LIAISON: frozenset({Role.MEMBERS, Role.LIAISONS}),
        Kind.CLERK: frozenset({Role.MEMBERS, Role.CLERKS}),
        Kind.SECRECY_REVIEWER: frozenset({Role.MEMBERS, Role.REVIEWERS}),
        Kind.OFFICE_STAFF: frozenset({Role.MEMBERS, Role.OFFICE}),
    }
    LEADERS = (Kind.DIRECTOR, Kind.DEPUTY_DIRECTOR, Kind.LEADING_GROUP_MEMBER)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("person"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="posts", verbose_name=_("department"))
    kind = models.CharField(_("kind"), max_length=24, choices=Kind)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("Last day; empty while in office."))
    responsibilities = models.TextField(_("responsibilities"), blank=True, help_text=_("岗位职责"))

    objects = PostQuerySet.as_manager()

    search_fields = [
        index.AutocompleteField("responsibilities"),
        index.RelatedFields("person", User.search_fields),
        index.RelatedFields("department", Department.search_fields),
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["department__position", "kind", "starts_on"]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]
        indexes = [models.Index(name="post_in_office", fields=["person", "starts_on", "ends_on"])]

    def __str__(self) -> str:
        return gettext(", ").join(map(str, (self.person, self.get_kind_display(), self.department)))

    @property
    def is_of_leaders(self) -> bool:
        """Whether its holder belongs to the leading group."""
        return self.kind in self.LEADERS or self.department.kind == Department.Kind.LEADING_GROUP

    @classmethod
    def roles_of(cls, kind: str) -> frozenset[str]:
        """The roles in the unit's groups that a kind of post gives."""
        return cls.ROLES.get(kind, frozenset({Role.MEMBERS}))
