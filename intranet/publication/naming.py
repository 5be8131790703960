"""Matters named to a person in a list: by title to who may read it or works on it, else by category and number."""

from collections.abc import Collection

from wagtail.models import Page
from wagtail.permissions import policy_registry

from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User


def names_for(user: User, matters: Collection[MatterPage]) -> dict[int, str]:
    """What each matter is called before this person, by primary key. `category` should be loaded.

    A withdrawn matter's title is told no more, but to those who work on it.
    """
    keys = [matter.pk for matter in matters]
    if not keys:
        return {}
    known = set(MatterPage.objects.readable_by(user).filter(pk__in=keys).values_list("pk", flat=True))
    own = policy_registry.get_by_type(Page).explorable_instances(user)
    known |= set(own.filter(pk__in=keys).values_list("pk", flat=True))
    return {
        matter.pk: matter.title if matter.pk in known else f"{matter.category.code} {matter.index_number}"
        for matter in matters
    }
