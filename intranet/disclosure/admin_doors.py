"""The editors' side is doors too: what choosers, listings and menus show of other departments' matters."""

from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from intranet.disclosure.models import AudienceSection, CategorySection, DepartmentSection, MatterPage
from intranet.organisation.models import User

SUPERUSER_REPORTS = frozenset({"aging-pages", "site-history", "page-types-usage"})

# It names the page edited last of each type, whosever it is; `publish` is what nobody but a superuser holds.
PageTypesUsageReportView.any_permission_required = ["publish"]


EVERYTHING = Q()


def choosable_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """What a page chooser offers: what the person may read, and what they may work on; nothing else's title."""
    return choosable_by(request.user, pages)


def choosable_by(user: Any, pages: QuerySet[Page], among: Q = EVERYTHING) -> QuerySet[Page]:
    """`choosable_pages` for the person; `among` narrows what is looked through to the pages in question, where few."""
    if user.is_superuser:
        return pages
    readable = MatterPage.objects.filter(among).readable_by(user).order_by().values("pk")
    explorable = policy_registry.get_by_type(Page).explorable_instances(user)
    own = explorable.filter(among).order_by().values("pk")
    pages = pages.annotate(**{MatterPage.IS_ANOTHERS: ~Q(pk__in=own)})
    return pages.filter(Q(pk__in=readable) | Q(pk__in=own) | _frame())


def _frame() -> Q:
    """The pages that everybody knows: the root, the home page, the sections of audiences, departments, categories."""
    sections = ContentType.objects.get_for_models(AudienceSection, DepartmentSection, CategorySection)
    return Q(depth__lte=2) | Q(content_type__in=[found.pk for found in sections.values()])


def are_worked_on(pks: Collection[int], user: User) -> bool:
    """Whether each of these pages is one that the person works on, a decider of its open step included, or that
    everybody knows.

    To read a live page is not enough: Wagtail's screens name a page by the title of its draft.
    """
    if user.is_superuser:
        return True
    own = policy_registry.get_by_type(Page).explorable_instances(user).filter(pk__in=pks).order_by().values("pk")
    known = Page.objects.filter(pk__in=pks).filter(Q(pk__in=own) | _frame())
    others = set(pks) - set(known.values_list("pk", flat=True))
    matters = MatterPage.objects.in_bulk(others)
    return all(pk in matters and matters[pk].specific.permissions_for_user(user).can_edit() for pk in others)


def is_drafted_below(pk: int, user: User) -> bool:
    """Whether the person drafts in this section, so that everything in it is theirs to work on."""
    drafted = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return bool(user.is_superuser) or drafted.filter(pk=pk).exists()


def names_in_the_audit_log(request: HttpRequest, pks: Collection[int]) -> dict[int, str]:
    """The matters among these that may be named to the reader: what a chooser would offer them."""
    if not pks:
        return {}
    among = Q(pk__in=pks)
    pages: Any = choosable_by(request.user, Page.objects.filter(among).order_by(), among)
    pages = pages.specific(defer=True)
    return {page.pk: page.get_admin_display_title() for page in pages}


def hide_reports_of_the_whole_bureau(request: HttpRequest, items: list[Any]) -> None:
    """Reports over everybody's pages are the superuser's."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in SUPERUSER_REPORTS]
