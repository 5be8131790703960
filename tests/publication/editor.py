"""A matter's editor, posted as a browser posts it."""

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import querydict_from_html

from intranet.disclosure.models import MatterPage


def fields_of(client: Client, url: str) -> dict[str, str]:
    """What the editor's form at this address holds."""
    return querydict_from_html(client.get(url).content.decode(), form_id="page-edit-form").dict()


def post_editor(client: Client, matter: MatterPage, **changes: str) -> HttpResponse:
    """Post what the editor's form holds, with the changes; the name of a button is one of them."""
    url = reverse("wagtailadmin_pages:edit", args=[matter.pk])
    return client.post(url, {**fields_of(client, url), "body-count": "0", **changes})


def submit_from_editor(client: Client, matter: MatterPage, *, reason: str = "test", **changes: str) -> HttpResponse:
    """Save the editor's form with its button “Check and submit”, and submit on the screen that follows."""
    if matter.first_published_at:
        changes.setdefault("correction", "更正")
    screen = post_editor(client, matter, **changes, **{"action-check-and-submit": "1"}).headers["Location"]
    return client.post(screen, {"reason": reason})


class Editor:
    """The editor as one person has it open, with what it loaded."""

    def __init__(self, person, matter):
        self.client = Client()
        self.client.force_login(person)
        self.url = reverse("wagtailadmin_pages:edit", args=[matter.pk])
        self.fields = {**fields_of(self.client, self.url), "body-count": "0"}

    def save(self, **changes):
        return self.client.post(self.url, {**self.fields, **changes}, follow=True)

    def save_by_itself(self, **changes):
        answer = self.client.post(self.url, {**self.fields, **changes}, headers={"Accept": "application/json"})
        if answer.status_code == 200:
            self.fields["overwrite_revision_id"] = str(answer.json()["revision_id"])
        return answer
