"""Who sees the hall's figures in the admin, and of which cases."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from intranet.access.handling import reads_cases
from intranet.access.rights import answers_for_all
from intranet.hall.models import Case
from intranet.organisation.models import User


def sees_figures(user: User | AnonymousUser) -> bool:
    """Whoever handles cases, and who answers for the whole bureau: these see numbers and no case."""
    return reads_cases(user) or answers_for_all(user)


def counted_for(user: User | AnonymousUser) -> QuerySet[Case]:
    """The cases that the user's figures count; not all of them are the user's to read."""
    return Case.objects.all() if answers_for_all(user) else Case.objects.readable_by(user)
