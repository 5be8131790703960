"""The demo's cases: those of a year that is over, from which its figures come out, and those that run today.

They are written as rows, as they would come from an older register: the moves of 300 cases one by one would take
minutes. Everything in them is invented; the same each time.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from intranet.demo.hall_applicants import Applicants
from intranet.demo.hall_items import Offered
from intranet.hall.decision_numbers import decision_key
from intranet.hall.models import (
    Act,
    Case,
    CaseMaterial,
    CaseSerial,
    MaterialsNotice,
    Move,
    NegativeFiling,
    NoticeLine,
    Pause,
    RepeatedAttempt,
    ServiceItem,
    State,
)
from intranet.hall.models.cases import new_check_code
from intranet.hall.sealing import seal
from intranet.hall.subjects import subject_key
from intranet.organisation.models import Post, User
from intranet.organisation.working_days import WorkingCalendar

Life = list[tuple[Act, State, date]]
"""The moves of a case with the state after each and its day."""
SUBJECTS = ("一号井", "二号采区", "主厂区", "城东门市部", "原料库", "尾矿库", "加油站", "生产车间", "")


class Cases:
    """Writes cases, a transaction for all of them."""

    def __init__(self, offered: list[Offered], *, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - the same demo each time
        self._offered = [one for one in offered if one.weight]
        self._calendar = WorkingCalendar()
        self._applicants = Applicants(self._chance)
        self._clerk = User.objects.get(username="clerk")
        self._serials: Counter[tuple[str, int]] = Counter()
        self._decisions: Counter[tuple[int, str, int]] = Counter()
        posts = Post.objects.in_office().select_related("person").order_by("pk")
        self._heads = {post.department_id: post.person for post in posts.filter(kind=Post.Kind.HEAD)}
        """Who signs, by department."""
        others = posts.filter(kind__in=(Post.Kind.CLERK, Post.Kind.DEPUTY_HEAD))
        self._handlers = {post.department_id: post.person for post in others}
        """Who prepares what the head signs, by department."""

    @transaction.atomic
    def write_year(self, year: dict[str, int]) -> None:
        """The cases of a year that is over: so many in hand at its beginning, accepted, completed, withdrawn."""
        number = year["number"]
        first, last = date(number, 1, 4), date(number, 12, 28)
        early = date(number - 1, 12, 18)
        still_open = year["opening"] + year["accepted"] - year["completed"] - year["withdrawn"]
        accepted_on = [self._working_day(early, date(number - 1, 12, 29)) for _case in range(year["opening"])]
        late = [self._working_day(date(number, 12, 20), last) for _case in range(still_open)]
        accepted_on += [
            self._working_day(first, date(number, 11, 20)) for _case in range(year["accepted"] - still_open)
        ]
        ends = ["withdrawn"] * year["withdrawn"] + ["refused"] * year["refused"]
        ends += ["granted"] * (len(accepted_on) - len(ends))
        self._chance.shuffle(ends)
        made = []
        for accepted, end in sorted(zip(accepted_on, ends, strict=True)):
            one = self._any()
            made.append(self._write(one, self._life(one, accepted, end, not_before=date(number, 1, 4))))
        for accepted in sorted(late):
            one = self._any()
            made.append(self._write(one, self._life(one, accepted, "granted", not_before=date(number + 1, 1, 4))))
        self._notices(self._chance.sample(made, year["notices"]))
        decided = [
            case
            for case in made
            if case.decided_on and case.accepted_on and (case.decided_on - case.accepted_on).days > 6
        ]
        self._pauses(self._chance.sample(decided, year["paused"]))
        for case in self._chance.sample(made, year["repeated"]):
            moment = timezone.make_aware(datetime.combine(case.received_on, time(10, 20)))
            RepeatedAttempt.objects.create(first=case, at=moment, by=self._clerk, channel=Case.Channel.WINDOW)
        self._keep_serials()

    @transaction.atomic
    def write_running(self, states: dict[str, list[int]]) -> None:
        """Cases that were received so many days ago and have come to each state."""
        today = timezone.localdate()
        for state, ages in states.items():
            for age in ages:
                self._write(self._any(), self._running_life(state, today - timedelta(days=age), today))
        self._keep_serials()

    def _life(self, one: Offered, accepted: date, end: str, *, not_before: date) -> Life:
        """Received and accepted on one day; decided within the promise mostly, delivered and closed after it."""
        life: Life = [(Act.RECEIVE, State.RECEIVED, accepted), (Act.ACCEPT, State.ACCEPTED, accepted)]
        begun = self._after(accepted, 1)
        share = self._chance.choices((0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.6), (18, 24, 24, 16, 12, 4, 1))[0]
        days = max(1, round(one.version.promised_days * share))
        decided = max(self._after(accepted, days), self._after(not_before, self._chance.randint(0, 3)))
        life.append((Act.BEGIN, State.IN_REVIEW, min(begun, decided)))
        if end == "withdrawn":
            return [*life, (Act.WITHDRAW, State.WITHDRAWN, decided)]
        act, state = (Act.GRANT, State.GRANTED) if end == "granted" else (Act.REFUSE, State.REFUSED)
        life.append((act, state, decided))
        delivered = self._after(decided, self._chance.randint(1, 6))
        return [*life, (Act.DELIVER, State.DELIVERED, delivered), (Act.CLOSE, State.CLOSED, delivered)]

    def _running_life(self, state: str, received: date, today: date) -> Life:
        life: Life = [(Act.RECEIVE, State.RECEIVED, received)]
        if state in ("received", "silent"):
            return life
        if state in ("notified", "supplemented"):
            life.append((Act.NOTIFY, State.NOTIFIED, received))
            return [*life, (Act.SUPPLEMENT, State.SUPPLEMENTED, today)] if state == "supplemented" else life
        life.append((Act.ACCEPT, State.ACCEPTED, received))
        if state == "accepted":
            return life
        life.append((Act.BEGIN, State.IN_REVIEW, min(self._after(received, 1), today)))
        if state == "filed":
            return [*life, (Act.FILE, State.IN_REVIEW, min(self._after(received, 6), today))]
        if state == "paused":
            return [*life, (Act.PAUSE, State.PAUSED, min(self._after(received, 5), today))]
        if state in ("granted", "refused", "delivered", "closed"):
            is_refused = state == "refused"
            act, decided = (Act.REFUSE, State.REFUSED) if is_refused else (Act.GRANT, State.GRANTED)
            life.append((act, decided, min(self._after(received, 8), today)))
        if state in ("delivered", "closed"):
            life.append((Act.DELIVER, State.DELIVERED, min(self._after(received, 11), today)))
        if state == "closed":
            life.append((Act.CLOSE, State.CLOSED, min(self._after(received, 12), today)))
        return life

    def _any(self) -> Offered:
        return self._chance.choices(self._offered, [offered.weight for offered in self._offered])[0]

    def _write(self, one: Offered, life: Life) -> Case:
        applicant = self._applicants.person() if one.by_persons else self._applicants.organisation()
        subject = "" if one.by_persons else self._chance.choice(SUBJECTS)
        received = life[0][2]
        state = life[-1][1]
        days = {act: day for act, _state, day in life}
        number = self._number(one.item, received.year)
        decision = days.get(Act.GRANT) or days.get(Act.REFUSE)
        outcome = "" if decision is None else State.GRANTED if Act.GRANT in days else State.REFUSED
        decision_number = self._decision_number(one.item, decision.year) if decision else ""
        delivered = days.get(Act.DELIVER)
        case = Case.objects.create(
            number=number,
            check_code_sealed=seal(new_check_code()),
            item=one.item,
            version=one.version,
            applicant=applicant,
            applicant_name=applicant.name,
            subject=subject,
            # Of a demo, whether an applicant asks for the same twice is chance; the number keeps them apart.
            subject_key=subject_key(f"{subject}{number}"),
            clerk=self._clerk,
            state=state,
            received_on=received,
            materials_on=days.get(Act.SUPPLEMENT, received),
            accepted_on=days.get(Act.ACCEPT),
            outcome=outcome,
            decided_on=decision,
            decision_number=decision_number,
            decision_key=decision_key(one.item, decision_number) if decision else "",
            delivered_on=delivered,
            delivered_by=Case.Delivery.SIGNED if delivered else "",
            delivery_evidence=applicant.name if delivered else "",
            ended_on=days.get(Act.WITHDRAW) or days.get(Act.CLOSE),
        )
        self._rows_of(case, one, life)
        return case

    def _rows_of(self, case: Case, one: Offered, life: Life) -> None:
        department = one.item.department_id
        handler = self._handlers.get(department) or self._heads.get(department, self._clerk)
        before = ""
        for act, state, day in life:
            moment = timezone.make_aware(datetime.combine(day, time(9 + len(before) % 8, 30)))
            by = self._clerk if act in (Act.RECEIVE, Act.NOTIFY, Act.ACCEPT, Act.DELIVER, Act.CLOSE) else handler
            reason = "申请人书面撤回" if act == Act.WITHDRAW else ""
            Move.objects.create(
                case=case, act=act, from_state=before, to_state=state, on=day, at=moment, by=by, reason=reason
            )
            before = state
        is_short = case.state in (State.NOTIFIED, State.SUPPLEMENTED)
        came = [case.state != State.NOTIFIED or place > 0 for place in range(len(one.materials))]
        rows = [
            CaseMaterial(
                case=case,
                material=material,
                received_on=case.received_on if has_come else None,
                received_by=self._clerk if has_come else None,
            )
            for material, has_come in zip(one.materials, came, strict=True)
        ]
        CaseMaterial.objects.bulk_create(rows)
        if is_short:
            self._notice(case, supplemented=case.materials_on if case.state == State.SUPPLEMENTED else None)
        if case.state == State.PAUSED:
            self._pause(case, life[-1][2], None)
        if case.outcome == State.REFUSED:
            assert case.decided_on is not None
            self._filing(case, case.decided_on, is_signed=True)
        if life[-1][0] == Act.FILE:
            self._filing(case, life[-1][2], is_signed=False)

    def _notices(self, cases: list[Case]) -> None:
        for case in cases:
            self._notice(case, supplemented=case.received_on)

    def _notice(self, case: Case, *, supplemented: date | None) -> None:
        notice = MaterialsNotice.objects.create(
            case=case, given_on=case.received_on, supplemented_on=supplemented, by=self._clerk
        )
        material = case.materials.first()
        if material is not None:
            NoticeLine.objects.create(notice=notice, material=material, wanted="复印件须加盖公章，并提供原件核对")

    def _pauses(self, cases: list[Case]) -> None:
        for case in cases:
            assert case.accepted_on is not None
            began = self._after(case.accepted_on, 1)
            self._pause(case, began, self._after(began, 2))

    def _pause(self, case: Case, began: date, ended: date | None) -> None:
        Pause.objects.create(
            case=case,
            kind=Pause.Kind.EXPERTS,
            notice_number=f"甘安监评〔{began.year}〕{int(case.number[-6:])}号",
            reason="组织专家评审安全设施设计",
            expected_days=5,
            began_on=began,
            ended_on=ended,
            by=self._clerk,
        )

    def _filing(self, case: Case, on: date, *, is_signed: bool) -> None:
        head = self._heads.get(case.item.department_id) if is_signed else None
        moment = timezone.make_aware(datetime.combine(on, time(9, 0)))
        NegativeFiling.objects.create(
            case=case,
            basis=case.version.legal_basis,
            reasons="经现场核查，安全设施未按设计施工，不符合安全生产条件。",
            relief="收到决定之日起六十日内可以向州人民政府申请行政复议，六个月内可以提起行政诉讼。",
            prepared_by=self._handlers.get(case.item.department_id, self._clerk),
            prepared_at=moment,
            signed_by=head,
            signed_at=moment if head else None,
        )

    def _working_day(self, first: date, last: date) -> date:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        return self._chance.choice([day for day in days if self._calendar.is_working_day(day)])

    def _after(self, day: date, days: int) -> date:
        return self._calendar.working_days_after(day, days).on

    def _number(self, item: ServiceItem, year: int) -> str:
        sign = ServiceItem.SIGNS[ServiceItem.Kind(item.kind)]
        if (sign, year) not in self._serials:
            kept = CaseSerial.objects.filter(sign=sign, year=year).first()
            self._serials[sign, year] = kept.last if kept else 0
        self._serials[sign, year] += 1
        return f"{year}-{sign}-{self._serials[sign, year]:06d}"

    def _decision_number(self, item: ServiceItem, year: int) -> str:
        series = (item.department_id, item.kind, year)
        if series not in self._decisions:
            decided = Case.objects.filter(item__department=item.department_id, item__kind=item.kind)
            self._decisions[series] = decided.filter(decided_on__year=year).count()
        self._decisions[series] += 1
        return f"甘安监许〔{year}〕{self._decisions[series]}号"

    def _keep_serials(self) -> None:
        for (sign, year), last in self._serials.items():
            CaseSerial.objects.update_or_create(sign=sign, year=year, defaults={"last": last})


def load_cases(content: dict[str, Any], offered: list[Offered]) -> Iterator[None]:
    """Write the year's cases and those of today where there are none yet; yields after each of the two."""
    if not Case.objects.filter(received_on__year=content["year"]["number"]).exists():
        Cases(offered, seed=content["year"]["number"]).write_year(content["year"])
    yield
    if not Case.objects.filter(received_on__gte=timezone.localdate() - timedelta(days=90)).exists():
        Cases(offered, seed=1).write_running(content["running"]["states"])
    yield
