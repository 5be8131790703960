"""Registrations with Wagtail: the doors of pages and documents, the catalogue, screens of ours."""

from collections.abc import Iterator
from typing import Any, TypeVar

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from intranet.access.rights import Right, answers_for_all, holds
from intranet.audit.names import register_namer
from intranet.disclosure import admin_doors, admin_views, doors, file_views, review_views, sharing_views
from intranet.disclosure.admin_api import offer_own_files_alone
from intranet.disclosure.attachments import answers_for_documents
from intranet.disclosure.audit_hooks import disclosure_audit_actions
from intranet.disclosure.comments_meanwhile import pass_over_closed_comments
from intranet.disclosure.findability import FindabilityPanel
from intranet.disclosure.models import MATTER_TYPES, MatterPage
from intranet.disclosure.new_like_view import NewLikeThis
from intranet.disclosure.panels import install_edit_handlers
from intranet.disclosure.saved_meanwhile import save_beside_the_newer_version, tell_of_the_other_version
from intranet.disclosure.table_menu import word_the_menu_of_tables
from intranet.disclosure.viewsets import CategoryViewSet, DraftTemplateViewSet

B = TypeVar("B", bound=Button)

hooks.register("before_serve_page", doors.check_page)
# After Wagtail's own, whose place they take.
hooks.register("construct_admin_api", offer_own_files_alone, order=10)
hooks.register("before_edit_page", save_beside_the_newer_version)
hooks.register("before_edit_page", pass_over_closed_comments)
# Before what the button leads to.
hooks.register("after_edit_page", tell_of_the_other_version, order=-10)
hooks.register("before_serve_document", doors.check_document)
hooks.register("construct_page_chooser_queryset", admin_doors.choosable_pages)
hooks.register("register_log_actions", disclosure_audit_actions)
MATTERS = [MatterPage._meta.label_lower, *(model._meta.label_lower for model in MATTER_TYPES.values())]
register_namer(MATTERS, admin_doors.names_in_the_audit_log)
register_snippet(CategoryViewSet)
register_snippet(DraftTemplateViewSet)
word_the_menu_of_tables()
install_edit_handlers()


@hooks.register("construct_reports_menu")
def hide_reports(request: HttpRequest, items: list[Any]) -> None:
    admin_doors.hide_reports_of_the_whole_bureau(request, items)


@hooks.register("register_admin_urls")
def disclosure_urls() -> list:
    patterns = [
        path("new/", admin_views.new_matter, name="new_matter"),
        path("<int:page_id>/new-like-this/", NewLikeThis.as_view(), name="new_like_this"),
        path("<int:page_id>/sharing/", sharing_views.sharing, name="sharing"),
        path("<int:page_id>/sharing/<int:share_id>/", sharing_views.prolong_share, name="prolong_share"),
        path("<int:page_id>/sharing/<int:share_id>/end/", sharing_views.end_share, name="end_share"),
        path("access-review/", review_views.AccessReview.as_view(), name="access_review"),
        path("access-review/end/", review_views.end_several, name="end_shares"),
        path("files/", file_views.files, name="files"),
        path("files/<int:document_id>/", file_views.file, name="file"),
        path("files/<int:document_id>/original/", doors.original_file, name="original_file"),
        path("files/<int:document_id>/hand-out/", file_views.hand_out, name="hand_out_file"),
    ]
    return [path("matters/", include((patterns, "disclosure"), namespace="disclosure"))]


@hooks.register("insert_global_admin_css")
def style_of_files() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("disclosure/files.css"))


@hooks.register("insert_global_admin_css")
def style_of_forms() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("disclosure/particulars.css"))


@hooks.register("insert_editor_js")
def hold_a_submit_back() -> str:
    return format_html('<script src="{}"></script>', static("disclosure/submitting.js"))


@hooks.register("insert_editor_js")
def what_is_pasted() -> str:
    words = _("Pictures of the pasted text were left out: add each as an image of its own, with a caption.")
    return format_html('<script src="{}" data-pictures="{}"></script>', static("disclosure/pasting.js"), words)


@hooks.register("insert_global_admin_css")
def style_of_comparisons() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("disclosure/compared.css"))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action(
        "gongkai.file_handed_out", _("Release a file"), _("Released to readers as it is, after looking through it")
    )


class FilesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and answers_for_documents(request.user)


@hooks.register("register_reports_menu_item")
def files_item() -> MenuItem:
    return FilesItem(_("Attached files"), reverse("disclosure:files"), name="files", icon_name="doc-full", order=650)


class AccessReviewItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return answers_for_all(request.user)


@hooks.register("register_reports_menu_item")
def access_review_item() -> MenuItem:
    address = reverse("disclosure:access_review")
    return AccessReviewItem(_("Access review"), address, name="access-review", icon_name="group", order=690)


@hooks.register("construct_homepage_panels", order=310)
def tell_what_is_not_found(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(FindabilityPanel())


class NewMatterItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.is_superuser or holds(request.user, Right.DRAFT_MATTERS)


@hooks.register("register_admin_menu_item")
def new_matter_item() -> MenuItem:
    return NewMatterItem(_("New matter"), reverse("disclosure:new_matter"), icon_name="plus", order=50)


@hooks.register("register_page_header_buttons")
def sharing_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    matter = page.specific
    if isinstance(matter, MatterPage) and sharing_views.may_share(user, matter):
        yield HeaderButton(
            _("Sharing"), url=reverse("disclosure:sharing", args=[page.pk]), icon_name="group", priority=67
        )


@hooks.register("register_page_header_buttons")
def new_like_this_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[HeaderButton]:
    return _new_like_this(HeaderButton, page, user, priority=64)


@hooks.register("register_page_listing_more_buttons")
def new_like_this_in_lists(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    return _new_like_this(Button, page, user, priority=25)


def _new_like_this(button: type[B], page: Page, user: Any, *, priority: int) -> Iterator[B]:
    matter = page.specific
    if isinstance(matter, MatterPage) and matter.permissions_for_user(user).can_begin_like():
        address = reverse("disclosure:new_like_this", args=[page.pk])
        yield button(_("New like this one"), url=address, icon_name="copy", priority=priority)
