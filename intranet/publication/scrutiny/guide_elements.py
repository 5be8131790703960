"""The eight elements of a service guide: whoever stands at the window with it must know what to do.

Source: Regulations on Optimising the Business Environment (2020), article 37.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.disclosure.field_labels import label_of
from intranet.disclosure.models import GuidePage, MatterPage, Side
from intranet.publication.scrutiny.finding import Finding, Weight

FIELDS = {
    "conditions": gettext_lazy("conditions"),
    "steps": gettext_lazy("procedure"),
    "materials": gettext_lazy("materials"),
    "legal_limit_days": gettext_lazy("time limits"),
    "promised_limit_days": gettext_lazy("time limits"),
    "fee_text": gettext_lazy("fees"),
    "result_text": gettext_lazy("result"),
    "place": gettext_lazy("contact"),
    "hours": gettext_lazy("contact"),
    "phone": gettext_lazy("contact"),
    "complaint": gettext_lazy("complaint channel"),
}
"""Which element each field or kind of rows is part of, in the order of the law."""
ROWS = frozenset({"steps", "materials"})


def guide_elements(draft: MatterPage) -> Iterator[Finding]:
    """An error for each field or kind of rows that a guide of the external catalogue lacks.

    How the bureau serves itself is no public service: guides of the internal catalogue are asked for none.
    """
    if not isinstance(draft, GuidePage) or draft.category.side != Side.EXTERNAL:
        return
    for name, element in FIELDS.items():
        if not _is_given(draft, name):
            words = _("A service guide must say this, and it is empty (%(element)s): fill in “%(field)s”.")
            if name == "legal_limit_days":
                words = _(
                    "A service guide must say this, and it is empty (%(element)s): fill in “%(field)s”; where no law "
                    "sets one, what the bureau promises."
                )
            told = {"element": element, "field": label_of(GuidePage, name)}
            yield Finding(Weight.ERROR, words % told, "guide_elements")


def _is_given(draft: GuidePage, name: str) -> bool:
    if name in ROWS:
        return any(row.name.strip() for row in getattr(draft, name).all())
    value = getattr(draft, name)
    return bool(value.strip()) if isinstance(value, str) else value is not None
