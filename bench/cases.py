"""Many cases of the hall at once, for measuring: written straight into the tables."""

import random
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from intranet.hall.models import (
    Act,
    Applicant,
    Case,
    CaseMaterial,
    ItemMaterial,
    ItemVersion,
    MaterialsNotice,
    Move,
    NegativeFiling,
    ServiceItem,
    State,
)
from intranet.hall.sealing import seal
from intranet.organisation.models import Department, Post, User

AT_ONCE = 5_000
RUNNING_SHARE = 0.02
REFUSED_SHARE, NOTICE_SHARE = 0.03, 0.05
MATERIALS = 3


@transaction.atomic
def fill(count: int, items: int, *, seed: int = 7) -> dict[str, User]:
    """Cases of three years, two in a hundred of them in hand; their clerk, and the handler of the first department."""
    from tests.factories import DepartmentFactory, person_in

    source = random.Random(seed)
    departments = [
        Department.objects.get_or_create(code=f"bench-{number}", defaults={"name_zh": f"第{number}科"})[0]
        for number in range(12)
    ]
    hall = DepartmentFactory(code="hall", kind="hall", name_zh="政务大厅窗口")
    people = {
        "clerk": person_in(hall, Post.Kind.CLERK, username="bench-clerk"),
        "handler": person_in(departments[0], Post.Kind.CLERK, username="bench-handler"),
    }
    versions = _items(departments, items)
    applicants = _applicants(count // 5 + 1)
    for first in tqdm(range(0, count, AT_ONCE), unit_scale=AT_ONCE, unit=" cases"):
        _cases(source, range(first, min(first + AT_ONCE, count)), versions, applicants, people)
    return people


def _items(departments: list[Department], count: int) -> list[tuple[ItemVersion, list[ItemMaterial]]]:
    items = ServiceItem.objects.bulk_create(
        ServiceItem(
            code=f"B-{number:04d}",
            kind=ServiceItem.Kind.LICENCE,
            department=departments[number % len(departments)],
            name_zh=f"第{number}项许可",
        )
        for number in range(count)
    )
    versions = ItemVersion.objects.bulk_create(
        ItemVersion(
            item=item, valid_from=date(2000, 1, 1), legal_basis="行政许可法", who_may_apply="企业", promised_days=15
        )
        for item in items
    )
    materials = ItemMaterial.objects.bulk_create(
        ItemMaterial(version=version, name=f"材料{place}", sort_order=place)
        for version in versions
        for place in range(MATERIALS)
    )
    return [(one, materials[place * MATERIALS : (place + 1) * MATERIALS]) for place, one in enumerate(versions)]


def _applicants(count: int) -> list[Applicant]:
    return Applicant.objects.bulk_create(
        (
            Applicant(
                kind=Applicant.Kind.ORGANISATION,
                name=f"申请人{number}",
                identifier_sealed=seal(str(number)),
                identifier_key=uuid.uuid4().hex,
            )
            for number in range(count)
        ),
        batch_size=AT_ONCE,
    )


def _cases(
    source: random.Random,
    numbers: range,
    versions: list[tuple[ItemVersion, list[ItemMaterial]]],
    applicants: list[Applicant],
    people: dict[str, User],
) -> None:
    today = timezone.localdate()
    sealed = seal("23456789AB")
    cases, asked = [], []
    for number in numbers:
        version, materials = source.choice(versions)
        in_hand = source.random() < RUNNING_SHARE
        received = today - timedelta(days=source.randint(0, 20) if in_hand else source.randint(60, 1000))
        cases.append(_case(number, version, source.choice(applicants), received, in_hand, source, sealed, people))
        asked.append(materials)
    Case.objects.bulk_create(cases, batch_size=1000)
    CaseMaterial.objects.bulk_create(
        (
            CaseMaterial(case=case, material=material, received_on=case.received_on, received_by=people["clerk"])
            for case, materials in zip(cases, asked, strict=True)
            for material in materials
        ),
        batch_size=AT_ONCE,
    )
    Move.objects.bulk_create((move for case in cases for move in _moves(case, people)), batch_size=AT_ONCE)
    MaterialsNotice.objects.bulk_create(
        MaterialsNotice(case=case, given_on=case.received_on, supplemented_on=case.materials_on, by=people["clerk"])
        for case in cases
        if source.random() < NOTICE_SHARE
    )
    NegativeFiling.objects.bulk_create(
        NegativeFiling(
            case=case, basis="条例第六条", reasons="无安全设施", relief="六十日内复议", prepared_by=people["handler"]
        )
        for case in cases
        if case.outcome == State.REFUSED
    )


def _case(
    number: int,
    version: ItemVersion,
    applicant: Applicant,
    received: date,
    in_hand: bool,
    source: random.Random,
    sealed: str,
    people: dict[str, User],
) -> Case:
    case = Case(
        number=f"{received.year}-LIC-{number:06d}",
        check_code_sealed=sealed,
        item_id=version.item_id,
        version=version,
        applicant=applicant,
        applicant_name=applicant.name,
        subject=f"{number}号井",
        subject_key=str(number),
        clerk=people["clerk"],
        received_on=received,
        materials_on=received,
    )
    if in_hand:
        case.state = source.choice([State.RECEIVED, State.ACCEPTED, State.IN_REVIEW])
        if case.state != State.RECEIVED:
            case.accepted_on = received
        return case
    case.accepted_on = received
    case.state, case.outcome = State.CLOSED, State.REFUSED if source.random() < REFUSED_SHARE else State.GRANTED
    case.decided_on = received + timedelta(days=source.randint(3, 25))
    case.decision_number = f"许〔{received.year}〕{number}号"
    case.decision_key = f"{version.pk}-{number}"
    case.delivered_on = case.ended_on = case.decided_on + timedelta(days=2)
    case.delivered_by, case.delivery_evidence = Case.Delivery.SIGNED, applicant.name
    return case


def _moves(case: Case, people: dict[str, User]) -> list[Move]:
    life = [(Act.RECEIVE, State.RECEIVED, case.received_on), (Act.ACCEPT, State.ACCEPTED, case.accepted_on),
            (Act.GRANT, State.GRANTED, case.decided_on), (Act.DELIVER, State.DELIVERED, case.delivered_on),
            (Act.CLOSE, State.CLOSED, case.ended_on)]  # fmt: skip
    before, moves = "", []
    for act, state, day in life:
        if day is not None:
            moves.append(Move(case=case, act=act, from_state=before, to_state=state, on=day, by=people["clerk"]))
            before = state
    return moves
