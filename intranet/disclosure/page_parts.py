"""What apps above add to a matter's page. They register here; this app knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside one row of the matter."""

    template: str
    context: Any


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of the page, below what the matter itself tells at a glance."""

    template: str
    context: Mapping[str, Any]
    """All that the template is given."""
    tells: frozenset[str] = field(default_factory=frozenset)
    """Fields of the matter that the part tells in their place, so that nothing is said twice."""
    beside: Mapping[str, "Beside"] = field(default_factory=dict)
    """What it adds to the matter's list of materials, by the name of each."""


Find = Callable[[MatterPage, AnyUser], PagePart | None]
_registered: list[Find] = []


def register_page_part(find: Find) -> Find:
    """Ask this function, too, for a part of each matter's page. It asks the access rule for what it shows."""
    _registered.append(find)
    return find


def page_parts(matter: MatterPage, user: AnyUser) -> list[PagePart]:
    """The parts that the apps above have for this page, in the order of their registration."""
    found = (find(matter, user) for find in _registered)
    return [part for part in found if part is not None]
