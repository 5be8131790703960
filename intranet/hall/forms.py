"""Forms of service items in the admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

MAY_CHANGE = frozenset({"valid_to"})
"""What of a version changes after a case was received under it: the day on which it ends."""
PLACE = "ORDER"
"""Where a row stands; the browser counts the rows anew whenever it sends them."""


class ItemVersionForm(WagtailAdminModelForm):
    """A version under which cases were received says what it said to them: another day needs another version."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.is_used:
            return cleaned
        words = _("Cases were received under this version; it stays as it is. Give it an end and make a new one.")
        for name in self.changed_data:
            if name in self.fields and name not in MAY_CHANGE:
                self.add_error(name, words)
        rows = (row for formset in self.formsets.values() for row in formset.forms)
        if any(set(row.changed_data) - {PLACE} for row in rows):
            self.add_error(None, words)
        return cleaned
