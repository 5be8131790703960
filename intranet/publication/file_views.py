"""Deleting a file: Wagtail's screens, and where it stays, why it does."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.documents.views.documents import DeleteView as DeleteDocument
from wagtail.images.views.images import DeleteView as DeleteImage
from wagtail.permissions import policy_registry

from intranet.disclosure.models import AttachedDocument, DisclosedImage
from intranet.publication.files_in_use import AnyFile, FileInUsePolicy, reasons_against_deleting


def delete_document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Wagtail's screen, or back to the document with the reasons against."""
    file = AttachedDocument.objects.filter(pk=document_id).first()
    if reasons := _told_to(request.user, file):
        return _back("wagtaildocs:edit", request, document_id, reasons)
    return DeleteDocument.as_view()(request, document_id=document_id)


def delete_image(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """Wagtail's screen, or back to the image with the reasons against."""
    file = DisclosedImage.objects.filter(pk=image_id).first()
    if reasons := _told_to(request.user, file):
        return _back("wagtailimages:edit", request, image_id, reasons)
    return DeleteImage.as_view()(request, image_id=image_id)


def _told_to(user: Any, file: AnyFile | None) -> list[str]:
    """Why the file stays, for who could delete it else; it names matters that nobody else may know of."""
    if file is None:
        return []
    policy = policy_registry.get_by_type(type(file))
    if not isinstance(policy, FileInUsePolicy) or not policy.may_delete_if_unused(user, file):
        return []
    return reasons_against_deleting(file)


def _back(address: str, request: HttpRequest, key: int, reasons: list[str]) -> HttpResponseBase:
    for reason in reasons:
        messages.error(request, reason)
    return redirect(address, key)
