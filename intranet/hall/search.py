"""What is found of cases, by those who read them: number, applicant's name, subject, item, state; never an identifier.

They lie in the portal's index under tokens that only `cases_in_index` asks with (`intranet.access.handling`), and no
page of results shows one: `CaseAdapter.cards` knows none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone, translation

from intranet.access.handling import case_readers, case_tokens_of
from intranet.access.tokens import AnyUser
from intranet.hall.deemed import deemed_q, notice_due_on
from intranet.hall.models import Case, State
from intranet.organisation.models import User
from intranet.organisation.working_days import WorkingCalendar
from search.adapters import Attached, Card, keys_in_order, register
from search.document import SearchDocument, Section
from search.models import IndexTask
from search.query import SearchQuery
from search.results import SearchUnavailable, keys_found

PREFIX = "case"
MOST = 500
"""Cases that a search brings from the index, the newest; who meets more narrows the search."""
TOGETHER = 500
LANGUAGES = ("zh-hans", "en")
"""In which the words of a state are found."""


def key_of(pk: int | str) -> str:
    """The search key of the case with this primary key."""
    return f"{PREFIX}:{pk}"


def primary_key(key: str) -> int:
    return int(key.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index has of some words, of the cases that one person reads."""

    pks: tuple[int, ...] = ()
    """The newest of them, at most `MOST`."""
    in_all: int = 0
    is_away: bool = False
    """No engine answers."""

    @property
    def is_cut(self) -> bool:
        """There are more than were fetched."""
        return self.in_all > len(self.pks)


def cases_in_index(words: str, *, by: User | AnonymousUser) -> Indexed:
    """The cases with the words, of those that the person reads.

    Whoever shows them asks `Case.objects.readable_by` all the same: the index may lag.
    """
    tokens = case_tokens_of(by)
    query = SearchQuery.parse({"q": words, "sort": "newest"}, page_size=MOST)
    if not tokens or not query.asks_for_text:
        return Indexed()
    try:
        keys, in_all = keys_found(query, tokens)
    except SearchUnavailable:
        return Indexed(is_away=True)
    return Indexed(tuple(primary_key(key) for key in keys), in_all)


class CaseAdapter:
    """Cases in the index."""

    prefix = PREFIX

    def keys(self) -> Iterator[str]:
        return keys_in_order(Case.objects.all(), self.prefix)

    def documents(self, versions: Mapping[str, int]) -> Iterator[SearchDocument]:
        """A document for each case, a tombstone for one that is gone."""
        cases = Case.objects.as_of().select_related("item__department").filter(pk__in=map(primary_key, versions))
        found = {key_of(case.pk): case for case in cases}
        words = {state: _words_of(state) for state in State}
        for key, version in versions.items():
            if case := found.get(key):
                yield _document(case, version, words[State(case.state_today)])
            else:
                yield SearchDocument.tombstone(key, version)

    def overtaken(self) -> Iterator[str]:
        """Cases that silence has accepted since they were written."""
        calendar = WorkingCalendar()
        silent = Case.objects.filter(deemed_q(timezone.localdate(), calendar)).select_related("version").order_by()
        last_days = {key_of(case.pk): notice_due_on(case, calendar) for case in silent}
        keys = list(last_days)
        for start in range(0, len(keys), TOGETHER):
            written = IndexTask.objects.filter(key__in=keys[start : start + TOGETHER]).exclude(written_at=None)
            for key, at in written.values_list("key", "written_at"):
                if timezone.localdate(at) <= last_days[key]:
                    yield key

    def cards(self, keys: Iterable[str], user: AnyUser | None) -> dict[str, Card]:
        """None: a case that came among the results of the portal's search would be dropped at this door."""
        return {}

    def sections(self, keys: Iterable[str]) -> dict[str, Sequence[Section]]:
        return {}

    def attached(self, ids: Mapping[str, str]) -> dict[str, Attached]:
        return {}

    def page_keys(self, pks: Iterable[int]) -> dict[int, str]:
        return {}

    def labels(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        return {}


def _words_of(state: State) -> str:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(str(state.label))
    return " ".join(said)


def _document(case: Case, version: int, state: str) -> SearchDocument:
    item = case.item
    return SearchDocument(
        key=key_of(case.pk),
        version=version,
        readers=case_readers(item.department_id),
        title=case.subject or item.name_zh,
        body="\n".join(filter(None, (item.code, item.name_zh, item.name_bo, item.name_en, state))),
        document_number=case.number,
        keywords=(case.applicant_name,),
        type=PREFIX,
        published_on=case.received_on,
    )


adapter = register(CaseAdapter())
