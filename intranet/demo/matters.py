"""A demo matter from what is written: its draft with every field, row and file."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from wagtail.models import Orderable

from intranet.demo.attachments import make_file
from intranet.demo.content import Written
from intranet.disclosure.elements import Element
from intranet.disclosure.models import (
    MATTER_TYPES,
    AttachedDocument,
    Category,
    GuideMaterial,
    GuideStep,
    MatterAttachment,
    MatterElement,
    MatterPage,
    PlanGoal,
    RegulationRelation,
    ReportFigure,
)
from intranet.disclosure.particulars.written import stored_from
from intranet.disclosure.sections import collection_of, section_for
from intranet.exchange.body_text import body_from_text
from intranet.exchange.versions import has_articles
from intranet.organisation.models import Department, User

ROWS: dict[str, type[Orderable]] = {
    "materials": GuideMaterial,
    "steps": GuideStep,
    "goals": PlanGoal,
    "figures": ReportFigure,
    "relations": RegulationRelation,
}
OF_THE_STATE = frozenset(
    {"state", "reason", "comment", "rejection_basis", "shares", "published_on", "change", "workflow"}
)
"""What says how a matter came to be where it is, and is no part of its text."""
OF_THE_PLACE = frozenset(
    {"id", "type", "department", "category", "translation_of", "body", "attachments", "elements", "particulars"}
)


def make_draft(written: Written, *, by: User | None) -> MatterPage:
    """The matter as a draft with one revision by its author. Raises `ContentError` with what is wrong."""
    fields = written.fields
    model = _one_of(written, "type", MATTER_TYPES.get)
    department = _one_of(written, "department", lambda code: Department.objects.filter(code=code).first())
    category = _one_of(written, "category", lambda code: Category.objects.filter(code=code).first())
    draft = model(identifier=written.id, slug=written.id, live=False, has_unpublished_changes=True, owner=by)
    try:
        _fill(draft, written, department, category)
        draft.published_on = fields.get("published_on")
        section_for(department, category).add_child(instance=draft)
        draft.save_revision(user=by)
    except ValidationError as error:
        raise written.error(error) from error
    except (TypeError, ValueError, KeyError) as error:
        raise written.error(f"{type(error).__name__}: {error}") from error
    return draft


def change(draft: MatterPage, written: Written, fields: dict[str, Any]) -> None:
    """Write other values over the draft's."""
    _fill(draft, Written(written.file, written.id, fields), draft.department, draft.category)


def _fill(draft: MatterPage, written: Written, department: Department, category: Category) -> None:
    fields = written.fields
    plain = {field.name for field in draft._meta.get_fields() if field.concrete and field.editable}
    for name, value in fields.items():
        if name in OF_THE_PLACE or name in OF_THE_STATE:
            continue
        if name in ROWS and hasattr(draft, name):
            setattr(draft, name, [_row(ROWS[name], written, row, place) for place, row in enumerate(value)])
        elif name in plain:
            setattr(draft, name, value)
        else:
            raise written.error(f"{type(draft).__name__} has no field {name}")
    if "body" in fields:
        blocks = body_from_text(fields["body"], articles=has_articles(draft.type_code))
        draft.body = draft._meta.get_field("body").stream_block.to_python(blocks)
    if "particulars" in fields:
        draft.particulars = stored_from(fields["particulars"], category=category.code, type_code=draft.type_code)
    if "translation_of" in fields:
        draft.translation_of = _matter(written, fields["translation_of"])
    if "elements" in fields:
        draft.elements = [
            MatterElement(element=_element(written, name), value=str(value), sort_order=place)
            for place, (name, value) in enumerate(fields["elements"].items())
        ]
    if "attachments" in fields:
        draft.attachments = [
            MatterAttachment(document=_document(written, each, department), sort_order=place)
            for place, each in enumerate(fields["attachments"])
        ]


def _row(model: type[Orderable], written: Written, values: dict[str, Any], place: int) -> Orderable:
    known = {field.name: field for field in model._meta.get_fields() if field.concrete}
    if unknown := values.keys() - known.keys():
        raise written.error(f"{model.__name__} has no field {', '.join(sorted(unknown))}")
    row = model(sort_order=place)
    for name, value in values.items():
        if isinstance(known[name], models.ForeignKey):
            value = _matter(written, value).specific
        elif isinstance(known[name], models.CharField):
            value = str(value)
        setattr(row, name, value)
    row.full_clean(exclude=["page"])
    return row


def _document(written: Written, values: dict[str, Any], department: Department) -> AttachedDocument:
    title, kind = values["title"], values["kind"]
    content = make_file(kind, title=title, paragraphs=values.get("paragraphs", []), rows=values.get("rows", []))
    document = AttachedDocument(title=f"{title}.{kind}", collection=collection_of(department))
    document.file = ContentFile(content, name=f"{title[:60]}.{kind}")
    document._set_document_file_metadata()
    document.save()
    return document


def _element(written: Written, name: str) -> str:
    if name not in Element.values:
        raise written.error(f"there is no element {name}")
    return name


def _matter(written: Written, identifier: str) -> MatterPage:
    found = MatterPage.objects.filter(identifier=identifier).first()
    if found is None:
        raise written.error(f"there is no matter {identifier}")
    return found


def _one_of(written: Written, field: str, find: Callable[[str], Any]) -> Any:
    value = written.fields.get(field, "")
    found = find(value)
    if found is None:
        raise written.error(f"there is no {field} {value!r}")
    return found
