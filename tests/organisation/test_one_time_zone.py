"""A day begins for everybody at once: who chose a zone further east would hold tomorrow's post tonight."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

pytestmark = pytest.mark.django_db
FARTHEST_EAST = "Pacific/Kiritimati"


def test_nobody_is_asked_for_a_zone(bureau, client):
    client.force_login(bureau.liaison)
    assert "time_zone" not in client.get(reverse("wagtailadmin_account")).text


def test_one_that_is_sent_all_the_same_is_not_kept(bureau, client):
    client.force_login(bureau.liaison)
    form = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"]
    prefixes = {panel.get_form().prefix for panels in form.values() for panel in panels}
    sent = {f"{prefix}-current_time_zone": FARTHEST_EAST for prefix in prefixes}
    client.post(reverse("wagtailadmin_account"), sent | {"locale-preferred_language": "en"})
    assert UserProfile.get_for_user(bureau.liaison).current_time_zone == ""
