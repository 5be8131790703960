"""Templates of drafts: what stands in the editor when a matter of a category is begun."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import Orderable, RevisionMixin
from wagtail.search import index

from intranet.disclosure.body import BodyBlock
from intranet.disclosure.models.catalogue import Category
from intranet.disclosure.models.matter import MatterPage
from intranet.disclosure.models.types import MATTER_TYPES
from intranet.disclosure.texts import is_text

HELP = _("Put what the author is to fill in between ⟦ and ⟧: no draft that still has any can be submitted.")


def text_fields_of(model: type[MatterPage]) -> dict[str, models.Field]:
    """The fields of text that this type has of its own, by name."""
    return {field.name: field for field in model._meta.local_fields if is_text(field)}


OWN_FIELDS = {name: field for model in MATTER_TYPES.values() for name, field in text_fields_of(model).items()}


class DraftTemplateQuerySet(models.QuerySet):
    def for_matter(self, category: Category, type_code: str) -> "DraftTemplate | None":
        """The template of the category for this type; else the one that it has for every type."""
        return self.filter(category=category, type_code__in=(type_code, "")).order_by("-type_code").first()


class DraftTemplate(RevisionMixin, index.Indexed, ClusterableModel):
    """A skeleton for the matters of a category, kept by the leading group's office."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="draft_templates", verbose_name=_("category"))
    type_code = models.CharField(
        _("type"),
        max_length=20,
        blank=True,
        choices=[(code, model._meta.verbose_name) for code, model in MATTER_TYPES.items()],
        help_text=_("Without a choice for every type that has no template of its own."),
    )
    title = models.CharField(_("title"), max_length=255, blank=True, help_text=HELP)
    summary = models.TextField(_("summary"), blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    objects = DraftTemplateQuerySet.as_manager()

    search_fields = [index.AutocompleteField("title"), index.SearchField("summary")]

    class Meta:
        verbose_name = _("template of drafts")
        verbose_name_plural = _("templates of drafts")
        ordering = ["category__side", "category__ordinal", "type_code"]
        constraints = [
            models.UniqueConstraint(
                name="one_template_per_category_and_type",
                fields=["category", "type_code"],
                violation_error_message=_("The category has a template for this type already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.category.code} {self.type_label}"

    @property
    def type_label(self) -> str:
        return str(self.get_type_code_display()) if self.type_code else str(_("every type"))

    def fill(self, matter: MatterPage) -> None:
        """Put the skeleton into a matter that is only being begun."""
        matter.title, matter.summary = self.title, self.summary
        matter.body = matter.body.stream_block.to_python(self.body.get_prep_value())
        fields = text_fields_of(type(matter))
        for row in self.texts.all():
            if row.field in fields:
                setattr(matter, row.field, row.text)


class TemplateText(Orderable):
    """What stands in a field that the type has of its own: a guide's conditions, a result's basis."""

    template = ParentalKey(DraftTemplate, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(
        _("field"), max_length=40, choices=[(name, field.verbose_name) for name, field in OWN_FIELDS.items()]
    )
    text = models.TextField(_("text"))

    class Meta(Orderable.Meta):
        verbose_name = _("text of a field")
        verbose_name_plural = _("texts of fields")

    def __str__(self) -> str:
        return f"{self.get_field_display()}: {self.text}"

    def clean(self) -> None:
        """Its type has the field, and the field holds as much."""
        super().clean()
        errors: dict[str, Any] = {}
        field = OWN_FIELDS.get(self.field)
        models_meant = [model for code, model in MATTER_TYPES.items() if self.template.type_code in ("", code)]
        if field is not None and not any(self.field in text_fields_of(model) for model in models_meant):
            errors["field"] = _("This type has no such field.")
        longest = getattr(field, "max_length", None)
        if longest is not None and len(self.text) > longest:
            errors["text"] = _("The field holds %(longest)d characters at the most.") % {"longest": longest}
        if errors:
            raise ValidationError(errors)
