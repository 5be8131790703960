"""The admin's interface for its own scripts is a door too: Wagtail's lists every file of the bureau, also of drafts."""

from typing import Any

from django.db.models import QuerySet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry


class OwnFiles:
    """Those that the person may choose for a matter; nothing else's name."""

    model: Any
    request: Any

    def get_queryset(self) -> QuerySet:
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(self.request.user, ["choose"]).order_by("id")


class OwnDocuments(OwnFiles, DocumentsAdminAPIViewSet):
    pass


class OwnImages(OwnFiles, ImagesAdminAPIViewSet):
    pass


def offer_own_files_alone(router: Any) -> None:
    router.register_endpoint("documents", OwnDocuments)
    router.register_endpoint("images", OwnImages)
