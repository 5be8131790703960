"""Synonyms, pins and exclusions in the admin: a menu for the office alone."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from search.curation import log
from search.curation.forms import EntryForm, QueryRuleForm
from search.curation.keepers import View, keepers_only
from search.curation.models import QueryRule, Synonyms
from search.curation.readable import ReadablePageChooser

MAX_PINS, MAX_EXCLUSIONS = 5, 20


class AddedWithReason(CreateView):
    def get_initial(self) -> dict[str, Any]:
        """Begun with `asked`, the words with which a report leads here."""
        asked = self.request.GET.get("asked", "")
        return {**super().get_initial(), **({"words": asked, "query": asked} if asked else {})}

    def save_instance(self) -> Any:
        entry = self.form.save()
        log.record(entry, log.ADDED, by=self.request.user)
        return entry


class ChangedWithReason(EditView):
    def save_instance(self) -> Any:
        entry = self.form.save()
        log.record(entry, log.CHANGED, by=self.request.user)
        return entry


class KeptViewSet(SnippetViewSet):
    """Screens for those who keep the search. Nothing else chooses these entries, so they have no chooser."""

    copy_view_enabled = False
    list_per_page = 50
    add_view_class = AddedWithReason
    edit_view_class = ChangedWithReason

    def construct_view(self, view_class: Any, **kwargs: Any) -> View:
        return keepers_only(super().construct_view(view_class, **kwargs))

    def register_chooser_viewset(self) -> None:
        """None: Wagtail's choosers ask for no permission."""


class SynonymsViewSet(KeptViewSet):
    model = Synonyms
    icon = "openquote"
    menu_label = _("Synonyms")
    menu_name = "synonyms"  # else it is the label in the language of whoever asks first
    list_display = [
        "__str__",
        Column("get_kind_display", label=_("kind")),
        BooleanColumn("in_force", label=_("in use")),
        UpdatedAtColumn(),
    ]
    list_filter = ["in_force", "kind"]
    search_fields = ["words", "others"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("kind"), FieldPanel("in_force")]),
            FieldRowPanel([FieldPanel("words"), FieldPanel("others")]),
            FieldPanel("reason"),
        ],
        base_form_class=EntryForm,
    )


class QueryRuleViewSet(KeptViewSet):
    model = QueryRule
    icon = "pick"
    menu_label = _("Pins and exclusions")
    menu_name = "pins-and-exclusions"
    list_display = [
        "query",
        Column("get_match_display", label=_("applies to")),
        Column("state", label=_("state")),
        Column("starts_on", label=_("from")),
        Column("ends_on", label=_("until")),
        UpdatedAtColumn(),
    ]
    list_filter = ["in_force", "match"]
    search_fields = ["query"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("query"), FieldPanel("match")]),
            MultiFieldPanel(
                [FieldPanel("in_force"), FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])], _("In use")
            ),
            InlinePanel(
                "pins",
                [FieldPanel("page", widget=ReadablePageChooser)],
                heading=_("Stands first, in this order"),
                label=_("pin"),
                max_num=MAX_PINS,
            ),
            InlinePanel(
                "exclusions",
                [FieldPanel("page", widget=ReadablePageChooser)],
                heading=_("Is not shown"),
                label=_("exclusion"),
                max_num=MAX_EXCLUSIONS,
            ),
            FieldPanel("reason"),
        ],
        base_form_class=QueryRuleForm,
    )


class CurationGroup(SnippetViewSetGroup):
    menu_label = _("Search upkeep")
    menu_icon = "search"
    menu_order = 320
    submenu_hook = "register_curation_menu_item"
    items: tuple[Any, ...] = (SynonymsViewSet, QueryRuleViewSet)
