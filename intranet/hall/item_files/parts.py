"""Materials and stages in their cells, one a line."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.hall.item_files.cells import choice_in, line_of, number_in, places_in, text_in, written, yes_in
from intranet.hall.models import ItemMaterial, ItemStage

MATERIAL = {
    "name": (text_in, ""),
    "form": (choice_in(ItemMaterial.Form), ItemMaterial.Form.ORIGINAL.value),
    "copies": (number_in, 1),
    "source": (text_in, ""),
    "is_required": (yes_in, True),
    "is_deferrable": (yes_in, False),
}
"""The places of a material's line, with what an empty one stands for."""
STAGE = {
    "name": (text_in, ""),
    "who": (text_in, ""),
    "legal_days": (number_in, None),
    "promised_days": (number_in, None),
}
Part = dict[str, Any]


def parts_in(cell: str, model: type[ItemMaterial] | type[ItemStage]) -> list[Part]:
    """The materials or stages of a cell, in their order. Raises `ValidationError` with every fault and its line."""
    found, faults = [], []
    for number, line in enumerate(cell.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_part_in(line, model))
        except ValidationError as error:
            faults += [_("line %(number)d: %(fault)s") % {"number": number, "fault": said} for said in _said(error)]
    names = [part["name"] for part in found]
    faults += [_("“%(name)s” stands twice.") % {"name": name} for name in dict.fromkeys(names) if names.count(name) > 1]
    if faults:
        raise ValidationError(faults)
    return found


def cell_of(parts: Iterable[Part], model: type[ItemMaterial] | type[ItemStage]) -> str:
    """The cell that has these."""
    return "\n".join(line_of(_shown(part, model)) for part in parts)


def part_of(row: ItemMaterial | ItemStage) -> Part:
    """What a cell says of a stored one."""
    return {name: _plain(getattr(row, name)) for name in _places(type(row))}


def _places(model: type) -> dict[str, tuple[Any, Any]]:
    return MATERIAL if model is ItemMaterial else STAGE


def _part_in(line: str, model: type[ItemMaterial] | type[ItemStage]) -> Part:
    places = _places(model)
    part = {}
    for (name, (read, empty)), text in zip(places.items(), places_in(line, len(places)), strict=True):
        part[name] = read(text) if text else empty
    made = model(**{name: value for name, value in part.items() if value is not None})
    made.full_clean(exclude={"version"}, validate_unique=False)
    return part


def _shown(part: Part, model: type) -> list[str]:
    """The places as words; those that stand for themselves when empty are left out at the end."""
    shown = []
    for name, value in part.items():
        labels = dict(ItemMaterial.Form.choices) if name == "form" else {}
        shown.append(written(labels.get(value, value)))
    empty = [empty for _read, empty in _places(model).values()]
    values = list(part.values())
    while len(shown) > 1 and values[len(shown) - 1] == empty[len(shown) - 1]:
        shown.pop()
    return shown


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _said(error: ValidationError) -> list[str]:
    """What is wrong with a line, with the name of its place."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    return [f"{_label(name)}{said}" for name, some in error.message_dict.items() for said in some]


def _label(name: str) -> str:
    if name == "__all__":
        return ""
    model = ItemMaterial if name in MATERIAL else ItemStage
    return f"{model._meta.get_field(name).verbose_name}: "
