"""What leads a visitor to a guide: kinds of enterprise, what they want to do, the service items that this asks for."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from intranet.hall.models.items import ServiceItem
from intranet.organisation.naming import in_the_readers_language


class Named(models.Model):
    """A name in three languages and a place in its list."""

    name_zh = models.CharField(_("name (Chinese)"), max_length=100)
    name_bo = models.CharField(_("name (Tibetan)"), max_length=200, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order in lists"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language, else in Chinese."""
        return in_the_readers_language(zh=self.name_zh, bo=self.name_bo, en=self.name_en)


class EnterpriseKind(Named):
    """What a visitor is: a mine, a trader in fireworks, a special operator."""

    class Meta:
        verbose_name = _("kind of enterprise")
        verbose_name_plural = _("kinds of enterprise")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(name="one_enterprise_kind_a_name", fields=["name_zh"])]


class Activity(ClusterableModel, Named):
    """What such an enterprise wants to do, and the service items that it comes to the hall for then."""

    kind = models.ForeignKey(
        EnterpriseKind, models.PROTECT, related_name="activities", verbose_name=_("kind of enterprise")
    )
    items = models.ManyToManyField(ServiceItem, through="ActivityItem", related_name="activities")

    class Meta:
        verbose_name = _("activity of an enterprise")
        verbose_name_plural = _("activities of enterprises")
        ordering = ["kind", "position", "pk"]
        constraints = [models.UniqueConstraint(name="one_activity_a_name", fields=["kind", "name_zh"])]


class ActivityItem(Orderable):
    """A service item that the activity asks for, in the order in which it is shown."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="chosen_items")
    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="+", verbose_name=_("service item"))

    class Meta(Orderable.Meta):
        verbose_name = _("service item")
        verbose_name_plural = _("service items")
        constraints = [models.UniqueConstraint(name="an_activity_asks_for_an_item_once", fields=["activity", "item"])]

    def __str__(self) -> str:
        return str(self.item)
