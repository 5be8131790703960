"""Forms of service items in the admin."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from intranet.hall.models.items import faults_of_stages

MAY_CHANGE = frozenset({"valid_to"})
"""What of a version changes after a case was received under it: the day on which it ends."""
PLACE = "ORDER"
"""Where a row stands; the browser counts the rows anew whenever it sends them."""


class ItemVersionForm(WagtailAdminModelForm):
    """A version under which cases were received says what it said to them: another day needs another version."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.is_used:
            self._check_stages(cleaned)
            self._check_names()
            return cleaned
        words = _("Cases were received under this version; it stays as it is. Give it an end and make a new one.")
        for name in self.changed_data:
            if name in self.fields and name not in MAY_CHANGE:
                self.add_error(name, words)
        rows = (row for formset in self.formsets.values() for row in formset.forms)
        if any(set(row.changed_data) - {PLACE} for row in rows):
            self.add_error(None, words)
        return cleaned

    def _check_names(self) -> None:
        """Refuse two materials, or two stages, of one name: at the window and in a list they are told apart by it."""
        for formset in self.formsets.values():
            names: set[str] = set()
            for row in formset.forms if formset.is_valid() else ():
                said = row.cleaned_data
                name = str(said.get("name") or "").strip()
                if not name or said.get("DELETE"):
                    continue
                if name in names:
                    row.add_error("name", _("“%(name)s” stands twice.") % {"name": name})
                    self.add_error(None, _("“%(name)s” stands twice.") % {"name": name})
                names.add(name)

    def _check_stages(self, cleaned: dict[str, Any]) -> None:
        """Refuse stages that take longer than the item; those that are wrong in themselves say so first."""
        rows = self.formsets["stages"]
        legal, promised = cleaned.get("legal_days"), cleaned.get("promised_days")
        if legal is None or promised is None or not rows.is_valid():
            return
        stages = [row.cleaned_data for row in rows.forms if row.cleaned_data and not row.cleaned_data.get("DELETE")]
        for words in faults_of_stages(stages, legal_days=legal, promised_days=promised):
            self.add_error(None, words)
