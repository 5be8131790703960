"""What was asked, what was opened, and what was said of it: nobody's name, no address, no minute."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.demand.querysets import AskingQuerySet, this_hour

STEPS = (1001, 101, 11, 1)


def step_of(total: int) -> int:
    """The number of results as it is kept: the first of its step, 0, 1 (to 10), 11 (to 100), 101, 1001."""
    return next((step for step in STEPS if total >= step), 0)


class Asking(models.Model):
    """A search, counted once an hour for the same words of the same session.

    `session` is the keyed hash of a value that a browser has for one day: two days of one person have nothing in
    common. Texts are normalised and masked (`search.demand.masking`) before they come here.
    """

    class Side(models.TextChoices):
        PUBLIC = "public", _("visitors")
        CADRE = "cadre", _("cadres")

    text = models.CharField(_("words"), max_length=60)
    is_masked = models.BooleanField(_("personal data taken out"), default=False)
    asked_at = models.DateTimeField(_("hour"), default=this_hour)
    side = models.CharField(_("side"), max_length=6, choices=Side)
    language = models.CharField(_("language"), max_length=10)
    engine = models.CharField(_("engine"), max_length=20)
    results_from = models.PositiveIntegerField(_("results"))
    relaxed = models.CharField(_("relaxed"), max_length=10, blank=True)
    narrowed_by = models.CharField(_("filters and order"), max_length=100, blank=True)
    session = models.CharField(_("session"), max_length=32)

    objects = AskingQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.UniqueConstraint(name="asked_once_an_hour", fields=["session", "text", "asked_at", "narrowed_by"])
        ]
        indexes = [
            models.Index(name="asking_by_hour", fields=["asked_at"]),
            models.Index(name="asking_by_text", fields=["text"]),
        ]

    def __str__(self) -> str:
        return self.text


class Opening(models.Model):
    """A result that was opened, once a search. The key is kept for counting; no report shows it."""

    asking = models.ForeignKey(Asking, models.CASCADE, related_name="openings", verbose_name=_("search"))
    key = models.CharField(_("key"), max_length=100)
    position = models.PositiveIntegerField(_("position"))

    class Meta:
        verbose_name = _("opened result")
        verbose_name_plural = _("opened results")
        constraints = [models.UniqueConstraint(name="opened_once_a_search", fields=["asking", "key"])]

    def __str__(self) -> str:
        return f"{self.asking}: {self.position}"


class Verdict(models.Model):
    """Whether what was found was helpful, once a session and query; the words are for the office alone."""

    asking = models.OneToOneField(Asking, models.CASCADE, related_name="verdict", verbose_name=_("search"))
    is_helpful = models.BooleanField(_("helpful"))
    words = models.CharField(_("words left"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")

    def __str__(self) -> str:
        return f"{self.asking}: {self.is_helpful}"
