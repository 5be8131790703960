"""What a matter's page shows besides its body."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intranet.access.tokens import AnyUser, tokens_of
from intranet.disclosure.corrections import corrections
from intranet.disclosure.facts import Fact
from intranet.disclosure.guide_translations import OfRecord, listed_otherwise
from intranet.disclosure.models import GuidePage, MatterPage, RegulationPage, RegulationRelation
from intranet.disclosure.page_parts import PagePart, page_parts
from intranet.disclosure.particulars.forms import Filled, filled_in
from intranet.disclosure.particulars.tables import Table, lines_of, table_of
from intranet.disclosure.validity.life import life_of
from intranet.disclosure.validity.reading import facts_of

COMMON = (
    "document_number",
    "index_number",
    "issuing_organ",
    "issued_on",
    "formed_on",
    "published_on",
    "effective_from",
    "effective_until",
    "validity",
    "period_year",
    "notice_from",
    "notice_until",
    "objection_channel",
    "decision_kind",
    "decision_number",
    "party",
    "decided_on",
    "basis",
    "relief",
    "contact",
)
GUIDE = ("legal_basis", "conditions", "legal_limit_days", "promised_limit_days", "fee_text", "result_text", "place",
         "directions", "hours", "phone", "complaint")  # fmt: skip


def facts(matter: MatterPage) -> list[Fact]:
    """The matter's elements that have a value, in the order of the page; not those that its tables tell."""
    told = {name for filled in filled_in(matter) for name in filled.form.page_fields}
    return [*_fields(matter, tuple(name for name in COMMON if name not in told)), *_rows(matter)]


def context_of(matter: MatterPage, user: AnyUser, asked: Mapping[str, str]) -> dict[str, Any]:
    """All that the matter's page shows to the user; `asked` is the query of its address."""
    rows = relation_rows(matter)
    related = relations(matter, rows, user)
    parts = page_parts(matter, user)
    told = {name for part in parts for name in part.tells}
    facts_on_record = facts_of(matter, is_borne=any(row.target_id == matter.pk for row in rows))
    return {
        "life": life_of(matter, facts_on_record, {relation.matter.pk: relation.matter for relation in related}, asked),
        "corrections": corrections(matter, user),
        "facts": facts(matter),
        "tables": tables(matter),
        "guide_facts": [fact for fact in guide_facts(matter) if fact.name not in told],
        "parts": parts,
        "relations": related,
        "translations": translations(matter, user),
        "attachments": matter.attachments.select_related("document"),
        "of_record": _of_record(matter, user),
        "materials": _with_what_stands_beside(rows_of(matter, "materials"), parts),
        **{name: rows_of(matter, name) for name in ("steps", "figures")},
    }


def tables(matter: MatterPage) -> list[Table]:
    """The forms that the matter has filled in, as tables."""
    found = (table_of(filled, page_facts=_page_facts(matter, filled)) for filled in filled_in(matter))
    return [table for table in found if table]


def table_lines(matter: MatterPage, code: str) -> list[list[str]] | None:
    """The table of this code as lines of a file, the first with the names of the columns; None where it has none."""
    for filled in filled_in(matter):
        page_facts = _page_facts(matter, filled)
        if filled.form.code == code and table_of(filled, page_facts=page_facts):
            return list(lines_of(filled, page_facts=page_facts))
    return None


def _page_facts(matter: MatterPage, filled: Filled) -> list[Fact]:
    labels = filled.form.page_labels
    return [
        replace(fact, label=capfirst(str(labels.get(fact.name, fact.label))))
        for fact in _fields(matter, filled.form.page_fields)
    ]


def guide_facts(matter: MatterPage) -> list[Fact]:
    """The elements that only a service guide has."""
    return list(_fields(matter, GUIDE))


def _fields(matter: MatterPage, names: tuple[str, ...]) -> Iterator[Fact]:
    known = {field.name: field for field in matter._meta.get_fields() if hasattr(field, "verbose_name")}
    for name in names:
        value = getattr(matter, name, None) if name in known else None
        if name == "validity":
            value = matter.validity_label
        if value in (None, ""):
            continue
        display = getattr(matter, f"get_{name}_display", None) if name != "validity" else None
        yield Fact(name, str(known[name].verbose_name), display() if display else value)


def _rows(matter: MatterPage) -> Iterator[Fact]:
    for row in matter.elements.all():
        yield Fact(row.element, row.get_element_display(), row.value)


@dataclass(frozen=True, slots=True)
class Relation:
    """How another regulation bears on this one, in words, with the regulation."""

    label: str
    matter: MatterPage


def relation_rows(matter: MatterPage) -> list[RegulationRelation]:
    """The matter's relations to other regulations in both directions, whoever may read these."""
    if not isinstance(matter, RegulationPage):
        return []
    both = RegulationRelation.objects.filter(Q(page=matter.pk) | Q(target=matter.pk))
    return list(both.order_by("sort_order", "pk"))


def relations(matter: MatterPage, rows: list[RegulationRelation], user: AnyUser) -> list[Relation]:
    """The relations among these to regulations that the user may read."""
    back = {"repeals": _("repealed by"), "amends": _("amended by"), "implements": _("implemented by")}
    found = [
        (row.get_kind_display(), row.target_id) if row.page_id == matter.pk else (back[row.kind], row.page_id)
        for row in rows
    ]
    if not found:
        return []
    readable = MatterPage.objects.readable_by(user).defer("body").in_bulk([pk for _label, pk in found])
    return [Relation(str(label), readable[pk]) for label, pk in found if pk in readable]


def _with_what_stands_beside(rows: list[Any], parts: list[PagePart]) -> list[Any]:
    for row in rows:
        row.beside = next((part.beside[row.name] for part in parts if row.name in part.beside), None)
    return rows


def _of_record(matter: MatterPage, user: AnyUser) -> OfRecord | None:
    """What the text of record lists to be brought, where this translation lists another number of things."""
    return listed_otherwise([matter], tokens_of(user)).get(matter.pk) if isinstance(matter, GuidePage) else None


def rows_of(matter: MatterPage, name: str) -> list[Any]:
    """The rows that the matter's type keeps under this name, read once; none where it has no such rows."""
    return list(getattr(matter, name).all()) if hasattr(matter, name) else []


def translations(matter: MatterPage, user: AnyUser) -> list[MatterPage]:
    """The other languages of the matter that the user may read, the text of record first."""
    record = matter.translation_of_id or matter.pk
    readable = MatterPage.objects.readable_by(user).defer("body")
    others = readable.filter(pk=record) | readable.filter(translation_of_id=record)
    return sorted((other for other in others if other.pk != matter.pk), key=lambda other: other.pk != record)
