"""Service items and their versions in the admin, for the leading group's office and the hall."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
)
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from intranet.hall.forms import ItemVersionForm
from intranet.hall.item_files.admin_hooks import ItemIndex
from intranet.hall.models import (
    Activity,
    AppointmentHours,
    EnterpriseKind,
    ItemVersion,
    PriceComplaintPhone,
    ServiceItem,
)
from intranet.saved_by_button import SavedByButton


class ServiceItemViewSet(SavedByButton):
    model = ServiceItem
    index_view_class = ItemIndex
    icon = "list-ul"
    list_display = ["code", "name_zh", "kind", "department"]
    list_filter = ["kind", "department"]
    search_fields = ["code", "name_zh", "name_en"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind"), FieldPanel("department")]),
        MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_bo"), FieldPanel("name_en")], _("Names")),
        FieldPanel("guide"),
    ]


class ItemVersionViewSet(SavedByButton):
    model = ItemVersion
    icon = "calendar"
    list_display = ["item", "valid_from", "valid_to", "legal_days", "promised_days"]
    list_filter = ["item__kind", "item__department"]
    list_per_page = 50
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("item"), FieldPanel("valid_from"), FieldPanel("valid_to")]),
            FieldPanel("legal_basis"),
            FieldPanel("who_may_apply"),
            MultiFieldPanel(
                [
                    FieldPanel("clock"),
                    FieldRowPanel([FieldPanel("legal_days"), FieldPanel("promised_days")]),
                    FieldRowPanel(
                        [FieldPanel("notice_days"), FieldPanel("extension_days"), FieldPanel("delivery_days")]
                    ),
                ],
                _("Time limits"),
            ),
            InlinePanel(
                "materials",
                label=_("material"),
                heading=_("Materials"),
                panels=[
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("form"), FieldPanel("copies"), FieldPanel("source")]),
                    FieldRowPanel([FieldPanel("is_required"), FieldPanel("is_deferrable")]),
                    FieldPanel("template"),
                ],
            ),
            InlinePanel(
                "stages",
                label=_("stage"),
                heading=_("Stages of the handling"),
                panels=[
                    FieldRowPanel([FieldPanel("name"), FieldPanel("who")]),
                    FieldRowPanel([FieldPanel("legal_days"), FieldPanel("promised_days")]),
                ],
            ),
            FieldRowPanel([FieldPanel("result"), FieldPanel("delivery")]),
        ],
        base_form_class=ItemVersionForm,
    )


class PriceComplaintPhoneViewSet(SavedByButton):
    model = PriceComplaintPhone
    icon = "mobile-alt"
    list_display = ["phone", "valid_from", "valid_to"]
    panels = [FieldRowPanel([FieldPanel("phone"), FieldPanel("valid_from"), FieldPanel("valid_to")])]


class AppointmentHoursViewSet(SavedByButton):
    model = AppointmentHours
    icon = "time"
    list_display = ["__str__", "valid_from", "valid_to", "minutes", "capacity"]
    panels = [
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        FieldRowPanel([FieldPanel("begins"), FieldPanel("ends"), FieldPanel("minutes"), FieldPanel("capacity")]),
    ]


class EnterpriseKindViewSet(SavedByButton):
    model = EnterpriseKind
    icon = "site"
    list_display = ["name_zh", "position"]
    panels = [
        MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_bo"), FieldPanel("name_en")], _("Names")),
        FieldPanel("position"),
    ]


class ActivityViewSet(SavedByButton):
    model = Activity
    icon = "list-ul"
    list_display = ["name_zh", "kind", "position"]
    list_filter = ["kind"]
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("kind", widget=forms.Select), FieldPanel("position")]),
        MultiFieldPanel([FieldPanel("name_zh"), FieldPanel("name_bo"), FieldPanel("name_en")], _("Names")),
        MultipleChooserPanel(
            "chosen_items", chooser_field_name="item", label=_("service item"), heading=_("Service items")
        ),
    ]


class HallGroup(SnippetViewSetGroup):
    menu_label = _("Hall")
    menu_icon = "clipboard-list"
    menu_order = 320
    submenu_hook = "register_hall_menu_item"
    items: tuple[Any, ...] = (
        ServiceItemViewSet,
        ItemVersionViewSet,
        AppointmentHoursViewSet,
        PriceComplaintPhoneViewSet,
        EnterpriseKindViewSet,
        ActivityViewSet,
    )
