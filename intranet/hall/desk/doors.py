"""Who comes to which case: a stranger cannot tell a case that is withheld from one that is absent."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from intranet.hall.models import Case
from intranet.organisation.models import User


def person_of(request: HttpRequest) -> User:
    """Who asks; `Http404` for who has not signed in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def case_for(user: User, number: str) -> Case:
    """The case with all that its clocks read, or `Http404`."""
    return get_object_or_404(
        Case.objects.readable_by(user)
        .with_clocks()
        .select_related("clerk", "filing__prepared_by", "filing__signed_by"),
        number=number,
    )
