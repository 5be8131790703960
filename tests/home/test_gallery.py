"""The gallery of components."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_gallery_shows_every_component_in_development(client: Client, settings):
    settings.DEBUG = True
    page = client.get("/gallery/")
    assert page.status_code == 200
    assert "matter-row" in page.text


def test_the_gallery_is_absent_in_production(client: Client):
    assert client.get("/gallery/").status_code == 404
