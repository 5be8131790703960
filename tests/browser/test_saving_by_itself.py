"""Typing, closing the window without a button, coming back: the text is there."""

import pytest

from intranet.disclosure.models import MatterPage
from tests.factories import draft_matter

WATCHING = (
    "() => window.wagtail.app.getControllerForElementAndIdentifier("
    "document.querySelector('[data-edit-form]'), 'w-unsaved')?.initialFormData"
)
"""The editor looks for changes from about two seconds after it was opened."""

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_what_was_typed_is_there_after_the_window_was_closed(visit, bureau, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500
    matter = draft_matter(bureau.licensing, author=bureau.liaison, title="待写的通知")
    editor = f"/admin/pages/{matter.pk}/edit/"
    page = visit(editor, bureau.liaison)
    page.wait_for_function(WATCHING)
    page.wait_for_timeout(1000)  # the parts of the editor that are ready later are taken as they are, too
    page.locator("input[name=title]").fill("写到一半的通知")
    page.locator(".w-autosave-indicator__state--saved").wait_for(state="visible")
    page.close()
    again = visit(editor, bureau.liaison)
    assert again.locator("input[name=title]").input_value() == "写到一半的通知"
    assert not MatterPage.objects.get(pk=matter.pk).workflow_in_progress
