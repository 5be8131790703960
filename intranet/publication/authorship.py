"""Who wrote what is about to be decided."""

from django.db.models import QuerySet

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User


def authors_since_live(matter: MatterPage) -> QuerySet[User]:
    """Everyone who saved any version since the matter was last live, its first author included while it never was."""
    revisions = matter.revisions.exclude(user=None)
    if matter.live_revision_id:
        revisions = revisions.filter(pk__gt=matter.live_revision_id)
    people = set(revisions.values_list("user_id", flat=True))
    if not matter.live_revision_id and not matter.first_published_at and matter.owner_id:
        people.add(matter.owner_id)
    return User.objects.filter(pk__in=people)
