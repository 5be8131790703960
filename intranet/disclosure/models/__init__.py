from intranet.disclosure.models.catalogue import Category, CategoryTerms, Side
from intranet.disclosure.models.choices import Ending, Language, Validity
from intranet.disclosure.models.draft_template import DraftTemplate, TemplateText
from intranet.disclosure.models.files import AttachedDocument, DisclosedImage, DisclosedRendition
from intranet.disclosure.models.matter import MatterPage
from intranet.disclosure.models.matter_rows import MatterAttachment, MatterElement
from intranet.disclosure.models.numbering import IndexNumber, IndexSerial
from intranet.disclosure.models.public_copy import ExtractedText, PublicCopy
from intranet.disclosure.models.sections import AudienceSection, CategorySection, DepartmentSection
from intranet.disclosure.models.types import (
    MATTER_TYPES,
    GuideMaterial,
    GuidePage,
    GuideStep,
    NoticePage,
    PlanGoal,
    PlanPage,
    RegulationPage,
    RegulationRelation,
    ReportFigure,
    ReportPage,
    ResultPage,
)

__all__ = [
    "MATTER_TYPES",
    "AttachedDocument",
    "AudienceSection",
    "Category",
    "CategorySection",
    "CategoryTerms",
    "DepartmentSection",
    "DisclosedImage",
    "DisclosedRendition",
    "DraftTemplate",
    "Ending",
    "ExtractedText",
    "GuideMaterial",
    "GuidePage",
    "GuideStep",
    "IndexNumber",
    "IndexSerial",
    "Language",
    "MatterAttachment",
    "MatterElement",
    "MatterPage",
    "NoticePage",
    "PlanGoal",
    "PlanPage",
    "PublicCopy",
    "RegulationPage",
    "RegulationRelation",
    "ReportFigure",
    "ReportPage",
    "ResultPage",
    "Side",
    "TemplateText",
    "Validity",
]
