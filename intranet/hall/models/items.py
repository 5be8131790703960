"""What the hall handles: service items, and their versions from a day to a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, RevisionMixin

from intranet.disclosure.models import AttachedDocument, GuidePage
from intranet.hall.vague_words import refuse_vague_words
from intranet.in_force import InForceQuerySet
from intranet.organisation.models import Department
from intranet.organisation.naming import in_the_readers_language

CODE = RegexValidator(r"\A[A-Z0-9][A-Z0-9-]*\Z", _("Use capitals, digits and hyphens."))
EXTENSION_AT_MOST = 10
"""Working days. Source: Administrative Licensing Law, article 42."""


class ServiceItemQuerySet(models.QuerySet):
    def offered(self) -> Self:
        """Those with a version that is in force today."""
        return self.filter(pk__in=ItemVersion.objects.in_force().values("item"))


class ServiceItem(RevisionMixin, models.Model):
    """One item (政务服务事项) that people come to the hall for; what it asks stands in its versions."""

    class Kind(models.TextChoices):
        LICENCE = "licence", _("licence")
        CONFIRMATION = "confirmation", _("confirmation")
        FILING = "filing", _("filing")
        PAYMENT = "payment", _("payment")

    SIGNS = {Kind.LICENCE: "LIC", Kind.CONFIRMATION: "CON", Kind.FILING: "FIL", Kind.PAYMENT: "PAY"}
    """How each kind stands in the numbers of its cases."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="service_items", verbose_name=_("department")
    )
    name_zh = models.CharField(_("name (Chinese)"), max_length=200)
    name_bo = models.CharField(_("name (Tibetan)"), max_length=300, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=300, blank=True)
    guide = models.ForeignKey(
        GuidePage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="service_items",
        verbose_name=_("service guide"),
        help_text=_("The matter that tells people how to go about it."),
    )

    objects = ServiceItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("service item")
        verbose_name_plural = _("service items")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        super().clean()
        kind = ServiceItem.objects.filter(pk=self.pk).values_list("kind", flat=True).first()
        if kind is not None and (why_not := self.why_not_of_kind(self.kind, stored=kind)):
            raise ValidationError({"kind": why_not})

    def why_not_of_kind(self, kind: str, *, stored: str) -> str:
        """Why an item that is `stored` as of one kind cannot become of this one; empty where it can.

        The numbers of its decisions are told apart by the kind.
        """
        is_kept = kind != stored and self.cases.exists()
        return str(_("Cases were received for it: it stays what it is.")) if is_kept else ""

    @property
    def name(self) -> str:
        """The name in the reader's language, else in Chinese."""
        return in_the_readers_language(zh=self.name_zh, bo=self.name_bo, en=self.name_en)

    def version_on(self, day: date | None = None) -> "ItemVersion | None":
        """The version in force on the day (today unless said); None where the office has set none."""
        return ItemVersion.objects.in_force(day).filter(item=self).first()


class ItemVersion(RevisionMixin, ClusterableModel):
    """What an item asks and promises, from a day to a day. A case keeps the version under which it was received."""

    class Clock(models.TextChoices):
        ACCEPTANCE = "acceptance", _("from acceptance")
        RECEIPT = "receipt", _("from receipt")

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="versions", verbose_name=_("service item"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Last day; empty while in force."))
    legal_basis = models.TextField(_("legal basis"), help_text=_("Law and article."))
    who_may_apply = models.TextField(_("who may apply"))
    clock = models.CharField(
        _("limits count"),
        max_length=12,
        choices=Clock,
        default=Clock.ACCEPTANCE,
        help_text=_("A safety production licence: 45 working days from receipt; most licences: 20 from acceptance."),
    )
    legal_days = models.PositiveSmallIntegerField(
        _("legal time limit (working days)"), default=20, validators=[MinValueValidator(1)]
    )
    promised_days = models.PositiveSmallIntegerField(
        _("promised time limit (working days)"), validators=[MinValueValidator(1)]
    )
    notice_days = models.PositiveSmallIntegerField(
        _("notice of missing materials within (working days)"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        help_text=_("Without a notice in this time a case is accepted."),
    )
    extension_days = models.PositiveSmallIntegerField(
        _("extension by at most (working days)"),
        default=EXTENSION_AT_MOST,
        validators=[MaxValueValidator(EXTENSION_AT_MOST)],
    )
    delivery_days = models.PositiveSmallIntegerField(
        _("delivery within (working days of the decision)"), default=10, validators=[MinValueValidator(1)]
    )
    result = models.CharField(_("document issued"), max_length=200, blank=True)
    delivery = models.CharField(
        _("how it is delivered"), max_length=200, blank=True, help_text=_("For example: at the window, or by post.")
    )

    objects = InForceQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a service item")
        verbose_name_plural = _("versions of service items")
        ordering = ["item", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="item_version_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The version ends before it begins."),
            ),
            models.UniqueConstraint(name="one_item_version_a_start", fields=["item", "valid_from"]),
            models.CheckConstraint(
                name="item_promise_is_not_longer",
                condition=Q(promised_days__lte=F("legal_days")),
                violation_error_message=_("The promised time limit is never longer than the legal one."),
            ),
            models.CheckConstraint(name="item_extension_is_lawful", condition=Q(extension_days__lte=EXTENSION_AT_MOST)),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.valid_from:%Y-%m-%d}"

    def clean(self) -> None:
        super().clean()
        refuse_vague_words(who_may_apply=self.who_may_apply)
        if self.item_id is None or self.valid_from is None:
            return
        others = ItemVersion.objects.filter(item=self.item_id).exclude(pk=self.pk)
        if other := others.overlapping(self.valid_from, self.valid_to).first():
            words = _("Another version is in force then: from %(day)s. End that one first.")
            raise ValidationError({"valid_from": words % {"day": other.valid_from.isoformat()}})

    @property
    def is_used(self) -> bool:
        """Whether a case was received under it, so that what it says stays as it is."""
        return bool(self.pk) and self.cases.exists()


class ItemMaterial(Orderable):
    """What the applicant brings."""

    class Form(models.TextChoices):
        ORIGINAL = "original", _("original")
        COPY = "copy", _("a copy")
        BOTH = "both", _("original and copy")

    version = ParentalKey(ItemVersion, on_delete=models.CASCADE, related_name="materials")
    name = models.CharField(_("material"), max_length=255)
    form = models.CharField(_("original or copy"), max_length=10, choices=Form, default=Form.ORIGINAL)
    copies = models.PositiveSmallIntegerField(
        pgettext_lazy("how many", "number"), default=1, validators=[MinValueValidator(1)]
    )
    template = models.ForeignKey(
        AttachedDocument, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("form to fill in")
    )
    source = models.CharField(
        _("from whom"), max_length=200, blank=True, help_text=_("Who issues it; empty where the applicant makes it.")
    )
    is_required = models.BooleanField(_("is required"), default=True)
    is_deferrable = models.BooleanField(
        _("may be supplied later"), default=False, help_text=_("容缺: the case is accepted without it.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        refuse_vague_words(name=self.name, source=self.source)


class ItemStage(Orderable):
    """A part of the handling with its own share of the limits; one after the other, they are no longer than these."""

    version = ParentalKey(ItemVersion, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(_("stage"), max_length=100)
    who = models.CharField(_("who"), max_length=100, blank=True)
    legal_days = models.PositiveSmallIntegerField(_("legal (working days)"), validators=[MinValueValidator(1)])
    promised_days = models.PositiveSmallIntegerField(_("promised (working days)"), validators=[MinValueValidator(1)])

    class Meta(Orderable.Meta):
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        constraints = [
            models.CheckConstraint(
                name="stage_promise_is_not_longer",
                condition=Q(promised_days__lte=F("legal_days")),
                violation_error_message=_("The promised time limit is never longer than the legal one."),
            )
        ]

    def __str__(self) -> str:
        return self.name


def faults_of_stages(stages: Iterable[Mapping[str, int]], *, legal_days: int, promised_days: int) -> list[str]:
    """Why an item of these limits has no such stages, each with its `legal_days` and `promised_days`: they take longer.

    One after the other they would promise, by their own days, what the item promises otherwise.
    """
    rows = list(stages)
    legal, promised = (sum(row[name] for row in rows) for name in ("legal_days", "promised_days"))
    faults = []
    if legal > legal_days:
        words = gettext("By law the stages take %(stages)d working days together, the item %(item)d.")
        faults.append(words % {"stages": legal, "item": legal_days})
    if promised > promised_days:
        words = gettext("As promised the stages take %(stages)d working days together, the item %(item)d.")
        faults.append(words % {"stages": promised, "item": promised_days})
    return faults
