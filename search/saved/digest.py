"""The e-mail that tells each person what is new in their saved searches."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar
from search.adapters import Card, cards
from search.results import Result
from search.saved.models import SavedSearch
from search.saved.news import News, news_of
from search.saved.unsubscribing import unsubscribe_address

logger = logging.getLogger("gongkai.search")

SHOWN = 10
"""New matters of one search that a mail lists; the search itself shows the rest."""
CLAIM = timedelta(minutes=10)
"""Longer than one person's digest takes. A run that dies in it is made up for by the next one."""


@dataclass(slots=True)
class Sent:
    """What a run did, in persons."""

    sent: int = 0
    without_news: int = 0
    failed: int = 0
    is_day_off: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One saved search in a mail: its new matters as they may be shown, and how many more there are."""

    saved: SavedSearch
    cards: Sequence[Card]
    told: Sequence[Result]

    @property
    def more(self) -> int:
        return len(self.told) - len(self.cards)

    @property
    def url(self) -> str:
        return absolute(f"{self.saved.url}&sort=newest")


def send_digests(day: date | None = None) -> Sent:
    """Send every digest that is due on the day (today unless said), one mail a person; nothing on a day off.

    Repeating it sends nothing twice. A person whose mail fails is told of in the log and is due again in the next
    run; the others go on.
    """
    day = day or timezone.localdate()
    done = Sent()
    if not WorkingCalendar().is_working_day(day):
        done.is_day_off = True
        return done
    due = SavedSearch.objects.due_on(day).unclaimed().order_by("person").values_list("person", flat=True)
    for pk in list(due.distinct()):
        try:
            sent = _send_to(pk, day)
        except Exception:
            logger.exception("The digest of account %s was not sent; the next run tries it again", pk)
            done.failed += 1
        else:
            done.sent += sent
            done.without_news += not sent
    return done


def _send_to(pk: int, day: date) -> bool:
    """Send the person's digest; whether there was anything to send. What failed is due again."""
    claim = timezone.now() + CLAIM
    SavedSearch.objects.due_on(day).filter(person=pk).unclaimed().update(claimed_until=claim)
    searches = list(SavedSearch.objects.filter(person=pk, claimed_until=claim).order_by("name", "pk"))
    try:
        person = User.objects.get(pk=pk)
        news = [news_of(saved, person) for saved in searches]
        parts = _parts(news, person)
        if parts:
            message(person, parts, day).send()
    except BaseException:
        SavedSearch.objects.filter(person=pk, claimed_until=claim).update(claimed_until=None)
        raise
    _note(news, parts, day)
    return bool(parts)


def _parts(news: Sequence[News], person: User) -> list[Part]:
    """What is new as the person may read it at this moment, each matter once, below the first search that has it."""
    new = {result.hit.key: result for each in news for result in each.new}
    readable = cards(new, person)
    parts = []
    for each in news:
        told = [result for result in each.new if result.hit.key in readable]
        shown = [readable.pop(result.hit.key) for result in told[:SHOWN]]
        for result in told[SHOWN:]:
            readable.pop(result.hit.key)
        if told:
            parts.append(Part(each.saved, shown, told))
    return parts


@transaction.atomic
def _note(news: Sequence[News], parts: Sequence[Part], day: date) -> None:
    told = [result for part in parts for result in part.told]
    for each in news:
        each.remember(told)
        each.saved.digested_on, each.saved.claimed_until = day, None
        each.saved.save(update_fields=["known", "known_since", "digested_on", "claimed_until"])


def message(person: User, parts: Sequence[Part], day: date) -> EmailMultiAlternatives:
    """The digest in the language in which the person saved a search last. A second one of the day has the same
    `Message-ID`, so that a mailbox knows it for the first."""
    language = max((part.saved for part in parts), key=lambda saved: saved.changed_at).language
    unsubscribe = unsubscribe_address(person)
    total = sum(len(part.told) for part in parts)
    context = {
        "person": person,
        "parts": parts,
        "day": day,
        "unsubscribe": unsubscribe,
        "base": settings.WAGTAILADMIN_BASE_URL.rstrip("/"),
    }
    with translation.override(language):
        subject = ngettext(
            "%(total)s new disclosure in your saved searches", "%(total)s new disclosures in your saved searches", total
        ) % {"total": total}
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("search/saved/digest.txt", context),
            to=[person.email],
            connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
            headers={
                "Message-ID": f"<digest-{person.pk}-{day:%Y%m%d}@{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}>",
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("search/saved/digest.html", context), "text/html")
    return mail


def absolute(address: str) -> str:
    """An address of the portal as an e-mail names it."""
    return urljoin(settings.WAGTAILADMIN_BASE_URL, address)
