"""What holds at once is saved when somebody says so: nothing of it by itself, while they are still typing."""

import pytest
from django.urls import reverse
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.snippets.models import get_snippet_models

from intranet.saved_by_button import ByButton
from tests.factories import Bureau

KEPT = [
    model
    for model in get_snippet_models()
    if issubclass(model, RevisionMixin) and not issubclass(model, DraftStateMixin)
]


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_every_model_with_versions_and_without_drafts_is_saved_by_a_button(model):
    views = model.snippet_viewset.add_view_class, model.snippet_viewset.edit_view_class
    assert all(issubclass(view, ByButton) for view in views)


@pytest.mark.django_db
def test_the_screen_of_a_department_is_not_saved_by_itself(client):
    bureau = Bureau()
    client.force_login(bureau.office)
    screen = client.get(reverse("wagtailsnippets_organisation_department:edit", args=[bureau.licensing.pk]))
    assert (screen.status_code, "w-autosave#save" in screen.content.decode()) == (200, False)
