"""Counting what is looked for, what is opened, and what is said of it."""

from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest

from search.demand.masking import masked, masked_query
from search.demand.models import Asking, Opening, Verdict, step_of
from search.demand.patience import or_left_out
from search.demand.sessions import DaySession
from search.results import Results

SALT = "search.demand.page"
VALID_SECONDS = 24 * 3600
WORDS = 200
"""Characters of the words left with a verdict."""


class NotThisPage(Exception):
    """What was sent does not belong to a page of results that this browser got today."""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """What a page of results says of itself when something on it is opened or judged: the words as they are kept,
    the keys in their order, how many came before, whose session."""

    text: str
    keys: tuple[str, ...]
    offset: int
    session: str

    @classmethod
    def of(cls, found: Results, session: DaySession) -> "ResultsPage":
        keys = tuple(result.hit.key for result in found.results)
        return cls(masked_query(found.query.text).text, keys, found.query.offset, session.key)

    @classmethod
    def signed(cls, token: str, session: DaySession | None) -> "ResultsPage":
        """The page of a token. Raises `NotThisPage` for a token of somebody else's, of another day, or forged."""
        try:
            text, keys, offset, key = signing.loads(token, salt=SALT, max_age=VALID_SECONDS)
        except signing.BadSignature as bad:
            raise NotThisPage from bad
        if session is None or key != session.key:
            raise NotThisPage
        return cls(text, tuple(keys), offset, key)

    @property
    def token(self) -> str:
        return signing.dumps([self.text, self.keys, self.offset, self.session], salt=SALT, compress=True)

    @property
    def is_judged(self) -> bool:
        """Whether this session has said already if this query was answered well."""
        return Verdict.objects.filter(asking__session=self.session, asking__text=self.text).exists()


def note_asking(found: Results, request: HttpRequest, session: DaySession | None) -> None:
    """Count a search with words, on its first page. One that cannot be written at once is left out."""
    if session is None or not found.query.text or found.query.page > 1:
        return
    query, kept = found.query, masked_query(found.query.text)
    order = [f"sort:{query.sort}"] if query.sort != "relevance" else []
    asking = Asking(
        text=kept.text,
        is_masked=kept.is_masked,
        side=Asking.Side.CADRE if request.user.is_authenticated else Asking.Side.PUBLIC,
        language=query.language,
        engine=found.engine,
        results_from=step_of(found.total),
        relaxed=found.relaxed,
        narrowed_by=" ".join([*sorted(query.filters), *order]),
        session=session.key,
    )
    with or_left_out():
        Asking.objects.bulk_create([asking], ignore_conflicts=True)


def note_opening(page: ResultsPage, position: int) -> None:
    """Count a result of the page as opened; `position` from 1 on. Raises `NotThisPage` where there is none."""
    if not 1 <= position <= len(page.keys):
        raise NotThisPage
    with or_left_out():
        if asking := Asking.objects.of_session(page.session).filter(text=page.text).order_by("pk").last():
            opening = Opening(asking=asking, key=page.keys[position - 1], position=page.offset + position)
            Opening.objects.bulk_create([opening], ignore_conflicts=True)


def note_verdict(page: ResultsPage, *, is_helpful: bool, words: str) -> None:
    """Keep whether the results were helpful, with the words; the first answer of a session to a query stands."""
    with or_left_out():
        if asking := Asking.objects.of_session(page.session).filter(text=page.text).order_by("pk").first():
            verdict = Verdict(asking=asking, is_helpful=is_helpful, words=masked(words).text[:WORDS])
            Verdict.objects.bulk_create([verdict], ignore_conflicts=True)


def forget_outdated() -> int:
    """Delete what is older than is kept; how many searches that were."""
    deleted = Asking.objects.outdated().delete()[1]
    return deleted.get(Asking._meta.label, 0)
