"""The elements that a complete matter of a category must have (DOMAIN: the catalogue of disclosure)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Element(models.TextChoices):
    """A named part of a matter beyond title, body, date and department."""

    ADDRESS = "address", _("address")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    HOURS = "hours", _("office hours")
    PERSON_IN_CHARGE = "person_in_charge", _("person in charge")
    DOCUMENT_NUMBER = "document_number", _("document number")
    ISSUING_ORGAN = "issuing_organ", _("issuing organ")
    ISSUED_ON = "issued_on", _("date issued")
    EFFECTIVE_FROM = "effective_from", _("effective from")
    VALIDITY = "validity", _("validity")
    YEAR = "period_year", _("year")
    GOALS = "goals", _("goals with progress")
    SERVICE_ITEM = "service_item", _("service item or case")
    FUND = "fund", _("fund")
    FUND_YEAR = "fund_year", _("year of the fund")
    BUDGETED = "budgeted", _("budgeted amount (CNY)")
    SPENT = "spent", _("spent amount (CNY)")
    BENEFICIARIES = "beneficiaries", _("beneficiaries")
    BASIS = "basis", _("legal basis")
    DECISION_NUMBER = "decision_number", _("decision number")
    PARTY = "party", _("party")
    RELIEF = "relief", _("relief and its time limit")
    COMMITMENT = "commitment", _("commitment")
    SUPERVISOR = "supervisor", _("supervised by")
    FEE_ITEMS = "fee_items", _("fee items")
    PRICE_AUDIT = "price_audit", _("price audit")
    MEETING_DECISION = "meeting_decision", _("decision of the director's office meeting")
    INCIDENT = "incident", _("incident")
    DECISION = "decision", _("decision")
    ORGAN = "organ", _("deciding organ")
    OBJECTION_CHANNEL = "objection_channel", _("channel for objections")
