"""A form as the exchange format writes it, and as a version stores it.

Written, it is an object: `form` names it, then come its columns by name, `rows` as a list of objects. Amounts are
text, because a number of JSON is not exact. `normal` is the stored shape without what differs between two versions
that say the same: identities of rows, and fields left empty.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StructBlock, StructBlockValidationError
from wagtail.blocks.list_block import ListBlockValidationError

from intranet.disclosure.particulars.form import ROWS, Form
from intranet.disclosure.particulars.forms import FORMS
from intranet.listed import listed

FORM = "form"


class FormRefused(ValueError):
    """What is written is not a form that this matter may have; `reasons` say why."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


def stored_from(written: Any, *, category: str, type_code: str, draft: bool = False) -> str:
    """The stored form, as JSON. `draft` allows fields that are still empty. Raises `FormRefused`."""
    if not isinstance(written, dict):
        raise FormRefused([_("must be an object")])
    form = FORMS.get(str(written.get(FORM)))
    if form is None:
        raise FormRefused([_("“form” is none of %(codes)s") % {"codes": listed(FORMS)}])
    if not form.is_asked_of(category, type_code):
        told = {"form": form.code, "category": category, "type": type_code}
        raise FormRefused([_("a matter of category %(category)s and type %(type)s has no form “%(form)s”") % told])
    content = {name: value for name, value in written.items() if name != FORM}
    if reasons := list(_against_shape(form, content)):
        raise FormRefused(reasons)
    value = form.block.normalize(_filled_up(form.block, content))
    try:
        cleaned = form.block.clean_deferred(value) if draft else form.block.clean(value)
    except ValidationError as error:
        raise FormRefused(list(messages_of(error))) from error
    return normal([{"type": form.code, "value": form.block.get_prep_value(cleaned)}])


def normal(stored: Any) -> str:
    """The stored shape of a version as JSON, the same text for what says the same; empty where there is no form."""
    forms = [{"type": block["type"], "value": _bare(block["value"])} for block in stored]
    return json.dumps(forms, ensure_ascii=False, sort_keys=True, cls=DjangoJSONEncoder) if forms else ""


def written_from(stored: str) -> dict[str, Any] | None:
    """What is written of the stored form, given as `normal` has it; None where there is none."""
    for block in json.loads(stored or "[]"):
        form, value = FORMS[block["type"]], block["value"]
        order = [*(column.name for column in form.head), ROWS, *(stated.column.name for stated in form.stated)]
        return {FORM: form.code, **{name: value[name] for name in order if name in value}}
    return None


def _bare(value: Mapping[str, Any]) -> dict[str, Any]:
    bare = {name: each for name, each in value.items() if name != ROWS and each not in (None, "")}
    rows = [row["value"] if "value" in row and "type" in row else row for row in value.get(ROWS) or []]
    if rows:
        bare[ROWS] = [{name: each for name, each in row.items() if each not in (None, "")} for row in rows]
    return bare


def _against_shape(form: Form, content: dict[str, Any]) -> Iterator[str]:
    rows = content.get(ROWS, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        yield _("“rows” must be a list of objects")
        return
    head = {name: value for name, value in content.items() if name != ROWS}
    known = {name for name in form.block.child_blocks if name != ROWS}
    for where, fields, names in (
        ("", head, known),
        *((f"{ROWS}[{place}].", row, {column.name for column in form.asked}) for place, row in enumerate(rows, 1)),
    ):
        for name, value in fields.items():
            if name not in names:
                yield _("%(field)s is no field of the form “%(form)s”") % {"field": where + name, "form": form.code}
            elif isinstance(value, float):
                yield _("%(field)s: write the number as text, like “1234.50”") % {"field": where + name}
            elif not isinstance(value, str | int) or isinstance(value, bool):
                yield _("%(field)s: must be text") % {"field": where + name}
            elif isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
                yield _("%(field)s: has half a letter in it, which nobody can read") % {"field": where + name}


def _filled_up(block: StructBlock, content: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the block, those that were not written empty; whole numbers as text."""
    filled: dict[str, Any] = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, ListBlock):
            filled[name] = [_filled_up(child.child_block, row) for row in content.get(name, [])]
        else:
            value = content.get(name)
            filled[name] = "" if value is None else str(value)
    return filled


def messages_of(error: ValidationError, where: str = "") -> Iterator[str]:
    """Every message of an error of blocks, however deep, with its place."""
    if not isinstance(error, StructBlockValidationError | ListBlockValidationError):
        yield from (_placed(message, where) for message in error.messages)
        return
    yield from (_placed(message, where) for each in error.non_block_errors.as_data() for message in each)
    for key, child in error.block_errors.items():
        place = f"{where}[{key + 1}]" if isinstance(key, int) else f"{where}.{key}".lstrip(".")
        yield from messages_of(child, place)


def _placed(message: str, where: str) -> str:
    return f"{where}: {message}" if where else message
