"""A fact of a matter as its page tells it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """An element of the matter: its name, its value as text or date."""

    name: str
    label: str
    value: Any
