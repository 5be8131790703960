"""The text of a result, from its case: Chinese, masked, whoever works at the desk. Nothing is saved here."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.html import escape

from intranet.disclosure.models import ResultPage
from intranet.hall.models.cases import Case, State
from intranet.hall.models.items import ServiceItem
from intranet.hall.models.records import NegativeFiling
from intranet.hall.results.masking import Masking

Kind = ServiceItem.Kind
DECISIONS = {
    Kind.LICENCE: ("准予许可", "不予许可"),
    Kind.CONFIRMATION: ("予以确认", "不予确认"),
    Kind.FILING: ("予以备案", "不予备案"),
    Kind.PAYMENT: ("予以办理", "不予办理"),
}
"""How each kind of item is decided on: for the applicant, against them."""
RELIEF = "对本决定不服的，可以自知道或者应当知道本决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"
"""Where the case says nothing of its own. Source: Administrative Reconsideration Law (2023), article 20;
Administrative Litigation Law (2017), article 46."""


def result_of(case: Case) -> ResultPage:
    """A result that tells the decision on the case, not saved. Its audience is for its author to choose: until then it
    is nobody's. Load `item`, `version` and `applicant` with the case, which is decided on.
    """
    assert case.decided_on is not None
    mask = Masking(case)
    filing = NegativeFiling.objects.filter(case=case).first() if case.outcome == State.REFUSED else None
    item, decision, number = case.item.name_zh, _decision(case), case.decision_number
    subject = mask.of(case.subject)
    about = "，".join(filter(None, (mask.party, subject)))
    result = ResultPage(
        title=_shortened(f"{item}（{about}）：{decision}", ResultPage._meta.get_field("title").max_length),
        summary=f"{_day(case.decided_on)}对{mask.party}的“{item}”申请作出{decision}的决定，决定文号{number}。",
        formed_on=case.decided_on,
        decision_kind=ResultPage.DecisionKind.LICENCE if case.item.kind == Kind.LICENCE else _OTHER,
        decision_number=number,
        party=mask.party,
        decided_on=case.decided_on,
        basis=mask.of(filing.basis) if filing else case.version.legal_basis,
        relief=mask.of_relief(filing.relief) if filing else RELIEF,
    )
    blocks = [{"type": kind, "value": value} for kind, value in _blocks(case, mask, filing, subject)]
    result.body = result.body.stream_block.to_python(blocks)
    return result


_OTHER = ResultPage.DecisionKind.OTHER


def _blocks(case: Case, mask: Masking, filing: NegativeFiling | None, subject: str) -> Iterator[tuple[str, Any]]:
    facts = [f"申请事项：{case.item.name_zh}（{case.item.code}）", f"申请人：{mask.party}"]
    facts += [f"申请对象：{subject}"] if subject else []
    facts += [f"收到申请：{_day(case.received_on)}"]
    facts += [f"受理：{_day(case.accepted_on)}"] if case.accepted_on else []
    facts += [f"决定：{_day(case.decided_on)}，{_decision(case)}"] if case.decided_on else []
    yield "heading", "办理情况"
    yield "paragraph", "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    if filing is not None:
        yield "heading", "不予的理由"
        yield "paragraph", "".join(f"<p>{escape(line)}</p>" for line in mask.of(filing.reasons).splitlines() if line)


def _decision(case: Case) -> str:
    granted, refused = DECISIONS[Kind(case.item.kind)]
    return granted if case.outcome == State.GRANTED else refused


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
