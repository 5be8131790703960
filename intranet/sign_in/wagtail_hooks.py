"""Registrations in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from intranet.audit.wording import Fact, register_act, register_facts
from intranet.organisation.models import User
from intranet.sign_in import views
from intranet.sign_in.second_factor import has_second_factor, reasons_against_removal


class LockedMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return request.user.has_perm("organisation.change_user")


@hooks.register("register_admin_urls")
def sign_in_urls() -> list:
    patterns = [
        path("locked/", views.locked_accounts, name="locked"),
        path("<int:pk>/second-factor/", views.remove_second_factor, name="remove_second_factor"),
    ]
    return [path("people/", include((patterns, "sign_in"), namespace="sign_in"))]


@hooks.register("register_settings_menu_item")
def locked_item() -> MenuItem:
    return LockedMenuItem(_("Locked sign-ins"), reverse_lazy("sign_in:locked"), icon_name="lock", order=610)


@hooks.register("register_account_menu_item")
def password_item(request: Any) -> dict[str, str] | None:
    if not request.user.has_usable_password():
        return None
    return {
        "url": reverse("change_password"),
        "label": str(_("Change password")),
        "help_text": str(_("Change the password that you sign in with.")),
    }


@hooks.register("register_account_menu_item")
def second_factor_item(request: Any) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": str(_("Second factor")),
        "help_text": str(_("Sign in with a passkey or an authenticator app besides the password.")),
    }


@hooks.register("register_user_listing_buttons")
def second_factor_button(user: User, request_user: User) -> Iterator[Button]:
    if not reasons_against_removal(user, by=request_user) and has_second_factor(user):
        yield Button(
            _("Remove second factor"),
            url=reverse("sign_in:remove_second_factor", args=[user.pk]),
            icon_name="key",
            priority=40,
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "gongkai.account_from_directory", _("Make account"), _("Account made at the first sign-in by the directory")
    )
    actions.register_action("gongkai.lift_lock", _("Lift lock"), _("Locked sign-in lifted"))
    actions.register_action(
        "gongkai.remove_second_factor", _("Remove second factor"), _("Second factors removed by the office")
    )
    register_act(actions, "sign_in.locked", _("Refused for a while after failing too often"))
    register_act(actions, "password.given", _("Password set by somebody else"))
    register_act(actions, "password.changed", _("Own password changed"))
    register_act(actions, "second_factor.added", _("Second factor set up"))
    register_act(actions, "second_factor.removed", _("Second factor removed"))
    factors = {Authenticator.Type.TOTP: _("authenticator app"), Authenticator.Type.WEBAUTHN: _("passkey")}
    register_facts("second_factor", facts={"kind": Fact(_("second factor"), factors)})
