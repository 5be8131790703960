"""The written notices of a case: as whoever opens the public page reads them, without the applicant, and as they are
printed to be handed over, whole."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.hall.clocks import Clocks
from intranet.hall.deemed import deemed_accepted_on
from intranet.hall.models.cases import Case, State
from intranet.hall.models.moves import Act
from intranet.hall.models.records import ToldDay
from intranet.hall.progress.discretion import Discretion
from intranet.organisation.derivation_words import full, full_or_provisional

WITH_THE_MOVE = timedelta(seconds=10)
"""In which a move keeps the days that it tells; what the office confirms later is of another day."""


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


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a notice is written out."""

    without: Callable[[str], str]
    """What stands there of a text that was typed by hand."""
    of_relief: Callable[[str], str]
    """What stands there of the words on how to object."""
    is_applicant: bool
    """Whether it is the paper itself, which the applicant is given; not what the public page says of it."""


def papers_of(case: Case) -> list[Paper]:
    """Every notice of the case for the public page, the oldest first.

    Load `notices__lines__material__material`, `pauses`, `moves`, `told_days`.
    """
    discretion = Discretion(case)
    return _papers(case, Reader(discretion.without, discretion.of_relief, is_applicant=False))


def papers_to_hand_over(case: Case) -> list[Paper]:
    """The same notices as the applicant is given them on paper: nothing taken out, a refusal with its reasons."""
    return _papers(case, Reader(str, str, is_applicant=True))


def paper_called(papers: Iterable[Paper], key: str) -> Paper | None:
    """The notice of this key among these, if it is there."""
    return next((paper for paper in papers if paper.key == key), None)


def _papers(case: Case, reader: Reader) -> list[Paper]:
    found = [paper for each in _KINDS for paper in each(case, reader)]
    return sorted(found, key=lambda paper: paper.given_on)


def _notices(case: Case, reader: Reader) -> Iterator[Paper]:
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
            wanted=[(str(line.material), reader.without(line.wanted)) for line in notice.lines.all()],
        )


def _acceptances(case: Case, reader: Reader) -> Iterator[Paper]:
    """Source: Administrative Licensing Law, article 32, paragraph 2: told in writing, dated and sealed."""
    day = case.accepted_on or deemed_accepted_on(case, timezone.localdate())
    if day is None:
        return
    words = _("Your application was accepted on %(day)s: %(item)s.")
    if case.accepted_on is None or case.is_deemed_accepted:
        words = _(
            "Nothing was said to you in time, so that your application counts as accepted as of %(day)s: %(item)s."
        )
    told = _told_at_acceptance(case)
    limits = {
        ToldDay.Limit.DECISION: _("By law the decision is due on %(day)s."),
        ToldDay.Limit.PROMISE: _("The bureau promises it by %(day)s."),
    }
    yield Paper(
        key="accepted",
        title=_("Notice of acceptance"),
        number=case.number,
        given_on=day,
        paragraphs=[
            words % {"day": full(day), "item": case.item.name},
            *(said % {"day": full_or_provisional(told[limit])} for limit, said in limits.items() if limit in told),
        ],
    )


def _told_at_acceptance(case: Case) -> Mapping[str, date]:
    """The days that the notice of acceptance says, whatever has moved them since.

    Of acceptance by silence that no move has written down yet: those that law and promise give.
    """
    moves = list(case.moves.all())
    accepted = next((place for place, move in enumerate(moves) if move.act in (Act.ACCEPT, Act.DEEM)), None)
    if accepted is None:
        return Clocks().days_as_accepted(case)
    before, then = {}, dict[str, date]()
    for row in case.told_days.all():
        if row.told_at < moves[accepted].at:
            before[row.limit] = row.due_on
        elif row.told_at - moves[accepted].at < WITH_THE_MOVE and not any(
            move.at < row.told_at for move in moves[accepted + 1 :]
        ):
            then.setdefault(row.limit, row.due_on)
    return before | then


def _refusals_to_accept(case: Case, reader: Reader) -> Iterator[Paper]:
    for move in case.moves.all():
        if move.act == Act.NOT_ACCEPT:
            yield Paper(
                key="not-accepted",
                title=_("Notice that an application is not accepted"),
                number=reader.without(move.document_number),
                given_on=move.on,
                paragraphs=[
                    _("Your application was not accepted: %(item)s.") % {"item": case.item.name},
                    _("Reason: %(reason)s") % {"reason": reader.without(move.reason)},
                    _how_to_object(reader),
                ],
            )


def _how_to_object(reader: Reader) -> str:
    """Source: Administrative Reconsideration Law (2023), article 20; Administrative Litigation Law, article 46."""
    if reader.is_applicant:
        return _(
            "If you object, you can apply for administrative reconsideration within sixty days of receiving this "
            "notice, or bring a suit at the people's court within six months."
        )
    return _(
        "You can object by administrative reconsideration or by a suit; the paper notice says where and until when."
    )


def _pauses(case: Case, reader: Reader) -> Iterator[Paper]:
    for place, pause in enumerate(case.pauses.all(), start=1):
        said = {"kind": pause.get_kind_display(), "first": full(pause.began_on)}
        if pause.ended_on is None:
            words = _("The time after %(first)s does not count: %(kind)s.") % said
        else:
            words = _("The time after %(first)s up to %(last)s does not count: %(kind)s.")
            words %= said | {"last": full(pause.ended_on)}
        yield Paper(
            key=f"pause-{place}",
            title=_("Notice of time that does not count"),
            number=reader.without(pause.notice_number),
            given_on=pause.began_on,
            paragraphs=[
                words,
                *filter(None, [pause.time_needed]),
                _("Reason: %(reason)s") % {"reason": reader.without(pause.reason)},
                _("Source: Administrative Licensing Law, article 45."),
            ],
        )


def _extensions(case: Case, reader: Reader) -> Iterator[Paper]:
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
        number=reader.without(extension.notice_number),
        given_on=extension.given_on,
        paragraphs=[
            days % {"days": extension.days},
            _("Reason: %(reason)s") % {"reason": reader.without(extension.reason)},
            _("Source: Administrative Licensing Law, article 42."),
        ],
    )


def _decisions(case: Case, reader: Reader) -> Iterator[Paper]:
    """Its result from the day of the decision; the reasons of a refusal once it was delivered, which sets its term."""
    if case.decided_on is None:
        return
    said = {"item": case.item.name}
    if case.outcome == State.GRANTED:
        paragraphs = [_("Your application was granted: %(item)s.") % said]
    else:
        paragraphs = [_("Your application was not granted: %(item)s.") % said, *_reasons(case, reader)]
    yield Paper(
        key="decision",
        title=_("Decision"),
        number=case.decision_number,
        given_on=case.decided_on,
        paragraphs=paragraphs,
    )


def _reasons(case: Case, reader: Reader) -> list[str]:
    filing = getattr(case, "filing", None)
    if filing is None or (case.delivered_on is None and not reader.is_applicant):
        return [_("Its reasons, and how to object, stand in the decision that is handed over to you.")]
    return [
        _("Legal basis: %(basis)s") % {"basis": reader.without(filing.basis)},
        _("Reasons: %(reasons)s") % {"reasons": reader.without(filing.reasons)},
        _("How to object: %(relief)s") % {"relief": reader.of_relief(filing.relief)},
    ]


_KINDS = (_notices, _acceptances, _refusals_to_accept, _pauses, _extensions, _decisions)
