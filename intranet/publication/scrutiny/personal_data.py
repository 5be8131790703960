"""Personal data in a matter that the public reads, its attachments included.

Source: Personal Information Protection Law (2021), article 34; Regulations on Open Government Information (2019),
article 15.
"""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.audience import Audience
from intranet.disclosure.attachments import documents_of
from intranet.disclosure.hints import texts_by_place
from intranet.disclosure.models import MatterPage, PublicCopy
from intranet.disclosure.wording import wording_of
from intranet.publication.scrutiny.finding import Finding, Weight
from search.demand.masking import BANK_CARDS, IDENTITY_NUMBER, MOBILE_NUMBER, Kind, found_in

LOOKED_AT = 2_000_000
"""Characters of an attachment that are looked at."""


def identity_numbers(draft: MatterPage) -> Iterator[Finding]:
    """An error for each place with a citizen's number: no word of reason makes it public."""
    words = _("The number of an identity card must not be disclosed: take it out or mask it.")
    for place, text in _texts(draft):
        if found := [number for number in found_in(text, (IDENTITY_NUMBER,)) if _has_a_birthday(number)]:
            yield Finding(Weight.ERROR, words, "personal_data", quoted=_shown(place, found))


def numbers_of_persons(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each place with mobile telephones, or with what can be a bank card."""
    told: tuple[tuple[tuple[Kind, ...], str], ...] = (
        ((MOBILE_NUMBER,), _("Is this mobile number somebody's own? Give the number of the office instead.")),
        (BANK_CARDS, _("Is this the number of somebody's bank card? Take it out or mask it.")),
    )
    for place, text in _texts(draft):
        for kinds, words in told:
            found = found_in(text, kinds, besides=(IDENTITY_NUMBER,))
            if found:
                yield Finding(Weight.WARNING, words, "personal_data", quoted=_shown(place, found))


def _texts(draft: MatterPage) -> Iterator[tuple[str, str]]:
    """What the public would read, with the name of the attachment in which it stands.

    The words as they are read, and everything as it is stored: a number can stand in a link's target, too.
    """
    if draft.visibility != Audience.PUBLIC:
        return
    stored = [text for _place, texts in texts_by_place(draft) for text in texts]
    images = [block.value.get("image") for block in draft.body.blocks_by_name("figure")]
    described = [f"{image.title}\n{image.description}" for image in images if image is not None]
    yield "", "\n".join([*wording_of(draft), draft.slug.replace("-", " "), *stored, *described])
    documents = documents_of(draft)
    for document in documents:
        yield document.title, f"{document.title}\n{document.filename}"
    titles = {document.pk: document.title for document in documents}
    copies = PublicCopy.objects.filter(document__in=titles).exclude(text=None)
    for pk, text in copies.values_list("document_id", "text__text").order_by("document_id"):
        yield titles[pk], text[:LOOKED_AT]


def _has_a_birthday(number: str) -> bool:
    """Whether its seventh to fourteenth places are a day that somebody living can be born on."""
    places = "".join(character for character in number if character.isdecimal())[6:14]
    try:
        born = date(int(places[:4]), int(places[4:6]), int(places[6:8]))
    except ValueError:
        return False
    return born.year >= 1900 and born <= timezone.localdate()


SHOWN = 3


def _shown(place: str, found: list[str]) -> str:
    """The first of them, half hidden: a list of findings is no place for personal data either."""
    hidden = "、".join(f"{number[:3]}…{number[-2:]}" for number in list(dict.fromkeys(found))[:SHOWN])
    return f"{place}: {hidden}" if place else hidden
