"""Mail about a draft goes to those who may open that draft now, and to nobody else.

Wagtail writes to whoever once subscribed to a page, wrote in a thread or submitted it, whatever has become of them: the
mail names its title, and quotes comments and reasons. All of it passes the two calls that are wrapped here; the mail
itself is put down like every other (`outgoing`).
"""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.dispatch import receiver
from wagtail.admin.mail import EmailNotificationMixin
from wagtail.admin.views.pages import edit
from wagtail.models import Page, PageSubscription, TaskState, WorkflowState

from intranet.access.backends import PostBackend
from intranet.access.rights import works_at_the_desk
from intranet.organisation.closing import account_closed
from intranet.organisation.models import User

Notify = Callable[[Iterable[User], str, Mapping[str, Any]], bool]
Choose = Callable[..., set[User]]


def install_draft_mail() -> None:
    """Let Wagtail's editor, and what becomes of a review, write to those alone who may open the draft."""
    if not hasattr(edit.send_notification, "__wrapped__"):
        edit.send_notification = to_who_may_open_it(edit.send_notification)
    if not hasattr(EmailNotificationMixin.get_valid_recipients, "__wrapped__"):
        EmailNotificationMixin.get_valid_recipients = of_who_may_open_it(EmailNotificationMixin.get_valid_recipients)


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


def of_who_may_open_it(choose: Choose) -> Choose:
    """The same choice of recipients without those who may not edit the reviewed page today."""

    @wraps(choose)
    def chosen(notifier: EmailNotificationMixin, instance: WorkflowState | TaskState, **said: Any) -> set[User]:
        review = instance.workflow_state if isinstance(instance, TaskState) else instance
        page = review.content_object
        people = choose(notifier, instance, **said)
        return {person for person in people if isinstance(page, Page) and may_open(page, person)}

    return chosen


def may_open(page: Page, person: User) -> bool:
    """Whether the person, signing in now, could open the page's editor: the questions that the admin itself asks."""
    today = PostBackend().get_user(person.pk)
    return today is not None and works_at_the_desk(today) and page.permissions_for_user(today).can_edit()


def _end_subscriptions(page: Page, people: Iterable[User]) -> None:
    PageSubscription.objects.filter(page=page, user__in=list(people)).delete()


@receiver(account_closed)
def forget_subscriptions(person: User, **kwargs: Any) -> None:
    PageSubscription.objects.filter(user=person).delete()
