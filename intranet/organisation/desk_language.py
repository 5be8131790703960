"""The language in which somebody works at the desk: mail to them is written in it."""

from wagtail.users.models import UserProfile

from intranet.organisation.models import User


def desk_language_of(person: User) -> str:
    """The language that the person has chosen for the admin, else the portal's own."""
    return UserProfile.get_for_user(person).get_preferred_language()
