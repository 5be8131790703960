"""The words of the page of results: facets, sorts, relaxations, addresses of the next step."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from search.nothing_found import WaysOn
from search.query import SearchQuery
from search.results import FacetValue, Results

FACET_NAMES = {
    "type": _("Type"),
    "matter": _("Category"),
    "department": _("Department"),
    "year": _("Year"),
    "validity": _("Validity"),
    "language": _("Language"),
    "audience": _("Side"),
}
SORT_NAMES = {"relevance": _("Best match"), "newest": _("Newest first"), "oldest": _("Oldest first")}
RELAXED = {
    "most": _("Nothing has all of this. These have a good part of it."),
    "pinyin": _("Nothing has these letters as they stand. Read as pinyin or as initials, they fit these."),
    "any": _("Nothing has all the words. These have some of them."),
}
TRIED = {
    "typed": _("the words as they were typed"),
    "synonyms": _("other words for them"),
    "most": _("a good part of the characters"),
    "number": _("the document number in every form"),
    "pinyin": _("pinyin and initials"),
    "homophones": _("characters of the same sound"),
    "any": _("each word by itself"),
}
FOLD_AFTER = 8


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A facet's value with the address that chooses it, or takes it off again."""

    value: FacetValue
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    links: list[FacetLink]

    @property
    def first(self) -> list[FacetLink]:
        return self.links[:FOLD_AFTER]

    @property
    def rest(self) -> list[FacetLink]:
        return self.links[FOLD_AFTER:]


def address(query: SearchQuery, **changes: object) -> str:
    """The address of the query with some parameters changed; the page begins anew unless it is given."""
    params: list[tuple[str, str]] = [("q", query.text)]
    filters = {**query.filters, **changes.pop("filters", {})}  # type: ignore[dict-item]
    params += [(name, value) for name, values in filters.items() for value in values]
    sort = changes.get("sort", query.sort)
    if sort != "relevance":
        params.append(("sort", str(sort)))
    if changes.get("literal", query.literal):
        params.append(("literal", "1"))
    if page := changes.get("page"):
        params.append(("page", str(page)))
    return "?" + urlencode(params)


def facets(results: Results) -> list[Facet]:
    """The facets that have something to choose, in the order of the page."""
    shown = []
    for name, label in FACET_NAMES.items():
        values = results.facets.get(name, [])
        if not values or (len(values) == 1 and not values[0].is_chosen):
            continue
        if name == "year":
            values = sorted(values, key=lambda value: value.value, reverse=True)
        shown.append(Facet(name, str(label), [FacetLink(v, _toggled(results.query, name, v)) for v in values]))
    return shown


def chosen(results: Results) -> list[FacetLink]:
    """The filters in force, each with the address that takes it off."""
    return [
        FacetLink(value, _toggled(results.query, name, value))
        for name, values in results.facets.items()
        for value in values
        if value.is_chosen
    ]


@dataclass(frozen=True, slots=True)
class FilterOff:
    """A filter that can be taken off, or all of them where `label` is empty, with how many come then."""

    label: str
    url: str
    total: int


def nothing_found(results: Results, ways: WaysOn) -> dict[str, Any]:
    """What the page of results says where it has none."""
    labels = {
        name: " · ".join(value.label for value in values if value.is_chosen) for name, values in results.facets.items()
    }
    return {
        "tried": [str(TRIED[name]) for name in ways.tried],
        "without": [
            FilterOff(labels.get(off.name, ""), address(off.query, filters={}), off.total) for off in ways.without
        ],
        "categories": ways.categories,
        "department": ways.department,
    }


def _toggled(query: SearchQuery, name: str, value: FacetValue) -> str:
    values = query.filters.get(name, ())
    others = tuple(one for one in values if one != value.value)
    return address(query, filters={name: others if value.is_chosen else (*values, value.value)})


def sorts(query: SearchQuery) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the one in force) of each order."""
    return [(str(label), address(query, sort=name), query.sort == name) for name, label in SORT_NAMES.items()]


def page_numbers(results: Results) -> list[tuple[int | None, str]]:
    """The pages to offer: first, last and around this one; None stands for a gap."""
    last, here = results.pages, results.query.page
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    offered: list[tuple[int | None, str]] = []
    for position, number in enumerate(near):
        if position and number - near[position - 1] > 1:
            offered.append((None, ""))
        offered.append((number, address(results.query, page=number)))
    return offered
