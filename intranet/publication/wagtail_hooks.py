"""Registrations in the Wagtail admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from intranet.audit.wording import register_act
from intranet.disclosure.models import MatterPage
from intranet.organisation.models import User
from intranet.publication import claim_views, deciding_many_views, emergency_views, file_views, leaving_views, views
from intranet.publication.action_menu import check_instead, put_check_before_submission, show_check
from intranet.publication.approval import current_step, reasons_against_decision
from intranet.publication.audit_hooks import publication_audit_actions
from intranet.publication.deletion_hooks import keep_what_was_reviewed, keep_what_was_reviewed_of_many
from intranet.publication.desk.panels import AwaitingDecisionPanel, BureauPanel, DebtsPanel, DraftsPanel, HeldBackPanel
from intranet.publication.editor_notices import say_that_it_was_held_back
from intranet.publication.emergency import reasons_against_person
from intranet.publication.files_in_use import install_policies
from intranet.publication.life_hooks import add_to_the_desk, life_buttons, life_log_actions, life_patterns
from intranet.publication.route_records import views as record_views
from intranet.publication.route_records.objections import handles, handles_any, takes_objections
from intranet.publication.route_records.recording import kinds_asked, may_record
from intranet.publication.secrecy import views as secrecy_views
from intranet.publication.secrecy.register import SecrecyRegister, sees_register
from intranet.publication.withdrawal import reasons_against_calling_off

install_policies()
hooks.register("construct_page_action_menu", put_check_before_submission)
hooks.register("before_create_page", check_instead)
hooks.register("before_edit_page", check_instead)
hooks.register("before_edit_page", say_that_it_was_held_back)
hooks.register("before_delete_page", keep_what_was_reviewed)
hooks.register("before_bulk_action", keep_what_was_reviewed_of_many)
hooks.register("after_create_page", show_check)
hooks.register("after_edit_page", show_check)
hooks.register("construct_homepage_panels", add_to_the_desk, order=210)
hooks.register("register_page_header_buttons", life_buttons)
hooks.register("register_log_actions", life_log_actions)
hooks.register("register_log_actions", publication_audit_actions)


@hooks.register("register_admin_urls")
def publication_urls() -> list:
    patterns = [
        path("decide/<int:state_id>/", views.decide, name="decide"),
        path("decide/many/", deciding_many_views.decide_many, name="decide_many"),
        path("decide/<int:state_id>/preview/", views.preview, name="preview"),
        path("decide/<int:state_id>/redacted/", secrecy_views.redacted_preview, name="redacted_preview"),
        path("decide/<int:state_id>/claim/", claim_views.claim_step, name="claim"),
        path("decide/<int:state_id>/give-back/", claim_views.give_back_step, name="give_back"),
        path("decide/<int:state_id>/hand-over/", claim_views.hand_over_step, name="hand_over"),
        path("<int:page_id>/timeline/", views.timeline, name="timeline"),
        path("<int:page_id>/submit/", views.submit_matter, name="submit"),
        path("leaving/<int:pk>/", leaving_views.leaving, name="leaving"),
        *life_patterns,
    ]
    patterns += [
        path("<int:page_id>/emergency/", emergency_views.release, name="emergency"),
        path("<int:page_id>/records/", record_views.records, name="records"),
        path("records/<int:record_id>/file/", record_views.record_file, name="record_file"),
        path("objections/", record_views.objections, name="objections"),
        path("objections/<int:objection_id>/", record_views.objection, name="objection"),
        path("<int:notice_id>/objections/enter/", record_views.enter, name="enter_objection"),
        path("secrecy/", SecrecyRegister.as_view(), name="secrecy_register"),
        path("secrecy/results/", SecrecyRegister.as_view(results_only=True), name="secrecy_register_results"),
    ]
    return [path("publication/", include((patterns, "publication"), namespace="publication"))]


@hooks.register("register_admin_urls", order=-10)
def deletion_urls() -> list:
    """Before Wagtail's own of the same addresses, which would refuse without a word."""
    return [
        path("documents/delete/<int:document_id>/", file_views.delete_document),
        path("images/<int:image_id>/delete/", file_views.delete_image),
    ]


class SecrecyRegisterItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_register(request.user)


@hooks.register("register_reports_menu_item")
def secrecy_register_item() -> MenuItem:
    address = reverse_lazy("publication:secrecy_register")
    return SecrecyRegisterItem(_("Secrecy reviews"), address, name="secrecy", icon_name="key", order=690)


class ObjectionsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return handles_any(request.user)


@hooks.register("register_reports_menu_item")
def objections_item() -> MenuItem:
    address = reverse_lazy("publication:objections")
    return ObjectionsItem(_("Objections"), address, name="objections", icon_name="comment", order=695)


@hooks.register("construct_homepage_panels", order=200)
def add_what_waits(request: Any, panels: list) -> None:
    panels += [HeldBackPanel(), DebtsPanel(), AwaitingDecisionPanel(), DraftsPanel(), BureauPanel()]


@hooks.register("register_page_header_buttons")
def decision_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    matter = page.specific
    if not isinstance(matter, MatterPage):
        return
    state = current_step(matter)
    if state is not None and not reasons_against_decision(state, by=user):
        yield HeaderButton(
            _("Decide"), url=reverse("publication:decide", args=[state.pk]), icon_name="check", priority=1
        )
    yield HeaderButton(
        _("Timeline"), url=reverse("publication:timeline", args=[page.pk]), icon_name="history", priority=66
    )
    if kinds_asked(matter) and may_record(matter, user):
        yield HeaderButton(
            _("Records of the route"),
            url=reverse("publication:records", args=[page.pk]),
            icon_name="doc-full",
            priority=65,
        )
    if takes_objections(matter) and handles(matter, user):
        yield HeaderButton(
            _("Enter an objection"),
            url=reverse("publication:enter_objection", args=[page.pk]),
            icon_name="comment",
            priority=71,
        )
    if not reasons_against_person(matter, by=user):
        yield HeaderButton(
            _("Release in an emergency"),
            url=reverse("publication:emergency", args=[page.pk]),
            icon_name="warning",
            priority=68,
        )
    if not reasons_against_calling_off(matter, by=user):
        yield HeaderButton(
            _("Call off"), url=reverse("publication:call_off", args=[page.pk]), icon_name="undo", priority=69
        )


@hooks.register("register_user_listing_buttons")
def leaving_button(user: User, request_user: User) -> Iterator[Button]:
    if request_user.has_perm("organisation.change_user"):
        yield Button(
            _("What they have in hand"),
            url=reverse("publication:leaving", args=[user.pk]),
            icon_name="tasks",
            priority=30,
        )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("gongkai.release_imported", _("Import"), _("Went live by import"))
    register_act(actions, "gongkai.reject", _("Reject"), _("Rejected: %(reason)s"))
    register_act(
        actions,
        "gongkai.redact",
        _("Disclose in part"),
        _("Passages left out of the version that goes on: %(passages)s"),
    )
    register_act(
        actions, "gongkai.stand_in", _("Decide in somebody's place"), _("Decided in the place of %(for)s: %(step)s")
    )
    register_act(actions, "gongkai.claim", _("Take in hand"), _("Taken in hand: %(step)s"))
    register_act(actions, "gongkai.emergency", _("Release in an emergency"), _("Released in an emergency: %(reason)s"))
    actions.register_action(
        "gongkai.emergency_settled", _("Settle a debt"), _("Steps that an emergency had skipped were made")
    )
    register_act(actions, "gongkai.record", _("Put on record"), _("Put on record: %(record)s"))
    register_act(
        actions,
        "gongkai.notice_replaced",
        _("Replace a notice"),
        _("Put on record in the place of “%(before)s”: %(record)s. %(reason)s"),
    )
    register_act(actions, "gongkai.objection", _("Objection"), _("An objection was raised"))
    register_act(actions, "gongkai.objection_decided", _("Decide an objection"), _("An objection was decided"))
    actions.register_action("gongkai.give_back", _("Put down"), _("Put down again"))
    register_act(actions, "gongkai.hand_over", _("Hand over"), _("Handed over to %(to)s: %(step)s"))
    register_act(actions, "gongkai.explain", _("Explain"), _("Explained what was doubtful: %(reason)s"))
    register_act(actions, "gongkai.call_off", _("Call off"), _("Called off before its moment: %(reason)s"))
    register_act(actions, "gongkai.held_back", _("Hold back"), _("Held back at its moment: %(reason)s"))

    @actions.register_action("gongkai.hand_over_draft")
    class HandOverDraft(LogFormatter):
        label = _("Hand over a draft")

        def format_message(self, log_entry: Any) -> str:
            return _("Handed over from %(giver)s to %(taker)s") % {
                "giver": log_entry.data.get("from", ""),
                "taker": log_entry.data.get("to", ""),
            }
