"""How acts are told: a label, a sentence filled from what was logged, and names and values of their facts.

Each app registers what it records, with the log of Wagtail's that knows all acts (`register_log_actions`).
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.log_actions import registry as known_acts

from intranet.listed import listed

Words = str | Promise
Known = Mapping[Any, Words]


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """What a fact is called, and how those of its values are that a code stands for."""

    label: Words
    values: Known | Callable[[], Known] = field(default_factory=dict)
    """Where they are asked of the database, they are asked once for all that is told at a time."""


_facts: dict[str, dict[str, Fact]] = defaultdict(dict)
IN_PLACE_OF = "in_place_of"
"""The fact that names the absent in whose place somebody acted."""
WORKFLOW = "workflow"
"""The fact by which Wagtail keeps where in a review something happened."""
FACT = pgettext_lazy("a fact of the audit log", "%(name)s: %(value)s")
BETWEEN = pgettext_lazy("between facts of the audit log", "; ")
YES, NO = pgettext_lazy("a fact of the audit log", "yes"), pgettext_lazy("a fact of the audit log", "no")
UNKNOWN = (sys.maxsize,)
"""The place of what nobody has registered: after everything else."""
WHEN = {"before": _("%(name)s, before"), "after": _("%(name)s, after")}


def register_act(actions: Any, action: str, label: Words, words: Words = "") -> None:
    """Register an act whose sentence takes its parts (`%(reason)s`) from the entry; one that is missing is empty.

    Without a sentence the label says it all. In whose place it was done stands behind it.
    """

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return with_absent(str(words or self.label) % defaultdict(str, log_entry.data), log_entry.data)

    Formatter.label = label
    actions.register_action(action)(Formatter)


def register_facts(*acts: str, facts: Mapping[str, Words | Fact]) -> None:
    """Say what facts of these acts are called: of `hall`, of `hall.receive` and its like too; of none, of all acts.

    `audience` says it of `audience_before` and `audience_after` too.
    """
    told = {name: fact if isinstance(fact, Fact) else Fact(fact) for name, fact in facts.items()}
    for act in acts or ("",):
        _facts[act] |= told


def act_in_words(action: str) -> str:
    """The act in the reader's language; one that nothing here knows any more by its code."""
    return str(known_acts.get_action_label(action)) if known_acts.action_exists(action) else action


def fact_of(action: str, name: str) -> Fact | None:
    """What the fact of this act is, by the nearest registration; None for one that nobody has registered."""
    found = _registered(action, name)
    return found[1] if found else None


def _registered(action: str, name: str) -> tuple[tuple[int, int], Fact] | None:
    """The nearest registration, and the place of the fact there: how far off that is, and which of its facts."""
    known_acts.scan_for_actions()
    of, distance = action, 0
    while True:
        kept = _facts.get(of, {})
        if name in kept:
            return (distance, list(kept).index(name)), kept[name]
        if not of:
            return None
        of, distance = of.rpartition(".")[0], distance + 1


class Named(NamedTuple):
    """A fact by what it is called in the reader's language, with its place among those of its entry."""

    place: tuple[int, ...]
    label: str
    fact: Fact | None


class Telling:
    """Tells the facts of any number of entries in the reader's language."""

    def __init__(self) -> None:
        self._known: dict[Fact, Known] = {}

    def in_words(self, action: str, facts: Mapping[str, Any]) -> str:
        """The facts in one line, in the order in which they are registered, whatever the database makes of theirs.

        What Wagtail keeps of a workflow is told by its names alone.
        """
        named = sorted(((_named(action, name), name) for name in facts), key=lambda pair: pair[0].place)
        said = []
        for (_place, label, fact), name in named:
            if words := self._value(name, facts[name], fact):
                said.append(FACT % {"name": label, "value": words})
        return str(BETWEEN).join(said)

    def _value(self, name: str, value: Any, fact: Fact | None) -> str:
        known = self._values(fact) if fact else {}
        match value:
            case bool():
                return str(YES if value else NO)
            case list():
                return listed(known.get(each, each) for each in value) if known else ""
            case dict():
                return _step(value) if name == WORKFLOW else ""
            case None:
                return ""
        return str(known.get(value, value))

    def _values(self, fact: Fact) -> Known:
        if fact not in self._known:
            self._known[fact] = fact.values() if callable(fact.values) else fact.values
        return self._known[fact]


def facts_as_recorded(facts: Mapping[str, Any]) -> str:
    """The facts in one line by the names and codes that they are kept under."""
    said = []
    for name, value in facts.items():
        if isinstance(value, list):
            value = ",".join(str(each) for each in value if isinstance(each, str | int))
        elif isinstance(value, dict):
            value = _step(value) if name == WORKFLOW else ""
        if value not in (None, ""):
            said.append(f"{name}: {value}")
    return "; ".join(said)


def _named(action: str, name: str) -> Named:
    if found := _registered(action, name):
        return Named(found[0], str(found[1].label), found[1])
    stem, _underscore, which = name.rpartition("_")
    if which in WHEN and (found := _registered(action, stem)):
        place, fact = found
        return Named((*place, list(WHEN).index(which)), WHEN[which] % {"name": fact.label}, fact)
    return Named(UNKNOWN, name, None)


def _step(workflow: Mapping[str, Any]) -> str:
    return str((workflow.get("task") or {}).get("title") or workflow.get("title") or "")


def with_absent(words: str, facts: Mapping[str, Any]) -> str:
    """The words, and in whose place somebody did it who stood in for somebody absent."""
    absent = facts.get(IN_PLACE_OF)
    return gettext("%(what)s (in the place of %(absent)s)") % {"what": words, "absent": absent} if absent else words
