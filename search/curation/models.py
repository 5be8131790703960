"""What the office keeps for the search: synonyms, and what stands first or is hidden for a query."""

import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, PreviewableMixin

from search.curation.terms import lines
from search.normalisation import exact_key, tokens


class Stamp(models.Model):
    """One row whose token changes with everything that the office changes: what a process has kept is current by it."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("stamp")
        verbose_name_plural = _("stamps")

    def __str__(self) -> str:
        return str(self.token)


class Entry(models.Model):
    """What both kinds of entry have: whether it is in force, and why it is as it is."""

    in_force = models.BooleanField(_("in use"), default=True)
    reason = models.TextField(
        _("reason"),
        max_length=500,
        help_text=_("Why it is added, changed or taken out of use. It stands in the log with your name."),
    )

    class Meta:
        abstract = True


class Synonyms(PreviewableMixin, Entry):
    """Words that are looked for together."""

    class Kind(models.TextChoices):
        EQUAL = "equal", _("equal: each finds all")
        ONE_WAY = "one_way", _("one-way: the words find the others too")
        LEFT_ALONE = "left_alone", _("left alone: never replaced, not even in part")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EQUAL)
    words = models.TextField(_("words"), help_text=_("What people type, one a line."))
    others = models.TextField(
        _("also look for"), blank=True, help_text=_("For one-way synonyms alone: what the documents say, one a line.")
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["kind", "words"]

    def __str__(self) -> str:
        words = "、".join(lines(self.words))
        return f"{words} → {'、'.join(lines(self.others))}" if self.kind == self.Kind.ONE_WAY else words

    def clean(self) -> None:
        from search.curation.checking import problems_of

        if problems := problems_of(self, beside=type(self).objects.filter(in_force=True).exclude(pk=self.pk)):
            raise ValidationError(problems)

    def looked_for(self) -> Iterator[tuple[str, list[str]]]:
        """Each word with what is also looked for where it is asked."""
        words = lines(self.words)
        for word in words:
            match self.kind:
                case self.Kind.EQUAL:
                    yield word, [other for other in words if other != word]
                case self.Kind.ONE_WAY:
                    yield word, lines(self.others)
                case _:
                    yield word, []

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from search.curation.trial import preview_of

        return preview_of(self, next(iter(lines(self.words)), ""), request)


class QueryRule(PreviewableMixin, Entry, ClusterableModel):
    """What stands first for a query, and what it does not find."""

    class Match(models.TextChoices):
        EXACT = "exact", _("the whole query")
        CONTAINS = "contains", _("a query that has these words")

    query = models.CharField(_("query"), max_length=100)
    match = models.CharField(_("applies to"), max_length=10, choices=Match, default=Match.EXACT)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: until changed."))

    class Meta:
        verbose_name = _("pins and exclusions")
        verbose_name_plural = _("pins and exclusions")
        ordering = ["query"]

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        if not tokens(self.query):
            raise ValidationError({"query": _("Nothing is left of this query without its punctuation: write a word.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first.")})

    def is_due(self, on: date) -> bool:
        """Whether the day lies within its dates."""
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)

    def applies_to(self, text: str) -> bool:
        """Whether the text is its query, or has each of its words as they are written."""
        if self.match == self.Match.EXACT:
            return exact_key(text) == exact_key(self.query)
        asked = f" {exact_key(text)} "
        return all(f" {exact_key(word)} " in asked for word in self.query.split() if tokens(word))

    @property
    def state(self) -> str:
        """Whether it acts today, in a word for the list."""
        if not self.in_force:
            return str(_("not in use"))
        today = timezone.localdate()
        if self.starts_on and today < self.starts_on:
            return str(_("not yet"))
        return str(_("ended")) if self.ends_on and self.ends_on < today else str(_("in use"))

    def serve_preview(self, request: Any, mode_name: str) -> Any:
        from search.curation.trial import preview_of

        return preview_of(self, self.query, request)


class RulePage(Orderable):
    """A page of which a rule says something."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name=_("page"))

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.page_id}"


class Pin(RulePage):
    """A page that stands first."""

    rule = ParentalKey(QueryRule, on_delete=models.CASCADE, related_name="pins")

    class Meta(RulePage.Meta):
        verbose_name = _("pin")
        verbose_name_plural = _("pins")


class Exclusion(RulePage):
    """A page that is not shown."""

    rule = ParentalKey(QueryRule, on_delete=models.CASCADE, related_name="exclusions")

    class Meta(RulePage.Meta):
        verbose_name = _("exclusion")
        verbose_name_plural = _("exclusions")
