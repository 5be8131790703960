"""What of a matter's life after its release is registered in the Wagtail admin: screens, buttons, log actions, desk."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from intranet.audit.wording import register_act, with_absent
from intranet.disclosure.models import MatterPage
from intranet.publication import looking_again_views, withdrawal_views
from intranet.publication.desk.life_panels import (
    AtOncePanel,
    LooksPanel,
    RetentionPanel,
    WithdrawalsPanel,
)
from intranet.publication.desk.undelivered_panel import UndeliveredPanel
from intranet.publication.looking_again import reasons_against_looking
from intranet.publication.withdrawal import reasons_against_withdrawal
from intranet.publication.withdrawal_requests import reasons_against_asking

life_patterns = [
    path("<int:page_id>/call-off/", withdrawal_views.call_off_matter, name="call_off"),
    path("<int:page_id>/withdraw/", withdrawal_views.withdraw_matter, name="withdraw"),
    path("<int:page_id>/still-right/", looking_again_views.look_again, name="still_right"),
    path("withdrawals/<int:request_id>/", withdrawal_views.decide_withdrawal, name="decide_withdrawal"),
    path(
        "withdrawals/at-once/<int:withdrawal_id>/",
        withdrawal_views.confirm_withdrawal,
        name="confirm_withdrawal",
    ),
]


def add_to_the_desk(request: Any, panels: list) -> None:
    panels += [WithdrawalsPanel(), LooksPanel(), AtOncePanel(), RetentionPanel(), UndeliveredPanel()]


def life_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    matter = page.specific
    if not isinstance(matter, MatterPage) or not matter.live:
        return
    if not reasons_against_looking(matter, by=user):
        yield HeaderButton(
            _("Still right"), url=reverse("publication:still_right", args=[page.pk]), icon_name="check", priority=68
        )
    if not reasons_against_asking(matter, by=user) or not reasons_against_withdrawal(matter, by=user):
        yield HeaderButton(
            _("Withdraw"), url=reverse("publication:withdraw", args=[page.pk]), icon_name="undo", priority=70
        )


def life_log_actions(actions: Any) -> None:
    @actions.register_action("gongkai.withdraw")
    class Withdraw(LogFormatter):
        label = _("Withdraw")

        def format_message(self, log_entry: Any) -> str:
            told = {"reason": log_entry.data.get("reason", ""), "person": log_entry.data.get("asked_by", "")}
            words = _("Withdrawn, as %(person)s had asked: %(reason)s") if told["person"] else _WITHDRAWN
            if log_entry.data.get("at_once"):
                words = _("Withdrawn at once, in an emergency: %(reason)s")
            return with_absent(str(words) % told, log_entry.data)

    register_act(actions, "gongkai.withdrawal_asked", _("Ask for a withdrawal"), _("Withdrawal asked for: %(reason)s"))
    register_act(actions, "gongkai.withdrawal_refused", _("Refuse a withdrawal"), _("Withdrawal refused: %(reason)s"))
    actions.register_action(
        "gongkai.withdrawal_confirmed", _("Confirm a withdrawal"), _("Withdrawal at once confirmed by the office")
    )
    register_act(
        actions, "gongkai.still_right", _("Look at it again"), _("Looked at and still right; again by %(again_on)s")
    )
    actions.register_action(
        "gongkai.retention", _("End of its term"), _("Taken down because its term of disclosure ended")
    )


_WITHDRAWN = _("Withdrawn: %(reason)s")
