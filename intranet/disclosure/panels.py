"""The edit screens of the six types."""

from django.forms import HiddenInput
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from intranet.disclosure.attachments import documents_of
from intranet.disclosure.comparison import (
    AttachmentsComparison,
    ComparedPanel,
    ComparedRows,
    ElementsComparison,
    ParticularsComparison,
)
from intranet.disclosure.file_states import FileState, states_of
from intranet.disclosure.forms import MatterForm
from intranet.disclosure.models import (
    GuidePage,
    MatterPage,
    NoticePage,
    PlanPage,
    RegulationPage,
    ReportPage,
    ResultPage,
)

TYPE_PANELS: dict[type[MatterPage], list] = {
    RegulationPage: [
        FieldRowPanel([FieldPanel("issuing_organ"), FieldPanel("issued_on")]),
        InlinePanel(
            "relations",
            label=_("relation"),
            heading=_("Relations to other regulations"),
            panels=[FieldPanel("kind"), PageChooserPanel("target", "disclosure.RegulationPage")],
        ),
    ],
    GuidePage: [
        FieldPanel("legal_basis"),
        FieldPanel("conditions"),
        InlinePanel("materials", label=_("material"), heading=_("Materials")),
        InlinePanel("steps", label=_("step"), heading=_("Procedure")),
        FieldRowPanel([FieldPanel("legal_limit_days"), FieldPanel("promised_limit_days")]),
        FieldPanel("fee_text"),
        FieldPanel("result_text"),
        FieldRowPanel([FieldPanel("place"), FieldPanel("hours")]),
        FieldPanel("directions"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("complaint")]),
    ],
    ResultPage: [
        FieldRowPanel([FieldPanel("decision_kind"), FieldPanel("decision_number"), FieldPanel("decided_on")]),
        FieldPanel("party"),
        FieldPanel("basis"),
        FieldPanel("relief"),
    ],
    NoticePage: [
        FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")]),
        FieldPanel("objection_channel"),
    ],
    PlanPage: [
        FieldPanel("period_year"),
        InlinePanel("goals", label=_("goal"), heading=_("Goals with progress")),
    ],
    ReportPage: [
        FieldPanel("period_year"),
        InlinePanel("figures", label=_("figure"), heading=_("Figures")),
    ],
}

DISCLOSURE_PANELS = [
    FieldRowPanel([FieldPanel("visibility"), FieldPanel("formed_on")]),
    FieldRowPanel([FieldPanel("document_number"), FieldPanel("validity")]),
    FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_until")]),
    FieldPanel("review_by"),
    FieldPanel("keywords"),
    FieldPanel("contact"),
    ComparedRows(
        "elements",
        compared_by=ElementsComparison,
        label=_("element"),
        heading=_("Elements that the category asks for"),
    ),
    PublishingPanel(),
    CommentPanel(),
    MultiFieldPanel(
        [
            FieldPanel("category", read_only=True),
            FieldPanel("department", read_only=True),
            FieldPanel("index_number", read_only=True),
            FieldPanel("published_on", read_only=True),
        ],
        _("Given by the system"),
    ),
]


class MatterFilesPanel(Panel):
    """Below the attachments: what search reads of each file, and what readers get of it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "disclosure/admin/matter_files_panel.html"

        @cached_property
        def states(self) -> list[FileState]:
            return states_of(documents_of(self.instance)) if self.instance.pk else []


def _handler(model: type[MatterPage]) -> TabbedInterface:
    content = [
        MultiFieldPanel(
            [FieldPanel("correction"), ComparedPanel("corrects", classname="w-hidden", widget=HiddenInput)],
            _("Correction"),
        ),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("language"), FieldPanel("translates_version_of")]),
        PageChooserPanel("translation_of", "disclosure.MatterPage"),
        FieldPanel("summary"),
        FieldPanel("body"),
        ComparedPanel("particulars", compared_by=ParticularsComparison),
        ComparedRows(
            "attachments",
            compared_by=AttachmentsComparison,
            label=_("attachment"),
            heading=_("Attachments"),
            panels=[FieldPanel("document"), FieldPanel("title")],
        ),
        MatterFilesPanel(heading=_("What becomes of the files")),
    ]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(TYPE_PANELS[model], heading=model._meta.verbose_name),
            ObjectList(DISCLOSURE_PANELS, heading=_("Disclosure")),
        ],
        base_form_class=MatterForm,
    )


def install_edit_handlers() -> None:
    """Give every type its edit screen; called once the models are loaded."""
    for model in TYPE_PANELS:
        model.edit_handler = _handler(model)
