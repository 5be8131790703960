"""Where a search stands."""

from urllib.parse import urlencode

from django.urls import reverse


def search_address(text: str) -> str:
    """The address of the page of results of these words."""
    return f"{reverse('search:results')}?{urlencode({'q': text})}"
