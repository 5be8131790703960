"""What somebody who leaves was given by others besides their posts: whose place they take, and groups."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from intranet.organisation.closing import groups_named_for
from intranet.organisation.models import Delegation, User
from intranet.publication.leaving import Part


def places_taken_by(person: User) -> Part:
    """The posts that the person stands in for, today or later."""
    lent = Delegation.objects.not_over().filter(delegate=person).select_related("post__person", "post__department")
    advice = _("Closing the account ends it. It would hold again with another post, where the account stays open.")
    address = reverse("absence:index")
    return Part(_("Stands in for"), advice, [(_told(delegation), address) for delegation in lent])


def groups_of(person: User) -> Part:
    """The groups of no department, with which matters may be shared."""
    advice = _("Closing the account takes them out. Where it stays open they read what is shared with these groups.")
    address = reverse("wagtailusers_users:edit", args=[person.pk])
    return Part(_("Groups"), advice, [(group.name, address) for group in groups_named_for(person)])


def _told(delegation: Delegation) -> str:
    post = delegation.post
    said = {
        "person": post.person,
        "post": post.get_kind_display(),
        "department": post.department,
        "day": date_format(delegation.ends_on, "DATE_FORMAT"),
    }
    return _("%(person)s, %(post)s, %(department)s, until %(day)s") % said
