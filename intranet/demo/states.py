"""Bringing a demo matter to its state, by the operations and the people that bring real matters there."""

from datetime import timedelta
from enum import StrEnum

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone

from intranet.access.rights import Right, holders
from intranet.access.sharing import grant
from intranet.demo.content import Written
from intranet.demo.matters import change
from intranet.disclosure.corrections import last_live_version
from intranet.disclosure.models import AttachedDocument, MatterPage
from intranet.disclosure.sections import collection_of
from intranet.organisation.models import Department, User
from intranet.publication.approval import approve, current_step, reject, return_to_author
from intranet.publication.deciders import deciders_of
from intranet.publication.models import HeadApprovalTask, OfficeApprovalTask
from intranet.publication.release import release_imported
from intranet.publication.route_records.recording import kinds_asked, record_decision
from intranet.publication.submission import submit
from intranet.publication.withdrawal import withdraw


class State(StrEnum):
    """Where a demo matter stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    AWAITING_OFFICE = "awaiting_office"
    RETURNED = "returned"
    REJECTED = "rejected"
    LIVE = "live"
    LIVE_WITH_DRAFT = "live_with_draft"
    LIVE_IN_REVIEW = "live_in_review"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


WITH_A_NEWER_VERSION = frozenset({State.LIVE_WITH_DRAFT, State.LIVE_IN_REVIEW})
BY_REVIEW = WITH_A_NEWER_VERSION | {State.SUBMITTED, State.IN_REVIEW, State.AWAITING_OFFICE, State.RETURNED}
RELEASED = WITH_A_NEWER_VERSION | {State.LIVE, State.EXPIRED, State.WITHDRAWN}
REASON = "演示内容"
CORRECTION = "内容修订"
SHARED_DAYS = 180
REASON_OF_WARNINGS = "演示内容：所缺要素原件中没有，公开日期以原件为准。"


def author_of(department: Department) -> User | None:
    """Who drafts the department's demo matters: a liaison officer, else whoever may draft."""
    drafting = holders(Right.DRAFT_MATTERS, department)
    return drafting.filter(posts__kind="liaison").order_by("pk").first() or drafting.order_by("pk").first()


def bring_to_state(draft: MatterPage, written: Written, *, author: User | None, reviewed: bool) -> None:
    """Take the draft to where it is written to stand.

    A live one gets there through its review where `reviewed`, else by release of an import, which is quicker.
    Raises `ContentError` where the state is unknown or nobody is there to decide.
    """
    try:
        state = State(written.fields.get("state", State.LIVE))
    except ValueError as error:
        raise written.error(f"there is no state {written.fields['state']!r}") from error
    if state in RELEASED:
        if author is not None and (reviewed or state in BY_REVIEW):
            _submit(draft, author)
            while _decide(draft, written):
                pass
        else:
            release_imported(draft, by=None, reason=REASON)
    _after(state, _fresh(draft), written, author)
    for username in written.fields.get("shares", []):
        _share(draft, written, username)


def _after(state: State, matter: MatterPage, written: Written, author: User | None) -> None:
    comment = written.fields.get("comment") or written.fields.get("reason") or ""
    match state:
        case State.SUBMITTED:
            _submit(matter, author)
        case State.IN_REVIEW:
            _submit(matter, author)
            _decide_until(HeadApprovalTask, matter, written)
        case State.AWAITING_OFFICE:
            _submit(matter, author)
            _decide_until(OfficeApprovalTask, matter, written)
        case State.RETURNED:
            _submit(matter, author)
            _decide_until(HeadApprovalTask, matter, written)
            return_to_author(matter, by=_decider(matter, written), comment=comment or "请补充依据条款后重新送审。")
        case State.REJECTED:
            _submit(matter, author)
            reject(
                matter,
                by=_decider(matter, written),
                reason=comment or "属内部事务信息，不予公开。",
                basis=written.fields.get("rejection_basis", "internal_affairs"),
            )
        case State.LIVE_WITH_DRAFT:
            _write_newer(matter, written, author)
        case State.LIVE_IN_REVIEW:
            _write_newer(matter, written, author)
            _submit(matter, author)
            _decide_until(HeadApprovalTask, matter, written)
        case State.EXPIRED:
            _expire(matter)
        case State.WITHDRAWN:
            head = holders(Right.APPROVE_MATTERS, matter.department).order_by("pk").first()
            if head is None:
                raise written.error(f"{matter.department.code} has no head who could withdraw it")
            withdraw(matter, by=head, reason=comment or "内容有误，更正后重新公开。")


def _write_newer(matter: MatterPage, written: Written, author: User | None) -> None:
    """A newer version of a live matter, which says what it corrects."""
    newer = matter.get_latest_revision_as_object()
    newer.correction, newer.corrects = CORRECTION, last_live_version(matter)
    change(newer, written, written.fields.get("change") or {"summary": f"{newer.summary}（修订中）"})
    newer.save_revision(user=author, log_action=True)


def _submit(matter: MatterPage, author: User | None) -> None:
    _record(_fresh(matter), author)
    submit(_fresh(matter), by=author, reason=REASON_OF_WARNINGS)  # type: ignore[arg-type]


def _decide_until(step: type, matter: MatterPage, written: Written) -> None:
    """Approve each step before the one of this kind."""
    while (state := current_step(_fresh(matter))) is not None and not isinstance(state.task.specific, step):
        _decide(matter, written)
    if state is None:
        raise written.error(f"its route has no {step.__name__}")


def _decide(matter: MatterPage, written: Written) -> bool:
    """Approve the current step in the name of who decides it; False when none is left."""
    current = _fresh(matter)
    if current_step(current) is None:
        return False
    approve(current, by=_decider(current, written), comment="同意公开。")
    return True


def _decider(matter: MatterPage, written: Written) -> User:
    matter = _fresh(matter)
    state = current_step(matter)
    people: QuerySet[User] = deciders_of(state.task.specific, matter) if state else User.objects.none()
    person = people.order_by("pk").first()
    if person is None:
        raise written.error("nobody in office decides its current step")
    return person


def _expire(matter: MatterPage) -> None:
    """What Wagtail's clock job does with a live page whose last moment has passed."""
    MatterPage.objects.filter(pk=matter.pk).update(expire_at=timezone.now() - timedelta(days=1))
    _fresh(matter).unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _share(draft: MatterPage, written: Written, username: str) -> None:
    person = User.objects.filter(username=username).first()
    if person is None:
        raise written.error(f"it is shared with {username}, who is not there")
    head = holders(Right.APPROVE_MATTERS, draft.department).order_by("pk").first()
    until = timezone.localdate() + timedelta(days=SHARED_DAYS)
    grant(_fresh(draft).as_matter(), to=person, until=until, reason="工作需要，列席会议。", by=head)


def _fresh(matter: MatterPage) -> MatterPage:
    """The matter as the database has it now: each operation leaves older copies behind."""
    return type(matter).objects.get(pk=matter.pk)


def _record(matter: MatterPage, author: User | None) -> None:
    """What the matter's route wants on record, as its elements name it."""
    told = {row.element: row.value for row in matter.elements.all()}
    for kind in kinds_asked(matter):
        if author is not None and kind in told:
            words = told[kind]
            document = AttachedDocument(title=words[:200], collection=collection_of(matter.department))
            document.file.save(f"{kind}.txt", ContentFile(words.encode()))
            document.save()
            record_decision(
                matter,
                kind=kind,
                organ=str(matter.department),
                number=words[:100],
                decided_on=matter.formed_on,
                document=document,
                by=author,
            )
