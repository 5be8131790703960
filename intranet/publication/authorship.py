"""Who wrote what is about to be decided."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet
from wagtail.models import Revision, get_default_page_content_type

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication.models import SecrecyReview


def authors_since_live(matter: MatterPage) -> QuerySet[User]:
    """Everyone who saved any version since the matter was last live, its first author included while it never was."""
    return User.objects.filter(pk__in=authors_of_each([matter])[matter.pk])


def authors_of_each(matters: Collection[MatterPage]) -> Mapping[int, frozenset[int]]:
    """`authors_since_live` of each matter, by primary keys; one query.

    A secrecy reviewer who only left passages out is no author: a redaction says nothing of its own.
    """
    authors: dict[int, set[int]] = {
        matter.pk: {matter.owner_id}
        if matter.owner_id and not matter.live_revision_id and not matter.first_published_at
        else set()
        for matter in matters
    }
    live = {matter.pk: matter.live_revision_id or 0 for matter in matters}
    saved = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in authors]
    ).exclude(user=None)
    saved = saved.exclude(pk__in=SecrecyReview.objects.redactions().values("cleared"))
    for key, revision, person in saved.values_list("object_id", "pk", "user_id"):
        if revision > live[int(key)]:
            authors[int(key)].add(person)
    return {pk: frozenset(people) for pk, people in authors.items()}
