"""What Wagtail calls when the last step of a workflow is approved.

Wagtail imports this while its own models load, so this module imports no model before it is called.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wagtail.models import WorkflowState


def release_on_final_approval(workflow_state: "WorkflowState", user: Any = None) -> None:
    """Make the approved revision live through the gate. Raises `PublicationRefused` where it may not pass."""
    from intranet.publication.release import release_approved

    release_approved(workflow_state, by=user)
