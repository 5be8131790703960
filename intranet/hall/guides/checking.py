"""What scrutiny says of a guide that is not what its service items are."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.disclosure.models import GuidePage, MatterPage
from intranet.hall.guides.differences import MATERIALS, differences, versions_told_of
from intranet.hall.models import ItemVersion
from intranet.listed import listed
from intranet.publication.scrutiny.finding import Finding, Weight

KIND = "guide_items"
SHOWN = 3


def as_its_items(draft: MatterPage) -> Iterator[Finding]:
    """An error for each place where the guide says otherwise than an item in force on the day when it goes live; a
    warning for each form to fill in that no reader of the guide could download.
    """
    if not isinstance(draft, GuidePage):
        return
    moment = draft.go_live_at
    day = max(timezone.localdate(), timezone.localdate(moment)) if moment else timezone.localdate()
    versions = versions_told_of([draft], day)[draft.pk]
    for difference, differing in differences(draft, versions).items():
        told = {"items": codes(differing), "guide": difference.in_guide, "item": difference.in_item}
        if difference.place == MATERIALS:
            words = _("The guide lists other materials than the window ticks: correct the guide, or the service item.")
            quoted = _("only in the guide: %(guide)s; only in service item %(items)s: %(item)s")
        else:
            words = _("“%(place)s” is not what cases are counted by: correct the guide, or the service item.")
            quoted = _("guide: %(guide)s; service item %(items)s: %(item)s")
        yield Finding(Weight.ERROR, words % {"place": difference.label}, KIND, quoted=quoted % told)
    yield from _forms_out_of_reach(draft, versions)


def codes(versions: Sequence[ItemVersion]) -> str:
    """The codes of their items: the first ones, and that there are more."""
    named = listed(version.item.code for version in versions[:SHOWN])
    return f"{named}…" if len(versions) > SHOWN else named


def _forms_out_of_reach(draft: GuidePage, versions: Sequence[ItemVersion]) -> Iterator[Finding]:
    attached = {row.document_id for row in draft.attachments.all()}
    forms = [row.template for version in versions for row in version.materials.all() if row.template is not None]
    for form in dict.fromkeys(forms):
        if form.pk in attached:
            continue
        elsewhere = (page.reader_tokens() for page in form.pages_using().exclude(pk=draft.pk))
        if draft.tokens_if_disclosed().isdisjoint(frozenset[str]().union(*elsewhere)):
            words = _("The form to fill in is no file of the guide, so nobody can download it: attach it.")
            yield Finding(Weight.WARNING, words, KIND, quoted=form.title)
