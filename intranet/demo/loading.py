"""Loading the demo: the bureau first, then each matter in a transaction of its own."""

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import reset_queries, transaction

from intranet.demo.content import FOLDER, Written, read_hall, read_matters, read_organisation
from intranet.demo.hall_cases import load_cases
from intranet.demo.hall_hours import load_hours
from intranet.demo.hall_items import load_items
from intranet.demo.hall_results import load_results
from intranet.demo.matters import make_draft
from intranet.demo.organisation import load_organisation
from intranet.demo.states import State, author_of, bring_to_state
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import Department, User

REVIEWED = 12
"""How many of the live matters come through their review, so that the log has something to show."""


class Demo:
    """What is written in the folder, checked as far as it can be before anything is loaded."""

    def __init__(self, folder: Path = FOLDER, *, only: frozenset[str] | None = None) -> None:
        self.organisation = read_organisation(folder)
        self.hall = read_hall(folder) if only is None else None
        self.matters = [written for written in read_matters(folder) if only is None or written.id in only]
        live = [written for written in self.matters if written.fields.get("state", State.LIVE) == State.LIVE]
        # Spread over the content, so that every category and department has some.
        self._reviewed = {written.id for written in live[:: max(1, len(live) // REVIEWED)][:REVIEWED]}
        self._authors: dict[str, User | None] = {}

    @property
    def parts(self) -> int:
        """How often `load` yields."""
        return 1 + len(self.matters) + (2 if self.hall is not None else 0)

    def load(self) -> Iterator[Written | None]:
        """Load what is not there yet; yields after the organisation (None), each matter, loaded or found, and the hall.

        Raises `ContentError` with file and id; what was loaded before it stays.
        """
        load_organisation(self.organisation)
        yield None
        present = set(MatterPage.objects.values_list("identifier", flat=True))
        for written in self.matters:
            if written.id not in present:
                self._load(written)
                reset_queries()
            yield written
        if self.hall is not None:
            load_hours()
            for _part in load_cases(self.hall, load_items(self.hall)):
                reset_queries()
                yield None
            load_results()

    def _load(self, written: Written) -> None:
        try:
            with transaction.atomic():
                author = self._author(written.fields.get("department", ""))
                draft = make_draft(written, by=author)
                bring_to_state(draft, written, author=author, reviewed=written.id in self._reviewed)
        except (PermissionDenied, ValidationError) as error:
            raise written.error(error) from error

    def _author(self, code: str) -> User | None:
        if code not in self._authors:
            department = Department.objects.filter(code=code).first()
            self._authors[code] = author_of(department) if department else None
        return self._authors[code]
