"""Pages of rules as one person may see them: who may not read a matter does not learn its title here either."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminPageChooser

from intranet.access.tokens import AnyUser
from search.adapters import cards, page_keys


def titles(pks: Iterable[int], user: AnyUser | None) -> dict[int, str]:
    """The titles of those of these pages that can be found and that the user may read now."""
    keys = page_keys(pks)
    shown = cards(keys.values(), user)
    return {pk: shown[key].title for pk, key in keys.items() if key in shown}


def title_or_placeholder(pk: int, known: dict[int, str]) -> str:
    return known.get(pk) or str(_("(what you may not read)"))


class ReadablePageChooser(AdminPageChooser):
    """Wagtail's chooser that names the chosen page to those alone who may read it; nobody until `reader` is set."""

    reader: AnyUser | None = None

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        if known := titles([instance.pk], self.reader):
            return {**super().get_value_data_from_instance(instance), self.display_title_key: known[instance.pk]}
        return {
            "id": instance.pk,
            "edit_url": None,
            "parent_id": None,
            self.display_title_key: title_or_placeholder(instance.pk, {}),
        }
