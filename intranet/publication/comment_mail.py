"""Mail about comments on a draft goes to those who may open that draft now, and to nobody else.

Wagtail writes to whoever once subscribed to a page or wrote in a thread, whatever has become of them: the mail quotes
the draft's comments and names its title. All of it passes the one call that is wrapped here; the mail itself is put
down like every other (`outgoing`).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.dispatch import receiver
from wagtail.admin.views.pages import edit
from wagtail.models import Page, PageSubscription

from intranet.access.backends import PostBackend
from intranet.access.rights import works_at_the_desk
from intranet.organisation.closing import account_closed
from intranet.organisation.models import User

Notify = Callable[[Iterable[User], str, Mapping[str, Any]], bool]


def install_comment_mail() -> None:
    """Let Wagtail's editor write to those alone who may open it."""
    if not hasattr(edit.send_notification, "__wrapped__"):
        edit.send_notification = to_who_may_open_it(edit.send_notification)


def to_who_may_open_it(notify: Notify) -> Notify:
    """The same notification without those who may not edit the page today; their subscriptions end with it."""

    @wraps(notify)
    def told(recipients: Iterable[User], notification: str, context: Mapping[str, Any]) -> bool:
        people = User.objects.in_bulk([person.pk for person in recipients])
        page = context["page"]
        allowed = [person for person in people.values() if may_open(page, person)]
        _end_subscriptions(page, [person for person in people.values() if person not in allowed])
        return notify(allowed, notification, context)

    return told


def may_open(page: Page, person: User) -> bool:
    """Whether the person, signing in now, could open the page's editor: the questions that the admin itself asks."""
    today = PostBackend().get_user(person.pk)
    return today is not None and works_at_the_desk(today) and page.permissions_for_user(today).can_edit()


def _end_subscriptions(page: Page, people: Iterable[User]) -> None:
    PageSubscription.objects.filter(page=page, user__in=list(people)).delete()


@receiver(account_closed)
def forget_subscriptions(person: User, **kwargs: Any) -> None:
    PageSubscription.objects.filter(user=person).delete()
