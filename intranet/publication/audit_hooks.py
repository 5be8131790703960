"""How the facts of a review, a release and a withdrawal are told in the audit log."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.access.audience import Audience
from intranet.audit.wording import Fact, register_act, register_facts
from intranet.disclosure.secrecy import SecrecyBasis
from intranet.publication.models import Objection, Release


def publication_audit_actions(actions: Any) -> None:
    register_act(actions, "matter.live", _("Went live"))
    register_act(actions, "secrecy_register.export", _("Register of secrecy reviews taken away"))
    register_facts("gongkai", facts={"in_place_of": _("in the place of")})
    register_facts(
        "matter.live",
        facts={
            "audience": Fact(_("audience"), dict(Audience.choices)),
            "category": _("category"),
            "version": _("version"),
            "release": Fact(_("way of its release"), dict(Release.Kind.choices)),
        },
    )
    register_facts(
        "gongkai.reject",
        "gongkai.redact",
        facts={"basis": Fact(_("basis"), dict(SecrecyBasis.choices)), "passages": _("passages left out")},
    )
    register_facts("gongkai.stand_in", facts={"for": _("in the place of")})
    register_facts("gongkai.claim", facts={"from": _("handed over from")})
    register_facts(
        "gongkai.hand_over",
        "gongkai.hand_over_draft",
        facts={"from": _("handed over from"), "to": _("handed over to")},
    )
    register_facts(
        "gongkai.record",
        "gongkai.notice_replaced",
        facts={"record": _("record"), "before": _("the one before")},
    )
    register_facts("gongkai.objection", facts={"channel": Fact(_("channel"), dict(Objection.Channel.choices))})
    register_facts("gongkai.objection_decided", facts={"outcome": Fact(_("outcome"), dict(Objection.Outcome.choices))})
    register_facts(
        "gongkai.withdraw",
        "gongkai.withdrawal_refused",
        facts={
            "asked_by": _("asked by"),
            "at_once": _("at once"),
            "comment_of_approval": _("comment of who decided"),
            "translation_of": _("translation of"),
        },
    )
    register_facts("gongkai.retention", facts={"until": _("last day of disclosure")})
    register_facts("gongkai.still_right", facts={"again_on": _("look at it again by")})
