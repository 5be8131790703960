"""The list of accounts."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("side", ["from", "to"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_chooses_nothing_and_breaks_nothing(bureau, client, side, day):
    client.force_login(bureau.office)
    assert client.get(reverse("wagtailusers_users:index"), {f"last_login_{side}": day}).status_code == 200


def test_a_day_chooses_who_signed_in_since(bureau, client):
    client.force_login(bureau.office)
    answer = client.get(reverse("wagtailusers_users:index"), {"last_login_from": "2020-01-01"})
    assert list(answer.context["object_list"]) == [bureau.office]
