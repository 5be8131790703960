"""A page tree of any size: explorer, desk and every report ask the database as often for four times as many matters."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.disclosure.models import Category
from intranet.disclosure.sections import section_for
from tests.access.test_matrix import REPORTS
from tests.factories import live_matter
from tests.publication.under_stress.many import copies_at_head, copies_of

FEW, MORE = 6, 18
"""All of them on one page of every list, so that a line has to cost nothing."""
BY_THE_LINE = {"/admin/reports/workflow/": 2, "/admin/api/main/pages/?limit=20": 6}
"""What Wagtail reads for each line of lists of its own, of fifty lines at most and of twenty."""
DESKS = ["liaison", "head", "reviewer", "office"]


@pytest.fixture
def grow(bureau, at_head):
    """Makes so many more live matters and so many more that await their head."""
    live = live_matter(bureau.licensing, author=bureau.liaison, title="已公开")
    waiting = at_head(title="待批")

    def grow(number):
        copies_of(live, number)
        copies_at_head(waiting, number)

    return grow


def addresses(bureau):
    section = section_for(bureau.licensing, Category.objects.get(code="E2"))
    keys = {
        "category": Category.objects.get(code="E2").pk,
        "department": bureau.licensing.pk,
        "liaison": bureau.liaison.pk,
    }
    explorer = [
        f"/admin/pages/{section.pk}/",
        f"/admin/pages/{section.pk}/?q=%E4%BB%B6",
        "/admin/pages/search/?q=%E4%BB%B6",
    ]
    return [*explorer, *(path.format(**keys) for path in REPORTS if path != "/admin/")]


def costs(client, paths):
    found = {}
    for path in paths:
        b"".join(client.get(path))  # what is read once a process is no matter's price
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
            size = len(b"".join(answer))
        assert (answer.status_code, bool(size)) == (200, True), path
        found[path] = len(captured)
    return found


def dearer(before, after, *, lines=0):
    allowed = {path: before[path] + BY_THE_LINE.get(path, 0) * lines for path in before}
    return {path: (allowed[path], after[path]) for path in before if after[path] > allowed[path]}


def test_no_list_of_the_admin_costs_more_queries_for_four_times_as_many_matters(bureau, grow, admin_client):
    grow(FEW)
    paths = addresses(bureau)
    before = costs(admin_client, paths)
    grow(MORE)
    assert dearer(before, costs(admin_client, paths), lines=MORE) == {}


@pytest.mark.parametrize("name", DESKS)
def test_no_desk_costs_more_queries_for_four_times_as_many_matters(bureau, grow, name):
    client = Client()
    client.force_login(getattr(bureau, name))
    grow(FEW)
    before = costs(client, ["/admin/", "/intranet/"])
    grow(MORE)
    assert dearer(before, costs(client, ["/admin/", "/intranet/"])) == {}
