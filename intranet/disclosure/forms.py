"""Forms of matters and of the catalogue in the admin."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks import BlockField

from intranet.access.audience import Audience, is_within
from intranet.disclosure.choosing import out_of_reach, thing_of, things_in, things_in_body
from intranet.disclosure.comments_meanwhile import keep_resolved_comments
from intranet.disclosure.corrections import last_live_version
from intranet.disclosure.elements import Element
from intranet.disclosure.intervals import next_look
from intranet.disclosure.models import MatterPage
from intranet.disclosure.models.catalogue import Category
from intranet.disclosure.particulars.forms import offered_to
from intranet.disclosure.plausible_days import is_plausible
from intranet.in_force import days_held_twice
from intranet.organisation.models import Department, User


class MatterForm(WagtailAdminPageForm):
    """A matter knows its category from its section; the form offers no audience that the category forbids."""

    replaces: int | None = None
    """The version that is live, or was live last."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and kwargs.get("instance") is not None:
            keep_resolved_comments(kwargs["instance"])
        super().__init__(data, *args, **kwargs)
        section = self.parent_page.specific if self.parent_page else None
        if section is not None and self.instance.category_id is None:
            self.instance.category_id = section.category_id
            self.instance.department_id = section.department_id
        if self.instance.slug == "":
            self.instance.slug = self.instance.identifier
        self._ask_what_was_corrected()
        if "review_by" in self.fields:
            self._propose_the_day_of_another_look()
        if "visibility" in self.fields:
            self.fields["visibility"].choices = [("", "—"), *self._allowed_audiences()]
        self._offer_particulars()

    def _offer_particulars(self) -> None:
        """The one form that the matter's category asks for; no field at all where it asks for none.

        None either where an editor was opened while the matter was in another category, and so posts nothing of this
        one's form: what stands in it stays.
        """
        field = self.fields.pop("particulars", None)
        offered = offered_to(self.instance)
        is_posted = not self.is_bound or f"{self.add_prefix('particulars')}-count" in self.data
        if field is not None and offered is not None and is_posted:
            self.fields["particulars"] = BlockField(
                block=offered, required=False, label=field.label, help_text=field.help_text
            )

    def _ask_what_was_corrected(self) -> None:
        """Of a matter that was disclosed before, anew for each version that replaces a live one."""
        if "correction" not in self.fields or "corrects" not in self.fields:
            return
        self.replaces = last_live_version(self.instance) if self.instance.pk else None
        if self.replaces is None:
            del self.fields["correction"], self.fields["corrects"]
            return
        if self.instance.corrects != self.replaces:
            self.instance.correction = self.initial["correction"] = ""
        self.instance.corrects = self.initial["corrects"] = self.replaces

    def _propose_the_day_of_another_look(self) -> None:
        """By the category's interval where none was chosen; what is live was perhaps looked at since this draft."""
        live = MatterPage.objects.filter(pk=self.instance.pk).values_list("review_by", flat=True).first()
        own = self.initial.get("review_by") or self.instance.review_by
        if live and (own is None or live > own):
            self.initial["review_by"] = live
        elif own is None and self.instance.category_id:
            terms = self.instance.category.terms_on()
            self.initial["review_by"] = next_look(terms.update_interval) if terms else None

    def clean_go_live_at(self) -> datetime | None:
        return _plausible(self.cleaned_data.get("go_live_at"))

    def clean_expire_at(self) -> datetime | None:
        return _plausible(self.cleaned_data.get("expire_at"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("correction") and cleaned.get("corrects") != self.replaces:
            self.add_error("correction", _("The matter went live meanwhile: say what is corrected since then."))
        if "corrects" in self.fields:
            cleaned["corrects"] = self.replaces
        return cleaned

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        return (not self.is_bound or self._holds_nothing_out_of_reach()) and is_valid

    def save(self, commit: bool = True) -> Any:
        """What was disclosed once stays in its row as it was released, though it is live no more: the rules read it
        there, and a draft is a version until it goes live itself."""
        return super().save(commit and self.instance.first_published_at is None)

    def _holds_nothing_out_of_reach(self) -> bool:
        """Whether the person may put into the matter what is posted; what they may not is blamed, and not shown."""
        rows = [(form, name) for formset in self.formsets.values() for form in formset.forms for name in form.fields]
        named = {
            (form, name): thing
            for form, name in [(self, name) for name in self.fields] + rows
            if (thing := thing_of(_chosen(form, name))) is not None
        }
        in_body = set(things_in_body(self.instance, self.cleaned_data.get("body") or self.instance.body))
        beyond = out_of_reach(set(named.values()) | in_body, cast(User, self.for_user))
        if beyond and self.instance.pk:
            beyond -= things_in(self.instance.get_latest_revision_as_object())
        words = _("There is nothing of this number that you could choose.")
        for (form, name), thing in named.items():
            if thing in beyond:
                form.add_error(name, words)
                form.data = form.data.copy()
                form.data[form.add_prefix(name)] = ""
        if beyond & in_body:
            self.add_error("body", _("The text shows or links to a file that is not yours to disclose: take it out."))
        return not beyond

    def _allowed_audiences(self) -> list[tuple[str, str]]:
        terms = self.instance.category.terms_on() if self.instance.category_id else None
        return [
            (value, str(label))
            for value, label in Audience.choices
            if terms and is_within(value, terms.widest_audience)
        ]


def _chosen(form: Any, name: str) -> Any:
    """What the field chooses by its number, whatever else is wrong with the form; None for any other field."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField) or isinstance(field, forms.ModelMultipleChoiceField):
        return None
    try:
        return field.to_python(form[name].data)
    except ValidationError:
        return None


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
        for day in days_held_twice((row["valid_from"], row.get("valid_to")) for row in rows if row.get("valid_from")):
            raise forms.ValidationError(
                _("Two terms hold on %(day)s: end the earlier ones on the day before.") % {"day": day}
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


def _plausible(moment: datetime | None) -> datetime | None:
    """The moment; Wagtail compares it with now before the model is asked, which of the first year none can be."""
    if moment is not None and not is_plausible(moment):
        raise ValidationError(_("No such moment is meant: leave it empty, or give one of these years."))
    return moment
