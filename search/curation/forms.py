"""The forms of what the office keeps for the search."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from intranet.organisation.models import Department
from search.curation.readable import titles


class EntryForm(WagtailAdminModelForm):
    """Every change has a reason of its own: that of the last one is not offered again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["reason"] = ""


class QueryRuleForm(EntryForm):
    """Pins and exclusions: each page once, and only such as the person may read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("pins", "exclusions"):
            for row in self.formsets[name].forms:
                row.fields["page"].widget.reader = self.for_user

    def is_valid(self) -> bool:
        """Also across the two lists, which are checked after the rule itself."""
        return super().is_valid() and not self._problems_of_pages()

    def _problems_of_pages(self) -> bool:
        chosen = [
            row
            for name in ("pins", "exclusions")
            for row in self.formsets[name].forms
            if row.cleaned_data.get("page") and not row.cleaned_data.get("DELETE")
        ]
        readable = titles({row.cleaned_data["page"].pk for row in chosen if row.has_changed()}, self.for_user)
        seen: set[int] = set()
        for row in chosen:
            page = row.cleaned_data["page"].pk
            if page in seen:
                row.add_error("page", _("This page stands in this rule twice."))
            elif "page" in row.changed_data and page not in readable:
                row.add_error("page", _("Choose a disclosed matter that you may read."))
            seen.add(page)
        if not chosen and self.instance.in_force:
            self.add_error(None, _("Pin or exclude at least one page."))
        return bool(self.errors) or any(row.errors for row in chosen)


class TrialForm(forms.Form):
    """A query to try, and whose cadre to try it as."""

    q = forms.CharField(label=gettext_lazy("Query"), max_length=300)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=gettext_lazy("Department of the cadre"), required=False
    )
