"""How the facts of the hall's acts are told in the audit log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.audit.wording import Fact, register_facts
from intranet.hall.models.cases import State
from intranet.hall.models.records import ToldDay
from intranet.hall.registers.filings import FilingRegister
from intranet.hall.registers.inquiries import InquiryRegister
from intranet.hall.registers.notices import NoticeRegister

REGISTERS = (NoticeRegister, FilingRegister, InquiryRegister)


def hall_facts(actions: Any) -> None:
    register_facts(
        "hall",
        facts={
            "from": Fact(_("state before"), dict(State.choices)),
            "to": Fact(_("state"), dict(State.choices)),
            "on": _("day"),
            "document": _("document number"),
            "in_place_of": _("in the place of"),
            "matter": _("matter"),
            "year": _("year"),
            "told_since": _("told since"),
            "period": _("period"),
            "scan": _("scan"),
        },
    )
    register_facts("hall.inquiry", facts={"to": _("handed over to")})
    of_audit = {"audit": _("number of the price audit"), "organ": _("organ of the price audit")}
    register_facts("hall.audit_lost", facts=of_audit)
    register_facts("hall.audit_loss_taken_back", facts=of_audit)
    register_facts(
        "hall.told_anew",
        facts={"limit": Fact(_("limit"), dict(ToldDay.Limit.choices)), "day": _("day that the applicant was told")},
    )
    register_facts("hall.paper", facts={"paper": _("notice printed")})
    register_facts(
        "hall.items_imported",
        facts={"created": _("created"), "changed": _("changed"), "unchanged": _("unchanged")},
    )
    register_facts(
        "hall.unmasked",
        facts={
            "what": Fact(
                _("what was seen"),
                {
                    "identifier": pgettext_lazy("of an applicant", "identifier"),
                    "phone": pgettext_lazy("of an applicant", "phone"),
                },
            )
        },
    )
    titles = {register.unit: register.page_title for register in REGISTERS}
    register_facts("hall.register", facts={"register": Fact(_("register"), titles)})
