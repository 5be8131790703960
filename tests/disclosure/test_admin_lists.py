"""The admin's own lists of what is disclosed open for those who work in them."""

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from intranet.disclosure.models import DisclosedImage
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, bureau):
    client.force_login(UserFactory(username="admin", is_superuser=True))
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/pages/",
        "/admin/images/",
        "/admin/documents/",
        "/admin/users/",
        "/admin/groups/",
        "/admin/snippets/organisation/department/",
        "/admin/snippets/organisation/post/",
        "/admin/snippets/organisation/calendarday/",
        "/admin/snippets/disclosure/category/",
        "/admin/snippets/disclosure/drafttemplate/",
        "/admin/reports/locked/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/site-history/",
        "/admin/reports/aging-pages/",
        "/admin/reports/page-types-usage/",
        "/admin/workflows/list/",
        "/admin/workflows/tasks/index/",
        "/admin/searchpicks/",
    ],
)
def test_a_list_opens(admin, path, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    Image.new("RGB", (20, 20)).save(tmp_path / "seal.png")
    with (tmp_path / "seal.png").open("rb") as file:
        DisclosedImage.objects.create(title="印章", file=ImageFile(file, name="seal.png"))
    assert admin.get(path, follow=True).status_code == 200
