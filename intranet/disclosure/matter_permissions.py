"""What a person may do with a matter in Wagtail's admin.

Nobody holds Wagtail's `publish` over a matter, a superuser neither: going live is what the last approval does,
coming down is `withdraw`. Wagtail asks this tester for every button, bulk action and view.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wagtail.models import PagePermissionTester

if TYPE_CHECKING:
    from wagtail.models import Page, Workflow

    from intranet.disclosure.models.catalogue import Category
    from intranet.disclosure.models.matter import MatterPage
    from intranet.disclosure.models.sections import CategorySection

_workflow_finder: list[Callable[["Category"], "Workflow | None"]] = []
_submission_check: list[Callable[["MatterPage", Any], list[str]]] = []


def install_workflow_finder(finder: Callable[["Category"], "Workflow | None"]) -> None:
    """Let publication say which workflow a category's matters go through."""
    _workflow_finder[:] = [finder]


def install_submission_check(check: Callable[["MatterPage", Any], list[str]]) -> None:
    """Let publication say what stands against submitting a matter by a person."""
    _submission_check[:] = [check]


def workflow_of(thing: "MatterPage | CategorySection") -> "Workflow | None":
    """The workflow of the category's route; None, and so no way to submit, while no finder is installed."""
    return _workflow_finder[0](thing.category) if _workflow_finder else None


class MatterPermissionTester(PagePermissionTester):
    """Wagtail's tester with the rights that Gongkai gives to nobody taken away."""

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Only what has never been disclosed, and is not under review or approved; the rest is withdrawn and kept."""
        if self.page.live or self.page.first_published_at or self._is_under_way():
            return False
        if self.user.is_superuser or not (self.user.is_active and self.page.is_leaf()):
            return super().can_delete(ignore_bulk=ignore_bulk)
        # A matter has nothing below it; Wagtail would look for live pages there, for every line of a list.
        is_own = "add" in self.permissions and self.page.owner_id == self.user.pk
        return "change" in self.permissions or is_own

    def can_begin_like(self) -> bool:
        """Whether the user edits this matter and may make new ones where it lies. Asks nothing but what is cached."""
        return self.can_edit() and (self.user.is_superuser or "add" in self.permissions)

    def can_move(self) -> bool:
        return not self.page.live and not self._is_under_way() and super().can_move()

    def _is_under_way(self) -> bool:
        return bool(self.page.approved_schedule or self.page.workflow_in_progress)

    def can_move_to(self, destination: "Page") -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_lock(self) -> bool:
        return bool(self.user.is_active) and not self.page.live and super().can_lock()

    def can_submit_for_moderation(self) -> Any:
        """Whether the matter may be submitted; a page that is only being made is checked when it is saved."""
        if not (self.can_edit() and super().can_submit_for_moderation()):
            return False
        return not any(check(self.page.specific, self.user) for check in _submission_check)
