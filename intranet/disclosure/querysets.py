"""Querysets of matters."""

from datetime import date
from functools import lru_cache, partial
from typing import Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.query import PageQuerySet

from intranet.access.rule import restricted_q
from intranet.access.tokens import AnyUser, tokens_of


def ceiling_q(ceilings: list[str], day: date | None = None) -> Q:
    """The matter's category has one of these as its widest audience on that day, today unless it is given."""
    from intranet.disclosure.models.catalogue import CategoryTerms

    terms = CategoryTerms.objects.in_force(day).filter(widest_audience__in=ceilings)
    return Q(category__in=terms.values("category"))


@lru_cache(maxsize=256)
def _readable_q(tokens: frozenset[str], day: date) -> Q:
    """The rule's condition, which says the same to everybody with these tokens all day long; it is asked unread."""
    return restricted_q(
        tokens,
        ceiling_q=partial(ceiling_q, day=day),
        shared_model=("disclosure", "matterpage"),
        day=day,
    )


def disclosed_q(prefix: str = "") -> Q:
    """Live and not past its last moment; the prefix leads to the matter from another model."""
    ends = f"{prefix}expire_at"
    return Q(**{f"{prefix}live": True}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": timezone.now()}))


class MatterQuerySet(PageQuerySet):
    def disclosed(self) -> Self:
        """Live and not past their last moment, whether or not the clock job has taken them down yet."""
        return self.filter(disclosed_q())

    def readable_by(self, user: AnyUser | None) -> Self:
        """The disclosed matters that `can_read(user, matter)` allows, each once."""
        return self.readable_with(tokens_of(user))

    def readable_with(self, tokens: frozenset[str]) -> Self:
        """The disclosed matters readable by who carries these tokens."""
        return self.filter(disclosed_q() & _readable_q(tokens, timezone.localdate()))

    def of_department(self, code: str) -> Self:
        return self.filter(department__code=code)

    def in_category(self, code: str) -> Self:
        return self.filter(category__code=code)

    def external(self) -> Self:
        return self.filter(category__side="external")

    def internal(self) -> Self:
        return self.filter(category__side="internal")

    def in_the_readers_language(self, user: AnyUser | None) -> Self:
        """Each matter once: its translation into the language of the interface where this reader may read one,
        else its text of record."""
        return self.in_language(get_language() or "", tokens_of(user))

    def in_language(self, language: str, tokens: frozenset[str]) -> Self:
        """Each matter once: its translation into the language where who carries these tokens may read one, else its
        text of record."""
        translated = type(self)(self.model).readable_with(tokens).filter(translation_of=OuterRef("pk"))
        has_one = Exists(translated.filter(language=language).order_by())
        return self.filter(Q(translation_of=None) | Q(language=language)).filter(~has_one)

    def newest_first(self) -> Self:
        return self.order_by("-published_on", "-pk")

    def published_since(self, day: date) -> Self:
        return self.filter(published_on__gte=day)

    def withdrawn(self) -> Self:
        return self.exclude(withdrawn_at=None).filter(live=False)
