"""What a person may do with a matter in Wagtail's admin.

Nobody holds Wagtail's `publish` over a matter, a superuser neither: going live is what the last approval does,
coming down is `withdraw`. Wagtail asks this tester for every button, bulk action and view.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wagtail.models import PagePermissionTester

if TYPE_CHECKING:
    from wagtail.models import Page, Workflow

    from intranet.disclosure.models.matter import MatterPage

_workflow_finder: list[Callable[["MatterPage"], "Workflow | None"]] = []


def install_workflow_finder(finder: Callable[["MatterPage"], "Workflow | None"]) -> None:
    """Let publication say which workflow a matter goes through."""
    _workflow_finder[:] = [finder]


def workflow_of(matter: "MatterPage") -> "Workflow | None":
    """The matter's workflow; None, and so no way to submit it, while publication has installed no finder."""
    return _workflow_finder[0](matter) if _workflow_finder else None


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
        """Only what has never been disclosed can be deleted; the rest is withdrawn and kept."""
        if self.page.live or self.page.first_published_at:
            return False
        return super().can_delete(ignore_bulk=ignore_bulk)

    def can_move(self) -> bool:
        return not self.page.live and not self.page.workflow_in_progress and super().can_move()

    def can_move_to(self, destination: "Page") -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_lock(self) -> bool:
        return bool(self.user.is_active) and not self.page.live and super().can_lock()

    def can_submit_for_moderation(self) -> Any:
        return self.can_edit() and super().can_submit_for_moderation()
