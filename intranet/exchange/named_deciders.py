"""Who is named as having reviewed and approved what an import publishes."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from intranet.organisation.models import Department, User
from intranet.publication.deciders import Rota
from intranet.publication.models import HeadApprovalTask, MatterTask, SecrecyReviewTask


class NamedDeciders:
    """The two people, and whether they decide for a department today; posts are read once an import."""

    def __init__(self, *, reviewed_by: User | None, approved_by: User | None) -> None:
        self._reviewed_by, self._approved_by = reviewed_by, approved_by
        self._rota = Rota()

    def reasons_against(self, department: Department) -> Iterator[str]:
        """Why those who are named could not have decided for the department; nobody named says nothing."""
        for person, kind, words in (
            (self._reviewed_by, SecrecyReviewTask, _("%(person)s reviews nothing of department “%(code)s”.")),
            (self._approved_by, HeadApprovalTask, _("%(person)s approves nothing of department “%(code)s”.")),
        ):
            if person is not None and person.pk not in self._deciders(kind, department):
                yield words % {"person": person, "code": department.code}

    def _deciders(self, kind: type[MatterTask], department: Department) -> frozenset[int]:
        found = self._rota.deciders(kind, department.pk, frozenset()).keys
        return found | (self._rota.of_the_office() if kind is HeadApprovalTask else frozenset())
