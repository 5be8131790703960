"""The written notices of a case as its applicant reads them on the public page: without the applicant."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.models.cases import Case, State
from intranet.hall.models.moves import Act
from intranet.hall.progress.discretion import Discretion
from intranet.organisation.derivation_words import full


@dataclass(frozen=True, slots=True)
class Paper:
    """One notice: how its address calls it, its heading, number and day, and what it says."""

    key: str
    """Within the case, such as `notice-1`; nothing that names the case."""
    title: str
    number: str
    given_on: date
    paragraphs: list[str]
    wanted: list[tuple[str, str]] = field(default_factory=list)
    """Of a notice of what is missing: each material, and what is wanted of it."""


def papers_of(case: Case) -> list[Paper]:
    """Every notice of the case, the oldest first. Load `notices__lines__material__material`, `pauses`, `moves`."""
    discretion = Discretion(case)
    found = [paper for each in _KINDS for paper in each(case, discretion.without)]
    return sorted(found, key=lambda paper: paper.given_on)


def paper_called(case: Case, key: str) -> Paper | None:
    """The case's notice of this key, if it has one."""
    return next((paper for paper in papers_of(case) if paper.key == key), None)


Without = Callable[[str], str]


def _notices(case: Case, without: Without) -> Iterator[Paper]:
    for notice in case.notices.all():
        yield Paper(
            key=f"notice-{notice.ordinal}",
            title=_("One-time notification of what is to be supplemented"),
            number=f"{case.number}-N{notice.ordinal}",
            given_on=notice.given_on,
            paragraphs=[
                _("The hall received your application on %(day)s: %(item)s.")
                % {"day": full(case.received_on), "item": case.item.name},
                _("The following is missing, or not in order yet. Bring it to the hall; this is all of it."),
            ],
            wanted=[(str(line.material), without(line.wanted)) for line in notice.lines.all()],
        )


def _refusals_to_accept(case: Case, without: Without) -> Iterator[Paper]:
    for move in case.moves.all():
        if move.act == Act.NOT_ACCEPT:
            yield Paper(
                key="not-accepted",
                title=_("Notice that an application is not accepted"),
                number=without(move.document_number),
                given_on=move.on,
                paragraphs=[
                    _("Your application was not accepted: %(item)s.") % {"item": case.item.name},
                    _("Reason: %(reason)s") % {"reason": without(move.reason)},
                    _(
                        "You can object by administrative reconsideration or by a suit; the paper notice says where "
                        "and until when."
                    ),
                ],
            )


def _pauses(case: Case, without: Without) -> Iterator[Paper]:
    for place, pause in enumerate(case.pauses.all(), start=1):
        said = {"kind": pause.get_kind_display(), "first": full(pause.began_on)}
        if pause.ended_on is None:
            words = _("From %(first)s on the time does not count: %(kind)s.") % said
        else:
            words = _("The time after %(first)s up to %(last)s does not count: %(kind)s.")
            words %= said | {"last": full(pause.ended_on)}
        yield Paper(
            key=f"pause-{place}",
            title=_("Notice of time that does not count"),
            number=without(pause.notice_number),
            given_on=pause.began_on,
            paragraphs=[
                words,
                *filter(None, [pause.time_needed]),
                _("Reason: %(reason)s") % {"reason": without(pause.reason)},
                _("Source: Administrative Licensing Law, article 45."),
            ],
        )


def _extensions(case: Case, without: Without) -> Iterator[Paper]:
    extension = getattr(case, "extension", None)
    if extension is None:
        return
    days = ngettext(
        "The time limit of the decision was extended by %(days)d working day.",
        "The time limit of the decision was extended by %(days)d working days.",
        extension.days,
    )
    yield Paper(
        key="extension",
        title=_("Notice that a time limit is extended"),
        number=without(extension.notice_number),
        given_on=extension.given_on,
        paragraphs=[
            days % {"days": extension.days},
            _("Reason: %(reason)s") % {"reason": without(extension.reason)},
            _("Source: Administrative Licensing Law, article 42."),
        ],
    )


def _decisions(case: Case, without: Without) -> Iterator[Paper]:
    """Its result from the day of the decision; the reasons of a refusal once it was delivered, which sets its term."""
    if case.decided_on is None:
        return
    said = {"item": case.item.name}
    if case.outcome == State.GRANTED:
        paragraphs = [_("Your application was granted: %(item)s.") % said]
    else:
        paragraphs = [_("Your application was not granted: %(item)s.") % said, *_reasons(case, without)]
    yield Paper(
        key="decision",
        title=_("Decision"),
        number=without(case.decision_number),
        given_on=case.decided_on,
        paragraphs=paragraphs,
    )


def _reasons(case: Case, without: Without) -> list[str]:
    filing = getattr(case, "filing", None)
    if case.delivered_on is None or filing is None:
        return [_("Its reasons, and how to object, stand in the decision that is handed over to you.")]
    return [
        _("Legal basis: %(basis)s") % {"basis": without(filing.basis)},
        _("Reasons: %(reasons)s") % {"reasons": without(filing.reasons)},
        _("How to object: %(relief)s") % {"relief": without(filing.relief)},
    ]


_KINDS = (_notices, _refusals_to_accept, _pauses, _extensions, _decisions)
