"""Wagtail's search of the admin: substrings in Chinese, document numbers in any form, traditional script.

Each thing has one row with all that it is found by, written as `search.normalisation` writes it. Who may see what is
asked by the view: a search narrows the view's own queryset and never widens it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Manager, Model, Q
from modelsearch.backends.base import BaseIndex, get_model_root
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchQueryCompiler
from modelsearch.index import AutocompleteField, RelatedFields, SearchField, get_indexed_models
from modelsearch.query import Phrase, PlainText

from search.models import DeskKey
from search.normalisation import document_number_key, document_number_keys, squeezed

MAX_ASKED = 100
"""Characters of a query that are looked at; nobody looks for a longer title."""
MAX_TERMS = 10
MAX_TEXT = 4000
"""Characters of what a thing is found by: title, numbers, keywords and the names of a hundred files."""


def kind_of(model: type[Model]) -> str:
    """One kind for a model and all that inherit from it: every page is of one kind."""
    return get_model_root(model)._meta.label_lower


def text_of(thing: Model) -> str:
    """What the thing is found by, a line for each value; a document number also in its one form."""
    values = list(_values(thing, thing.get_search_fields()))  # type: ignore[attr-defined]
    lines = dict.fromkeys(line for value in values for line in (squeezed(value), *document_number_keys(value)))
    return "\n".join(["", *filter(None, lines), ""])[:MAX_TEXT]


def _values(thing: Any, fields: Iterable[Any]) -> Iterator[str]:
    for field in fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield str(field.get_value(thing) or "")
        elif isinstance(field, RelatedFields):
            related = field.get_value(thing)
            for one in related.all() if isinstance(related, Manager) else filter(None, [related]):
                yield from _values(one, field.fields)


def as_edited(thing: Any) -> Any:
    """The thing as those who work on it know it: what is not live is its latest draft.

    What is live stays what it is: the words of a draft of it are found by nobody until they are approved.
    """
    if getattr(thing, "live", True) or not getattr(thing, "latest_revision_id", None):
        return thing
    return thing.get_latest_revision_as_object()


class DeskIndex(BaseIndex):
    """The rows in the database."""

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        rows = [DeskKey(kind=kind_of(model), thing=thing.pk, text=text_of(as_edited(thing))) for thing in items]
        DeskKey.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["kind", "thing"], update_fields=["text"], batch_size=200
        )

    def delete_item(self, item: Model) -> None:
        DeskKey.objects.filter(kind=kind_of(type(item)), thing=item.pk).delete()

    def reset(self) -> None:
        DeskKey.objects.all().delete()


class DeskRebuilder:
    """Begins with an empty index; `manage.py rebuild_modelsearch_index` fills it."""

    def __init__(self, index: DeskIndex) -> None:
        self.index = index

    def start(self) -> DeskIndex:
        self.index.reset()
        return self.index

    def finish(self) -> None:
        """Nothing remains to be done."""


class DeskQueryCompiler(DatabaseSearchQueryCompiler):
    """Each word must stand in what the thing is found by; the whole may also be its document number."""

    asked = 0

    def check(self) -> None:
        """Nothing is refused: the database filters and orders by any field."""

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        if not isinstance(query, PlainText | Phrase):
            return super().build_database_filter(query, boost=boost)
        self.asked += 1
        if self.asked > MAX_TERMS:  # thousands of quotes make as many phrases, more than a database takes
            return Q()
        return self._with(query.query_string[:MAX_ASKED], is_phrase=isinstance(query, Phrase))

    def _with(self, text: str, *, is_phrase: bool) -> Q:
        terms = [squeezed(term) for term in ([text] if is_phrase else text.split()[:MAX_TERMS])]
        rows = DeskKey.objects.filter(kind=kind_of(self.queryset.model))
        having = Q(pk__in=[]) if not any(terms) else Q(*[("text__contains", term) for term in terms if term])
        if number := document_number_key(text):
            having |= Q(text__contains=f"\n{number}\n")
        return Q(pk__in=rows.filter(having).values("thing"))


class SearchBackend(DatabaseSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names."""

    index_class = DeskIndex
    rebuilder_class = DeskRebuilder
    query_compiler_class = DeskQueryCompiler
    autocomplete_query_compiler_class = DeskQueryCompiler


def add_missing() -> None:
    """Write the rows of what came into being without a signal: by a migration, before there was this index."""
    for model in get_indexed_models():
        known = DeskKey.objects.filter(kind=kind_of(model)).values("thing")
        for batch in batched(model.get_indexed_objects().exclude(pk__in=known).iterator(chunk_size=500), 500):
            DeskIndex(None).add_items(model, batch)


def batched(things: Iterable[Any], size: int) -> Iterator[list[Any]]:
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch
