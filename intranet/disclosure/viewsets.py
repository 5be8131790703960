"""The catalogue and its templates in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from intranet.disclosure.forms import CategoryForm
from intranet.disclosure.models import Category, DraftTemplate
from intranet.saved_by_button import SavedByButton


class CategoryViewSet(SavedByButton):
    model = Category
    icon = "list-ul"
    menu_label = _("Catalogue")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["code", "name_zh", "name_en", "side"]
    list_filter = ["side"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("side"), FieldPanel("ordinal")]),
            MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_bo"), FieldPanel("name_en")], _("Names")),
            FieldPanel("responsible_department"),
            InlinePanel("terms", label=_("terms"), heading=_("Terms, from a day to a day")),
        ],
        base_form_class=CategoryForm,
    )


class DraftTemplateViewSet(SavedByButton):
    model = DraftTemplate
    icon = "copy"
    menu_label = _("Templates of drafts")
    menu_order = 311
    add_to_admin_menu = True
    list_display = ["category", Column("type_label", label=_("type")), "title"]
    list_filter = ["category", "type_code"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("category"), FieldPanel("type_code")]),
            FieldPanel("title"),
            FieldPanel("summary"),
            FieldPanel("body"),
            InlinePanel("texts", label=_("text"), heading=_("Texts of the fields that the type has of its own")),
        ],
    )
