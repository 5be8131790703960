"""Which workflow a category's route asks for."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowTask

from intranet.disclosure.models import Category
from intranet.publication.models import HeadApprovalTask, MatterTask, OfficeApprovalTask, SecrecyReviewTask

HEAD_ROUTE = (SecrecyReviewTask, HeadApprovalTask)
OFFICE_ROUTE = (*HEAD_ROUTE, OfficeApprovalTask)


def workflow_for(category: Category) -> Workflow | None:
    """The workflow of the category's route today; None where no terms are in force, so nothing can be submitted."""
    terms = category.terms_on()
    if terms is None:
        return None
    return _workflow_of(*(OFFICE_ROUTE if terms.needs_office else HEAD_ROUTE))


def _workflow_of(*steps: type[MatterTask]) -> Workflow | None:
    """The active workflow of exactly these steps, whatever the office has named it."""
    wanted = [ContentType.objects.get_for_model(step).pk for step in steps]
    kinds: dict[int, list[int]] = {}
    rows = WorkflowTask.objects.filter(workflow__active=True, task__active=True).order_by("workflow_id", "sort_order")
    for workflow_id, kind in rows.values_list("workflow_id", "task__content_type_id"):
        kinds.setdefault(workflow_id, []).append(kind)
    found = next((workflow_id for workflow_id, own in kinds.items() if own == wanted), None)
    return Workflow.objects.filter(pk=found).first()
