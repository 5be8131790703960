"""Laying a matter that a program has written into its section as a draft, as somebody would have saved it."""

from intranet.disclosure.beginning import take_place_in
from intranet.disclosure.models import CategorySection, MatterPage
from intranet.organisation.models import User


def lay_down(matter: MatterPage, section: CategorySection, *, by: User) -> None:
    """Save it as a draft of the section's department and category, with a version in the person's name."""
    take_place_in(matter, section)
    matter.slug, matter.owner = matter.identifier, by
    matter.live, matter.has_unpublished_changes = False, True
    section.add_child(instance=matter)
    matter.save_revision(user=by, log_action=True)
