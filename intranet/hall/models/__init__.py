"""The hall's items, applicants and cases; a module a subject."""

from intranet.hall.models.applicants import Applicant
from intranet.hall.models.appointments import Appointment, AppointmentHours
from intranet.hall.models.cases import DECIDED, OPEN, Case, CaseMaterial, CaseSerial, RepeatedAttempt, State
from intranet.hall.models.drafts import ReceptionDraft
from intranet.hall.models.fees import LossTakenBack, LostAudit, PriceComplaintPhone
from intranet.hall.models.finder import Activity, ActivityItem, EnterpriseKind
from intranet.hall.models.inquiries import Inquiry, InquiryAct, InquiryMove, InquirySerial
from intranet.hall.models.items import ItemMaterial, ItemStage, ItemVersion, ServiceItem
from intranet.hall.models.moves import Act, Move
from intranet.hall.models.records import Extension, MaterialsNotice, NegativeFiling, NoticeLine, Pause, ToldDay
from intranet.hall.models.results import ResultProposal
from intranet.hall.models.scans import Scan
from intranet.hall.models.told_years import ToldYear
from intranet.hall.models.wrong_codes import WrongCode
from intranet.hall.models.yearly_reports import YearlyReport

__all__ = [
    "DECIDED",
    "OPEN",
    "Act",
    "Activity",
    "ActivityItem",
    "Applicant",
    "Appointment",
    "AppointmentHours",
    "Case",
    "CaseMaterial",
    "CaseSerial",
    "EnterpriseKind",
    "Extension",
    "Inquiry",
    "InquiryAct",
    "InquiryMove",
    "InquirySerial",
    "ItemMaterial",
    "ItemStage",
    "ItemVersion",
    "LossTakenBack",
    "LostAudit",
    "MaterialsNotice",
    "Move",
    "NegativeFiling",
    "NoticeLine",
    "Pause",
    "PriceComplaintPhone",
    "ReceptionDraft",
    "RepeatedAttempt",
    "ResultProposal",
    "Scan",
    "ServiceItem",
    "State",
    "ToldDay",
    "ToldYear",
    "WrongCode",
    "YearlyReport",
]
