"""A draft of something that is live no more stays a draft: no rule reads it before it is released."""

import pytest
from django.test import Client
from django.urls import reverse

from intranet.publication.withdrawal import withdraw
from tests.disclosure.test_editing import notice_form
from tests.factories import draft_matter, fresh, live_matter


def edit(person, matter, **said):
    """Save a draft of the matter on Wagtail's screen."""
    client = Client()
    client.force_login(person)
    corrects = str(matter.revisions.order_by("pk").first().pk)
    form = notice_form(title=matter.title, slug=matter.slug, correction="改", corrects=corrects, **said)
    return client.post(reverse("wagtailadmin_pages:edit", args=[matter.pk]), form)


@pytest.mark.parametrize(("before", "after", "status"), [("department", "public", 404), ("public", "department", 410)])
def test_another_audience_of_a_draft_opens_and_closes_no_withdrawn_matter(bureau, client, before, after, status):
    matter = live_matter(bureau.licensing, type_code="notice", visibility=before)
    withdraw(matter, by=bureau.head, reason="内部理由")
    edit(bureau.liaison, matter, visibility=after)
    assert fresh(matter).get_latest_revision_as_object().visibility == after
    assert client.get(matter.url).status_code == status


def test_a_draft_of_a_matter_that_was_never_live_is_in_its_row(bureau):
    matter = draft_matter(bureau.licensing, type_code="notice", author=bureau.liaison)
    client = Client()
    client.force_login(bureau.liaison)
    client.post(reverse("wagtailadmin_pages:edit", args=[matter.pk]), notice_form(title="改过的题名", slug=matter.slug))
    assert fresh(matter).title == "改过的题名"
