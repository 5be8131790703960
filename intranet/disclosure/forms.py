"""Forms of matters and of the catalogue in the admin."""

import itertools
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from intranet.access.audience import Audience, is_within
from intranet.disclosure.elements import Element
from intranet.disclosure.models.catalogue import Category
from intranet.organisation.models import Department


class MatterForm(WagtailAdminPageForm):
    """A matter knows its category from its section; the form offers no audience that the category forbids."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.parent_page.specific if self.parent_page else None
        if section is not None and self.instance.category_id is None:
            self.instance.category_id = section.category_id
            self.instance.department_id = section.department_id
        if self.instance.slug == "":
            self.instance.slug = self.instance.identifier
        if "visibility" in self.fields:
            self.fields["visibility"].choices = [("", "—"), *self._allowed_audiences()]

    def _allowed_audiences(self) -> list[tuple[str, str]]:
        terms = self.instance.category.terms_on() if self.instance.category_id else None
        return [
            (value, str(label))
            for value, label in Audience.choices
            if terms and is_within(value, terms.widest_audience)
        ]


class TermsForm(WagtailAdminModelForm):
    """Terms of a category, the elements as boxes to tick."""

    required_elements = forms.MultipleChoiceField(
        label=_("Required elements"), choices=Element.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class CategoryForm(WagtailAdminModelForm):
    """A category with its terms; the terms of one category do not overlap."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        terms = self.formsets["terms"]
        if not terms.is_valid():
            return cleaned
        rows = [form.cleaned_data for form in terms.forms if form not in terms.deleted_forms]
        spans = sorted(
            ((row["valid_from"], row.get("valid_to")) for row in rows if row.get("valid_from")),
            key=lambda span: span[0],
        )
        for (_start, end), (next_start, _next_end) in itertools.pairwise(spans):
            if end is None or end >= next_start:
                raise forms.ValidationError(
                    _("Two terms hold on %(day)s: end the earlier ones on the day before.") % {"day": next_start}
                )
        return cleaned


class NewMatterForm(forms.Form):
    """Where a new matter begins: whose, in which category, of which type."""

    department = forms.ModelChoiceField(label=_("Department"), queryset=Department.objects.none())
    category = forms.ModelChoiceField(label=_("Category"), queryset=Category.objects.all())
    type = forms.ChoiceField(label=_("Type"))

    def __init__(self, *args: Any, departments: Any, types: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["department"]).queryset = departments
        cast(forms.ChoiceField, self.fields["type"]).choices = types
        if departments.count() == 1:
            self.fields["department"].initial = departments.get()
