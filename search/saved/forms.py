"""Saving a search and changing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from search.saved.models import LONGEST, MOST, SavedSearch


class SavedSearchForm(forms.ModelForm):
    """Name and frequency; the instance has person and parameters."""

    class Meta:
        model = SavedSearch
        fields = ["name", "frequency"]

    def clean(self) -> dict[str, Any]:
        saved = self.instance
        others = SavedSearch.objects.filter(person=saved.person).exclude(pk=saved.pk)
        if len(saved.params) > LONGEST:
            raise forms.ValidationError(_("This search has too many filters to be saved; take some off."))
        if twin := others.filter(params=saved.params).first():
            raise forms.ValidationError(_("You have saved this search already, as “%(name)s”.") % {"name": twin.name})
        if saved.pk is None and others.count() >= MOST:
            raise forms.ValidationError(
                _("You have %(most)s saved searches, which is the most there can be; delete one first.")
                % {"most": MOST}
            )
        return super().clean() or {}
