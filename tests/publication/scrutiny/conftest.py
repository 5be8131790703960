from datetime import date, timedelta

import pytest
from django.utils import timezone

from intranet.publication.scrutiny.checks import findings_in
from tests.factories import draft_matter


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def drafted(bureau, today):
    """Make a draft of the licensing department and answer what a check says of it: (weight, quoted) of each."""

    def draft(kind, *, body=(), prepare=None, **attributes):
        attributes.setdefault("formed_on", today - timedelta(days=1))
        matter = draft_matter(bureau.licensing, author=bureau.liaison, **attributes)
        if body:
            matter.body = body
        if prepare:
            prepare(matter)
        return [
            (finding.weight.name, finding.quoted)
            for finding in findings_in(matter, reader=bureau.liaison)
            if finding.kind == kind
        ]

    return draft
