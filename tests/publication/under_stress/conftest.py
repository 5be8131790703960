"""A matter that awaits its head's decision, which most kinds of stress begin with."""

from collections.abc import Callable

import pytest

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from tests.factories import Bureau, approve, draft_matter, fresh, submit


@pytest.fixture
def at_head(bureau: Bureau) -> Callable[..., MatterPage]:
    """Makes a matter of licensing that awaits its head."""

    def make(*, author: User | None = None, **attributes: object) -> MatterPage:
        author = author or bureau.liaison
        matter = draft_matter(bureau.licensing, author=author, **attributes)
        submit(matter, by=author)
        approve(fresh(matter), by=bureau.reviewer)
        return fresh(matter)

    return make
