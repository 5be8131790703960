"""The editor of a new matter, filled in like another one. Its form posts to Wagtail's own view, as any new matter's."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.create import CreateView

from intranet.disclosure.beginning_like import begin_like
from intranet.disclosure.models import MatterPage


class NewLikeThis(CreateView):
    """404 for who may not begin one like it: they cannot tell that the matter exists."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponse:
        found = get_object_or_404(MatterPage, pk=page_id).specific
        if not found.permissions_for_user(request.user).can_begin_like():
            raise Http404
        self.original = found.get_latest_revision_as_object()
        meta = type(found)._meta
        return super().dispatch(request, meta.app_label, meta.model_name, found.get_parent().pk)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Wagtail's, which has no place to fill the page in by the request before the form is made of it."""
        begin_like(self.page, self.original, section=self.parent_page)
        self.form = self.form_class(
            instance=self.page, subscription=self.subscription, parent_page=self.parent_page, for_user=request.user
        )
        self.has_unsaved_changes = False
        return self.render_to_response(self.get_context_data())
