"""A question and what may be done with it: asked, handed over, taken or declined, answered."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.rights import NOBODY, Right, holders_by_department, rights_of
from intranet.audit.recording import record
from intranet.hall.models.inquiries import Inquiry, InquiryMove, InquirySerial
from intranet.hall.models.inquiries import InquiryAct as Act
from intranet.hall.models.items import ServiceItem
from intranet.hall.numbers_of_people import without_numbers
from intranet.organisation.models import Department, User
from intranet.refusals import Refused
from intranet.serials import next_serial


class InquiryRefused(Refused):
    """The question stays as it is."""


MOVES: Mapping[Act, frozenset[Inquiry.State]] = {
    Act.HAND_OVER: frozenset({Inquiry.State.OPEN, Inquiry.State.OFFERED}),
    Act.ACCEPT: frozenset({Inquiry.State.OFFERED}),
    Act.DECLINE: frozenset({Inquiry.State.OFFERED}),
    Act.ANSWER: frozenset({Inquiry.State.OPEN, Inquiry.State.OFFERED}),
}
"""From where each act leads on. The owner hands over and answers; whom it was handed to takes or declines. Where the
owner handles cases no more, whoever handles those of the question's department does both."""
OF_WHOM_IT_IS_HANDED_TO = frozenset({Act.ACCEPT, Act.DECLINE})


def takers() -> QuerySet[User]:
    """Who may own a question: whoever handles cases anywhere."""
    held = holders_by_department(Right.HANDLE_CASES)[Right.HANDLE_CASES]
    people = frozenset[int]().union(*held.values())
    return User.objects.filter(pk__in=people, is_active=True).order_by("last_name", "first_name", "username")


def acts_open_to(inquiry: Inquiry, by: User) -> list[Act]:
    """What the person may do with the question now."""
    return [act for act in MOVES if not _reasons(inquiry, act, by)]


def ask(
    question: str,
    *,
    by: User,
    item: ServiceItem | None = None,
    term_days: int = Inquiry.Term.SIMPLE,
    on: date | None = None,
    token: UUID | None = None,
) -> Inquiry:
    """Write down a question that was asked of `by`, who owns it. Raises `InquiryRefused`.

    The same form sent twice, by its token, is the same question, at the same instant, too. Numbers of persons are
    refused: who asked is not needed for an answer.
    """
    try:
        return _made(question, by=by, item=item, term_days=term_days, on=on, token=token)
    except IntegrityError:
        if token is not None and (sent := Inquiry.objects.filter(form_token=token).first()):
            return sent
        raise


@transaction.atomic
def _made(
    question: str, *, by: User, item: ServiceItem | None, term_days: int, on: date | None, token: UUID | None
) -> Inquiry:
    if token is not None and (sent := Inquiry.objects.filter(form_token=token).first()):
        return sent
    on, question = on or timezone.localdate(), question.strip()
    department = _department_of(by)
    reasons = _faults_of_words(question, _("Write down the question."))
    if department is None:
        reasons.append(_("Only who handles cases takes questions."))
    if on > timezone.localdate():
        reasons.append(_("This day lies in the future."))
    if term_days not in Inquiry.Term.values:
        reasons.append(_("Say in how many working days it is to be answered."))
    if reasons or department is None:
        raise InquiryRefused(reasons)
    made = Inquiry.objects.create(
        number=f"{on.year}-ASK-{next_serial(InquirySerial, year=on.year):06d}",
        form_token=token,
        question=question,
        item=item,
        department_id=department,
        first_asked=by,
        owner=by,
        asked_on=on,
        term_days=term_days,
    )
    _write_down(made, Act.ASK, by=by)
    return made


@transaction.atomic
def hand_over(inquiry: Inquiry, *, to: User, by: User, reason: str = "") -> Inquiry:
    """Hand the question to somebody else, who owns it once they take it, and not before. Raises `InquiryRefused`."""
    inquiry = _begin(inquiry, Act.HAND_OVER, by)
    if to.pk == inquiry.owner_id:
        raise InquiryRefused([_("It is yours already.")])
    if not takers().filter(pk=to.pk).exists():
        raise InquiryRefused([_("%(person)s does not handle cases.") % {"person": to}])
    _refuse_numbers(reason)
    inquiry.state, inquiry.offered_to = Inquiry.State.OFFERED, to
    return _end(inquiry, Act.HAND_OVER, "state", "offered_to", by=by, to=to, reason=reason)


@transaction.atomic
def accept(inquiry: Inquiry, *, by: User) -> Inquiry:
    """Take over a question that was handed over; it is answered from now on by `by`. Raises `InquiryRefused`."""
    inquiry = _begin(inquiry, Act.ACCEPT, by)
    department = _department_of(by)
    if department is None:
        raise InquiryRefused([_("Only who handles cases takes questions.")])
    inquiry.state, inquiry.owner, inquiry.offered_to = Inquiry.State.OPEN, by, None
    inquiry.department_id = department
    return _end(inquiry, Act.ACCEPT, "state", "owner", "offered_to", "department", by=by)


@transaction.atomic
def decline(inquiry: Inquiry, *, by: User, reason: str) -> Inquiry:
    """Leave a question that was handed over with its owner. Raises `InquiryRefused`."""
    inquiry = _begin(inquiry, Act.DECLINE, by)
    if not reason.strip():
        raise InquiryRefused([_("Give the reason.")])
    _refuse_numbers(reason)
    inquiry.state, inquiry.offered_to = Inquiry.State.OPEN, None
    return _end(inquiry, Act.DECLINE, "state", "offered_to", by=by, to=inquiry.owner, reason=reason)


@transaction.atomic
def answer(inquiry: Inquiry, *, by: User, words: str, manner: str, on: date | None = None) -> Inquiry:
    """Write down what was answered, how and when. Raises `InquiryRefused`."""
    inquiry, on = _begin(inquiry, Act.ANSWER, by), on or timezone.localdate()
    reasons = _faults_of_words(words, _("Write down the answer."))
    if manner not in Inquiry.Manner.values:
        reasons.append(_("Say how it was answered."))
    if not inquiry.asked_on <= on <= timezone.localdate():
        reasons.append(_("It was answered after it was asked, and not in the future."))
    if reasons:
        raise InquiryRefused(reasons)
    inquiry.state, inquiry.offered_to = Inquiry.State.ANSWERED, None
    inquiry.answered_on, inquiry.answered_by, inquiry.answer = on, manner, words.strip()
    return _end(inquiry, Act.ANSWER, "state", "offered_to", "answered_on", "answered_by", "answer", by=by)


def _begin(inquiry: Inquiry, act: Act, by: User) -> Inquiry:
    inquiry = Inquiry.objects.select_for_update(of=("self",)).select_related("owner").get(pk=inquiry.pk)
    if reasons := _reasons(inquiry, act, by):
        raise InquiryRefused(reasons)
    return inquiry


def _reasons(inquiry: Inquiry, act: Act, by: User) -> list[str]:
    if inquiry.state not in MOVES[act]:
        said = {"number": inquiry.number, "state": Inquiry.State(inquiry.state).label}
        return [_("Question %(number)s is %(state)s; this is not possible then.") % said]
    if act in OF_WHOM_IT_IS_HANDED_TO:
        is_theirs, words = inquiry.offered_to_id == by.pk, _("Only whom it was handed to takes or declines it.")
    else:
        is_theirs, words = _is_owned_by(inquiry, by), _("Only its owner answers it or hands it over.")
    return [] if is_theirs else [words]


def _is_owned_by(inquiry: Inquiry, person: User) -> bool:
    """Whether the question is the person's to answer: their own, or one that was left in their department."""
    if inquiry.owner_id == person.pk:
        return True
    handled = rights_of(person).get(Right.HANDLE_CASES, NOBODY)
    return inquiry.department_id in handled and not takers().filter(pk=inquiry.owner_id).exists()


def _end(inquiry: Inquiry, act: Act, *changed: str, by: User, to: User | None = None, reason: str = "") -> Inquiry:
    inquiry.save(update_fields=changed)
    _write_down(inquiry, act, by=by, to=to, reason=reason)
    return inquiry


def _write_down(inquiry: Inquiry, act: Act, *, by: User, to: User | None = None, reason: str = "") -> None:
    InquiryMove.objects.create(inquiry=inquiry, act=act, by=by, to=to, reason=reason.strip())
    record(f"hall.inquiry.{act.value}", thing=inquiry, person=by, facts={"to": str(to)} if to else {})


def _department_of(person: User) -> int | None:
    """The department for which the person takes questions: their own before the hall."""
    handled = rights_of(person).get(Right.HANDLE_CASES)
    if not handled:
        return None
    kinds = Department.objects.filter(pk__in=handled).order_by("pk").values_list("kind", "pk")
    return min(kinds, key=lambda each: (each[0] == Department.Kind.HALL, each[1]))[1]


def _refuse_numbers(reason: str) -> None:
    """Why a question goes from hand to hand is never taken out again: no number of a person stands in it."""
    if reason.strip() and (faults := _faults_of_words(reason, "")):
        raise InquiryRefused(faults)


def _faults_of_words(words: str, where_empty: str) -> list[str]:
    if not words.strip():
        return [where_empty]
    if without_numbers(words).is_masked:
        return [_("Leave out numbers of identity cards, telephones and bank cards, and addresses of e-mail.")]
    return []
