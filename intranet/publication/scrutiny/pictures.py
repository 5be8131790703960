"""Images without words for those who do not see them."""

from collections.abc import Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from intranet.disclosure.models import MatterPage
from intranet.publication.scrutiny.finding import Finding, Weight


def pictures(draft: MatterPage) -> Iterator[Finding]:
    """A warning for each image that has no description and is not told by its caption either.

    Source: GB/T 37668-2019 and WCAG 2.2, 1.1.1. A file's name is no description.
    """
    for block in draft.body.blocks_by_name("figure"):
        image, caption = block.value.get("image"), (block.value.get("caption") or "").strip()
        if image is not None and not image.description.strip() and not caption:
            words = _("The image has no alternative text: describe it in its own form, or give it a caption.")
            yield Finding(Weight.WARNING, words, "pictures", quoted=PurePath(image.title).name)
