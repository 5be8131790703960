"""The catalogue in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from intranet.disclosure.forms import CategoryForm
from intranet.disclosure.models import Category


class CategoryViewSet(SnippetViewSet):
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
