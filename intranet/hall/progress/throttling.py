"""How often wrong codes may be tried, over all processes of the portal.

Three bounds hold at once, each over the last quarter of an hour. One address alone cannot shut an applicant out of
their case: it is refused for that number long before the number is refused for everybody.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from intranet.hall.models.wrong_codes import WrongCode

WITHIN = timedelta(minutes=15)
FROM_AN_ADDRESS_FOR_A_NUMBER = 5
FROM_AN_ADDRESS = 20
"""A computer at the window is used by many who mistype."""
FOR_A_NUMBER = 30
"""From anywhere: five addresses that were used up have not reached it, the code has fifty bits."""


class TooManyWrongCodes(Exception):
    """Nothing is tried before `until`, whatever the code is."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until)


def begin_try(number: str, address: str, *, what: str = "progress") -> WrongCode:
    """Count a try of this kind as wrong before it is looked at, so that tries at the same moment do not all pass.

    Raises `TooManyWrongCodes`, and then the try itself does not count: what was told of the end stays true.
    """
    WrongCode.objects.filter(at__lt=timezone.now() - WITHIN).delete()
    made = WrongCode.objects.create(number_key=_key(what, "number", number), address_key=_key(what, "address", address))
    ends = [end for wanted, most in _bounds(made) if (end := _end(wanted, most, made))]
    if ends:
        made.delete()
        raise TooManyWrongCodes(max(ends))
    return made


def forgive(made: WrongCode) -> None:
    """The code was right: neither this try nor the applicant's slips before it count."""
    WrongCode.objects.filter(number_key=made.number_key, address_key=made.address_key).delete()


def _bounds(made: WrongCode) -> Iterator[tuple[Q, int]]:
    number, address = Q(number_key=made.number_key), Q(address_key=made.address_key)
    yield number & address, FROM_AN_ADDRESS_FOR_A_NUMBER
    yield address, FROM_AN_ADDRESS
    yield number, FOR_A_NUMBER


def _end(wanted: Q, most: int, made: WrongCode) -> datetime | None:
    """When fewer than so many others count again; None where they do now."""
    others = WrongCode.objects.filter(wanted).exclude(pk=made.pk).order_by("-at")
    counting = list(others.filter(at__gt=timezone.now() - WITHIN).values_list("at", flat=True)[:most])
    return counting[-1] + WITHIN if len(counting) == most else None


def _key(what: str, of: str, text: str) -> str:
    return salted_hmac(f"intranet.hall.{what}.{of}", text, algorithm="sha256").hexdigest()
