"""What the hall adds to a result's page: the case that it came from, for who reads the case and nobody else."""

from intranet.access.tokens import AnyUser
from intranet.disclosure.models import MatterPage, ResultPage
from intranet.disclosure.page_parts import PagePart
from intranet.hall.models.cases import Case
from intranet.organisation.models import User

TEMPLATE = "hall/results/case_part.html"


def case_part(matter: MatterPage, user: AnyUser) -> PagePart | None:
    """A link to the case."""
    if not isinstance(matter, ResultPage) or not isinstance(user, User):
        return None
    case = Case.objects.readable_by(user).filter(result_proposal__matter=matter.pk).first()
    return PagePart(TEMPLATE, {"case": case}) if case else None
