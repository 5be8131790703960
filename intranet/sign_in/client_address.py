"""From which address a request comes."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, as the outermost of `PROXY_COUNT` reverse proxies saw it.

    Each proxy appends whom it heard, so that what the client wrote into the header itself stands before all of them
    and is never believed. A request that did not come through all of them has the address of its connection.
    """
    own = request.META.get("REMOTE_ADDR", "")
    count = settings.PROXY_COUNT
    heard = [each.strip() for each in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if count < 1 or len(heard) < count:
        return own
    try:
        return str(ip_address(heard[-count]))
    except ValueError:
        return own
