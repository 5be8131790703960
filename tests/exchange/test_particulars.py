"""Forms go out and come in again, and are the same; one that does not hold stays out, with its reason."""

import json
from collections.abc import Callable

import pytest

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department
from tests.disclosure.particulars.samples import FUNDS, PLACES, SAMPLES
from tests.exchange.conftest import Run, line

Importing = Callable[..., Run]


def line_with(code: str, **changes: object) -> dict[str, object]:
    category, type_code = PLACES[code]
    side = "external" if category[0] == "E" else "internal"
    fields = {"audience": side, "visibility": "public" if side == "external" else "staff", "matter": int(category[1:])}
    return line(id=code, type=type_code, particulars={**SAMPLES[code], **changes}, published_on="2008-01-01", **fields)


LINES = [line_with(code) for code in SAMPLES]


def test_what_was_imported_is_exported_as_it_was(licensing: Department, import_lines: Importing) -> None:
    run = import_lines(LINES, "--publish")
    assert run.code == 0, run.err
    exported = [json.loads(row) for row in Run("export_matters").out.splitlines()]
    assert exported == sorted(LINES, key=lambda entry: entry["id"])


def test_importing_twice_changes_nothing(licensing: Department, import_lines: Importing) -> None:
    import_lines(LINES)
    before = list(MatterPage.objects.order_by("pk").values_list("latest_revision", flat=True))
    import_lines(LINES)
    assert list(MatterPage.objects.order_by("pk").values_list("latest_revision", flat=True)) == before


def test_another_form_is_another_version(licensing: Department, import_lines: Importing) -> None:
    import_lines([line_with("funds")])
    import_lines([line_with("funds", year="2026")])
    draft = MatterPage.objects.get().specific.get_latest_revision_as_object()
    assert draft.particulars[0].value["year"] == "2026"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"total_spent": "1.00"}, "1.00 is stated, but the rows add up to 12576800.00"),
        ({"rows": [{**FUNDS["rows"][0], "spent": "1,0"}]}, "rows[1].spent: “1,0” holds a comma"),
        ({"form": "vehicles"}, "has no form “vehicles”"),
    ],
)
def test_a_form_that_does_not_hold_stays_out(licensing: Department, import_lines: Importing, changes, told) -> None:
    run = import_lines([line_with("funds", **changes)])
    assert told in run.out + run.err
    assert not MatterPage.objects.exists()
