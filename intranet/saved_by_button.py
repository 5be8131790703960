"""Screens of what holds at once, which are saved when somebody presses the button and at no other time."""

from typing import Any

from django.http import HttpRequest
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet


class ByButton:
    """A view whose form Wagtail would save by itself while somebody types, because the model keeps versions.

    It has no drafts: the half of a word would hold, an audience that was only tried would count, and each try would be
    an act in the audit log.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False


class CreateByButton(ByButton, CreateView):
    pass


class EditByButton(ByButton, EditView):
    pass


class SavedByButton(SnippetViewSet):
    """The screens of a model that keeps versions and has no drafts."""

    add_view_class = CreateByButton
    edit_view_class = EditByButton
