"""What a reader of the log may be told of the things in it: apps say so of their own kinds of things."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from django.http import HttpRequest

from intranet.audit.models import AuditEntry

Namer = Callable[[HttpRequest, Collection[int]], Mapping[int, str]]
"""The names of those of these things, by primary key, that the reader may know of."""
_namers: dict[str, Namer] = {}


def register_namer(kinds: Iterable[str], namer: Namer) -> None:
    """Let the namer say how things of these kinds (`app_label.model`) are called, and to whom they are anything."""
    _namers.update(dict.fromkeys(kinds, namer))


def names_for(request: HttpRequest, entries: Collection[AuditEntry]) -> dict[int, str]:
    """The name of each entry's thing, by the entry's primary key; none of a thing that the reader may not know of.

    A thing of a kind that nobody keeps apart is called as it was on the day.
    """
    wanted: dict[Namer, set[int]] = defaultdict(set)
    for entry in entries:
        if (namer := _namers.get(entry.subject_type)) and entry.subject.isdecimal():
            wanted[namer].add(int(entry.subject))
    known = {namer: namer(request, keys) for namer, keys in wanted.items()}
    names = {}
    for entry in entries:
        namer = _namers.get(entry.subject_type)
        if namer is None:
            names[entry.pk] = entry.subject_name
        elif entry.subject.isdecimal() and (name := known[namer].get(int(entry.subject))):
            names[entry.pk] = name
    return names
