"""What is under review, approved, or was reviewed is not deleted: somebody has decided about it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intranet.disclosure.models import MatterPage
from intranet.publication.approval import current_step
from tests.factories import approve, draft_matter, fresh, submit


def delete(person, matter, *, many=False):
    client = Client()
    client.force_login(person)
    address = reverse("wagtailadmin_pages:delete", args=[matter.pk])
    if many:
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]) + f"?id={matter.pk}"
    client.post(address)
    return not MatterPage.objects.filter(pk=matter.pk).exists()


def drafted(bureau, **said):
    return draft_matter(bureau.licensing, author=bureau.liaison, **said)


@pytest.mark.parametrize("many", [False, True], ids=["one", "many"])
class TestDeletion:
    def test_of_a_draft_is_its_authors(self, bureau, many):
        assert delete(bureau.liaison, drafted(bureau), many=many)

    def test_is_refused_under_review(self, bureau, many):
        matter = drafted(bureau)
        submit(matter, by=bureau.liaison)
        assert not delete(bureau.liaison, matter, many=many)

    def test_is_refused_where_it_waits_for_its_moment(self, bureau, many):
        matter = drafted(bureau, go_live_at=timezone.now() + timedelta(days=2))
        submit(matter, by=bureau.liaison)
        approve(matter, by=bureau.reviewer)
        approve(fresh(matter), by=bureau.head)
        assert not delete(bureau.liaison, matter, many=many)

    def test_is_refused_after_a_conclusion(self, bureau, many):
        matter = drafted(bureau)
        submit(matter, by=bureau.liaison)
        approve(matter, by=bureau.reviewer)
        current_step(fresh(matter)).reject(user=bureau.head, comment="补充")
        assert not delete(bureau.liaison, matter, many=many)
