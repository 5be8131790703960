"""The reviews of matters, among those of whatever else Wagtail reviews."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowState, get_default_page_content_type

OPEN = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
"""The states of a review that goes on, here or with the author."""


def reviews_of_matters() -> QuerySet[WorkflowState]:
    """Every review of a matter, whatever has become of it."""
    return WorkflowState.objects.filter(base_content_type=get_default_page_content_type())


def keys_of_matters(reviews: QuerySet[WorkflowState]) -> QuerySet:
    """The primary keys of the matters under these reviews, for a condition."""
    return reviews.annotate(matter=Cast("object_id", BigIntegerField())).values("matter")
