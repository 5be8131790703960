"""Found matters as a page of results shows them: the check at the door, in rows instead of models.

A page has ninety fields and a model of a cluster; what a card shows is a quarter, and rows of it are made in a third
of the time.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from intranet.access.tokens import AnyUser
from intranet.disclosure.keywords import keywords_in
from intranet.disclosure.models import MatterAttachment, MatterPage, PublicCopy, RegulationPage, Validity
from intranet.disclosure.place_names import place_names
from intranet.disclosure.validity.reading import standings_of_rows
from search.adapters import Attached, Card

SHOWN = (
    *("pk", "identifier", "title", "url_path", "content_type", "summary", "document_number", "published_on"),
    *("validity", "last_published_at", "keywords", "language", "category", "department"),
    *("visibility", "effective_from", "effective_until"),
)


def cards_of(pks: Collection[int], user: AnyUser | None) -> dict[int, Card]:
    """The cards of the matters among these that the user may read now, by primary key."""
    rows = list(MatterPage.objects.readable_by(user).filter(pk__in=pks).order_by().values(*SHOWN))
    types = {pk: _type(pk) for pk in {row["content_type"] for row in rows}}
    regulations = [row for row in rows if types[row["content_type"]][0] == RegulationPage.type_code]
    standings = standings_of_rows(regulations)
    validities = {row["pk"]: row["validity"] for row in rows} | {pk: now.validity for pk, now in standings.items()}
    names = place_names(departments={row["department"] for row in rows}, categories={row["category"] for row in rows})
    page = Page()
    cards = {}
    for row in rows:
        page.url_path = row["url_path"]
        type_code, type_label = types[row["content_type"]]
        department, category = names.departments[row["department"]], names.categories[row["category"]]
        cards[row["pk"]] = Card(
            id=row["identifier"],
            title=row["title"],
            url=page.url or "",
            type=type_code,
            type_label=type_label,
            department=department.code,
            department_label=str(department),
            matter=category.code,
            matter_label=str(category),
            audience=category.side,
            document_number=row["document_number"],
            published_on=row["published_on"],
            changed_at=row["last_published_at"],
            validity=validities[row["pk"]],
            validity_label=_label(validities[row["pk"]]),
            language=row["language"],
            summary=row["summary"],
            keywords=tuple(keywords_in(row["keywords"])),
        )
    return cards


def attached(ids: Mapping[int, int]) -> dict[int, Attached]:
    """The file with this id of each of these matters, by the matter; none where it is not attached to it (any more)."""
    pairs = Q(pk__in=())
    for matter, document in ids.items():
        pairs |= Q(page=matter, document=document)
    rows = list(MatterAttachment.objects.filter(pairs).select_related("document"))
    copies = PublicCopy.objects.handed_out().filter(document__in=[row.document_id for row in rows]).exclude(text=None)
    texts = dict(copies.values_list("document_id", "text__text"))
    return {row.page_id: Attached(row.shown_title, row.document.url, texts.get(row.document_id, "")) for row in rows}


def _label(validity: str) -> str:
    return str(Validity(validity).label) if validity else ""


def _type(content_type: int) -> tuple[str, str]:
    """Code and name of the matters' type."""
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return (model.type_code, str(model._meta.verbose_name)) if model else ("", "")
