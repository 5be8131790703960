"""How readings, reviews of access and changes of terms are told in the audit log."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.access.audience import Audience
from intranet.audit.wording import Fact, Words, register_act, register_facts
from intranet.disclosure import changed_terms, readings
from intranet.disclosure.elements import Element
from intranet.disclosure.models import CategoryTerms

VALUES: dict[str, dict] = {
    "audience": dict(Audience.choices),
    "elements": dict(Element.choices),
    "retention": {0: _("without end")},
}
"""What codes in the terms stand for, where no choices of the field say it."""


def disclosure_audit_actions(actions: Any) -> None:
    register_act(actions, readings.ACT, _("Read what is the leading group's"))
    register_act(actions, "access_review.export", _("Access review taken away"))
    register_act(actions, "terms.created", _("Terms of a category entered"))
    register_act(actions, "terms.changed", _("Terms of a category changed"))
    register_act(actions, "terms.deleted", _("Terms of a category deleted"))
    facts: dict[str, Words | Fact] = {"category": _("category")}
    for name, column in changed_terms.FACTS.items():
        field: Any = CategoryTerms._meta.get_field(column)
        facts[name] = Fact(field.verbose_name, VALUES.get(name) or dict(field.choices or ()))
    register_facts("terms", facts=facts)
