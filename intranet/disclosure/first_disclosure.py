"""What a matter is given when it is first disclosed: its index number and its date."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from intranet.disclosure.models import IndexNumber, IndexSerial, MatterPage
from intranet.serials import next_serial

PREFIX = "GK"


@transaction.atomic
def give_index_number(matter: MatterPage, *, on: date | None = None) -> str:
    """The matter's index number, given now if it has none: `GK-E2-2026-00001`, by category and the day's year.

    Two publications at once get two numbers; a number once given stays given when its matter is deleted.
    """
    if matter.index_number:
        return matter.index_number
    year = (on or timezone.localdate()).year
    serial = next_serial(IndexSerial, category_code=matter.category.code, year=year)
    number = f"{PREFIX}-{matter.category.code}-{year}-{serial:05d}"
    IndexNumber.objects.create(number=number, matter_id=matter.pk)
    MatterPage.objects.filter(pk=matter.pk).update(index_number=number)
    matter.index_number = number
    return number


def prepare_for_live(matter: MatterPage) -> None:
    """Give what a matter has from its disclosure on: index number and date; a withdrawal is over."""
    today = timezone.localdate()  # read once: number and date are of one year, also at the stroke of midnight
    give_index_number(matter, on=today)
    matter.published_on = matter.published_on or today
    matter.withdrawn_at, matter.withdrawn_by, matter.withdrawal_reason = None, None, ""
    matter.ending = ""
    MatterPage.objects.filter(pk=matter.pk).update(
        published_on=matter.published_on, withdrawn_at=None, withdrawn_by=None, withdrawal_reason="", ending=""
    )
