"""Ending the e-mail by its own link, without signing in."""

from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.urls import reverse

from intranet.organisation.models import User
from search.saved.models import SavedSearch

SALT = "search.saved.unsubscribe"


def unsubscribe_address(person: User) -> str:
    """The link that ends the person's digests, and does nothing else."""
    token = signing.dumps(person.pk, salt=SALT)
    return urljoin(settings.WAGTAILADMIN_BASE_URL, reverse("search:unsubscribe", args=[token]))


def person_of(token: str) -> int:
    """The primary key of the person. Raises `signing.BadSignature`."""
    return int(signing.loads(token, salt=SALT))


def unsubscribe(pk: int) -> None:
    """Switch the e-mail of all the person's saved searches off; the searches stay."""
    SavedSearch.objects.filter(person=pk).update(frequency=SavedSearch.Frequency.OFF)
