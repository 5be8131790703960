"""The catalogue of disclosure: ten external and ten internal categories, with dated terms."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import RevisionMixin
from wagtail.search import index

from intranet.access.audience import Audience
from intranet.disclosure.elements import Element
from intranet.in_force import InForceQuerySet
from intranet.listed import listed
from intranet.organisation.models import Department
from intranet.organisation.naming import in_the_readers_language


class Side(models.TextChoices):
    """The catalogue's two sides, and the first half of a matter's address."""

    EXTERNAL = "external", _("external disclosure")
    INTERNAL = "internal", _("internal disclosure")


class Category(RevisionMixin, index.Indexed, ClusterableModel):
    """A category of the catalogue, E1 to E10 and N1 to N10 with the report's numbering."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    side = models.CharField(_("side"), max_length=8, choices=Side)
    ordinal = models.PositiveSmallIntegerField(_("number in the catalogue"))
    name_zh = models.CharField(_("name (Chinese)"), max_length=200)
    name_bo = models.CharField(_("name (Tibetan)"), max_length=300, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=300, blank=True)
    responsible_department = models.ForeignKey(
        Department,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("responsible department by default"),
    )

    search_fields = [
        index.SearchField("code"),
        index.AutocompleteField("name_zh"),
        index.SearchField("name_bo"),
        index.SearchField("name_en"),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["side", "ordinal"]
        constraints = [models.UniqueConstraint(name="one_category_per_number", fields=["side", "ordinal"])]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def name(self) -> str:
        """The name in the reader's language, else in Chinese."""
        return in_the_readers_language(zh=self.name_zh, bo=self.name_bo, en=self.name_en)

    def terms_on(self, day: date | None = None) -> "CategoryTerms | None":
        """The terms in force on the day (today unless said); None where the office has set none."""
        return CategoryTerms.objects.in_force(day).filter(category=self).first()


class CategoryTermsQuerySet(InForceQuerySet):
    def ceilings_today(self) -> dict[int, str]:
        """The widest audience of each category today, by the category's primary key."""
        newest_last = self.in_force().order_by("valid_from")
        return dict(newest_last.values_list("category_id", "widest_audience"))

    def changed_on(self) -> dict[int, date]:
        """The last day up to today on which other terms came into force, or the old ones ran out, by category."""
        today = timezone.localdate()
        changes: dict[int, date] = {}
        for category, begins, ends in self.values_list("category_id", "valid_from", "valid_to"):
            for day in (begins, ends + timedelta(days=1) if ends else None):
                if day is not None and day <= today:
                    changes[category] = max(day, changes.get(category, day))
        return changes


class CategoryTerms(models.Model):
    """What a category asks of its matters, from a date to a date. A matter keeps the terms of its day."""

    class Route(models.TextChoices):
        HEAD = "H", _("head")
        HEAD_OFFICE = "HO", _("head, then the leading group's office")
        HEAD_PRICE = "HP", _("price audit, then head")
        HEAD_OFFICE_MEETING = "HOM", _("meeting decision, then head, then the office")

    category = ParentalKey(Category, on_delete=models.CASCADE, related_name="terms", verbose_name=_("category"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    deadline_days = models.PositiveSmallIntegerField(
        _("disclosure deadline"), default=20, help_text=_("Working days from formation.")
    )
    update_interval = models.CharField(
        _("update interval"),
        max_length=20,
        choices=[
            ("on_change", _("on change")),
            ("on_event", _("on event")),
            ("monthly", _("monthly")),
            ("quarterly", _("quarterly")),
            ("half_yearly", _("half-yearly")),
            ("yearly", _("yearly")),
            ("as_needed", _("as needed")),
        ],
    )
    widest_audience = models.CharField(_("widest audience"), max_length=10, choices=Audience)
    route = models.CharField(_("approval route"), max_length=4, choices=Route)
    required_elements = models.JSONField(_("required elements"), default=list, blank=True)
    notice_period_days = models.PositiveSmallIntegerField(
        _("notice period"),
        default=0,
        help_text=_("Working days that a notice stands before its result goes live; 0 where none is asked."),
    )
    retention_years = models.PositiveSmallIntegerField(
        _("retention (years)"),
        default=30,
        help_text=_("Years after that of its disclosure during which a matter stays disclosed; 0 for without end."),
    )

    objects = CategoryTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of a category")
        verbose_name_plural = _("terms of categories")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="terms_end_after_they_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
            ),
            models.UniqueConstraint(name="one_start_per_day", fields=["category", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.category.code} {self.valid_from:%Y-%m-%d}"

    def clean(self) -> None:
        super().clean()
        unknown = [element for element in self.required_elements if element not in Element.values]
        if unknown:
            raise ValidationError({"required_elements": _("Unknown elements: %(names)s.") % {"names": listed(unknown)}})

    def holds_on(self, day: date) -> bool:
        """`in_force` of one that was read already."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def needs_office(self) -> bool:
        return "O" in self.route

    @property
    def element_labels(self) -> list[str]:
        """The required elements in the reader's language."""
        return [str(Element(name).label) for name in self.required_elements]
