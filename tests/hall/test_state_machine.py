"""Every state, every move, every role: who can do what when, written out by hand and not taken from the table.

A move is tried by its operation, with all that it needs, so that the test fails where an operation forgets to ask.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from intranet.access.delegating import delegate
from intranet.hall.deemed import state_on
from intranet.hall.life import deciding, ending, materials, reviewing
from intranet.hall.life.step import moves_open_to
from intranet.hall.life.table import MOVES
from intranet.hall.models import Act, Case, Move, State
from intranet.organisation.models import Post
from intranet.refusals import Refused
from tests.factories import UserFactory, person_in
from tests.hall.cases import now, row, today

# What can be done at all in each state, and where it leads.
POSSIBLE = {
    "received": {
        "notify": "notified", "accept": "accepted", "not_accept": "not_accepted", "withdraw": "withdrawn",
    },
    "notified": {"supplement": "supplemented", "not_accept": "not_accepted", "withdraw": "withdrawn"},
    "supplemented": {
        "notify": "notified", "accept": "accepted", "not_accept": "not_accepted", "withdraw": "withdrawn",
    },
    "silent": {
        "take_in": "accepted", "begin": "in_review", "extend": "accepted", "withdraw": "withdrawn",
    },
    "accepted": {
        "take_in": "accepted", "begin": "in_review", "extend": "accepted", "withdraw": "withdrawn",
    },
    "not_accepted": {},
    "in_review": {
        "take_in": "in_review", "pause": "paused", "extend": "in_review", "file": "in_review", "sign": "in_review",
        "unsign": "in_review", "grant": "granted", "refuse": "refused", "withdraw": "withdrawn",
    },
    "paused": {"take_in": "paused", "resume": "in_review", "withdraw": "withdrawn"},
    "granted": {"deliver": "delivered"},
    "refused": {"deliver": "delivered"},
    "delivered": {"close": "closed"},
    "closed": {},
    "withdrawn": {},
}  # fmt: skip

AT_THE_WINDOW = {"notify", "supplement", "accept", "not_accept", "take_in", "withdraw", "deliver", "close"}
IN_THE_DEPARTMENT = {"begin", "pause", "resume", "file", "grant", "refuse"}
OF_THE_HEAD = {"extend", "sign", "unsign"}

MAY = {
    "clerk of the hall": AT_THE_WINDOW,
    "handler": AT_THE_WINDOW | IN_THE_DEPARTMENT,
    "head": AT_THE_WINDOW | IN_THE_DEPARTMENT | OF_THE_HEAD,
    "deputy head": AT_THE_WINDOW | IN_THE_DEPARTMENT | OF_THE_HEAD,
    "stand-in of the head": OF_THE_HEAD,
    "handler of another department": set(),
    "head of another department": set(),
    "member": set(),
    "liaison": set(),
    "secrecy reviewer": set(),
    "member of the hall": set(),
    "office": set(),
    "leader": set(),
    "superuser": set(),
    "without a post": set(),
}


def person(role, hall):
    bureau = hall.bureau
    if role == "stand-in of the head":
        stand_in = person_in(bureau.finance, Post.Kind.HEAD)
        delegate(bureau.head.posts.get(), to=stand_in, starts_on=today(), ends_on=today(), by=bureau.office)
        return stand_in
    posts = {
        "deputy head": (bureau.licensing, Post.Kind.DEPUTY_HEAD),
        "handler of another department": (bureau.finance, Post.Kind.CLERK),
        "head of another department": (bureau.finance, Post.Kind.HEAD),
        "secrecy reviewer": (bureau.licensing, Post.Kind.SECRECY_REVIEWER),
        "member of the hall": (hall.unit, Post.Kind.MEMBER),
    }
    if role in posts:
        return person_in(*posts[role])
    known = {
        "clerk of the hall": hall.clerk, "handler": hall.handler, "head": hall.head, "member": bureau.cadre,
        "liaison": bureau.liaison, "office": bureau.office, "leader": bureau.leader,
    }  # fmt: skip
    return known.get(role) or UserFactory(is_superuser=role == "superuser")


def in_state(state, hall) -> Case:
    """A case in the state in which every move that is possible there lacks nothing."""
    if state == "silent":
        case = hall.received()
        long_ago = timezone.localdate() - timedelta(days=20)
        Case.objects.filter(pk=case.pk).update(received_on=long_ago, materials_on=long_ago)
        return now(case)
    made = getattr(hall, state)()
    return now(made)


def attempt(act, case, by):
    """Do it with all that it needs. What has to be there beside the case, others have made."""
    brought = ["环评批复"] if act == "take_in" else ["营业执照"]
    arguments = {
        "notify": lambda: materials.notify(case, by=by, wanted={row(case, "营业执照"): "补正"}),
        "supplement": lambda: materials.supplement(case, by=by, brought=[row(case, name) for name in brought]),
        "accept": lambda: materials.accept(case, by=by),
        "not_accept": lambda: materials.not_accept(case, by=by, reason="不需许可", document_number="1号"),
        "take_in": lambda: materials.take_in(case, by=by, brought=[row(case, name) for name in brought]),
        "begin": lambda: reviewing.begin_review(case, by=by),
        "pause": lambda: reviewing.pause(
            case, by=by, kind="test", reason="检测", expected_days=10, notice_number="2号"
        ),
        "resume": lambda: reviewing.resume(case, by=by),
        "extend": lambda: reviewing.extend(case, by=by, days=10, reason="案情复杂", notice_number="3号"),
        "file": lambda: deciding.file_refusal(case, by=by, basis="法", reasons="由", relief="复议"),
        "sign": lambda: deciding.sign_refusal(case, by=by),
        "unsign": lambda: deciding.unsign_refusal(case, by=by, reason="依据有误"),
        "grant": lambda: deciding.grant(case, by=by, document_number="甘安许〔2026〕4号"),
        "refuse": lambda: deciding.refuse(case, by=by, document_number="甘安不许〔2026〕5号"),
        "deliver": lambda: ending.deliver(case, by=by, manner="tracked", evidence="EMS 1"),
        "close": lambda: ending.close(case, by=by),
        "withdraw": lambda: ending.withdraw(case, by=by, reason="申请人申请"),
    }
    return arguments[act]()


def prepare(act, case, hall):
    """What an act finds beside the case's state: a filing, its signature, a material that is still to come."""
    if act == "take_in":
        case.materials.filter(material__name="环评批复").update(received_on=None, received_by=None)
    if act in ("sign", "unsign", "refuse") and case.state == "in_review":
        deciding.file_refusal(case, by=hall.handler, basis="法", reasons="由", relief="复议")
    if act in ("unsign", "refuse") and case.state == "in_review":
        deciding.sign_refusal(case, by=hall.head)


class Undo(Exception):
    pass


def result_of(act, case, by, hall):
    """The state that the move leads to, or None where it is refused; everything is undone."""
    reached = None
    try:
        with transaction.atomic():
            prepare(act, case, hall)
            before = Move.objects.count()
            try:
                attempt(act, case, by)
            except Refused:
                assert (now(case).state, Move.objects.count()) == (case.state, before)
            else:
                reached = now(case).state
            raise Undo
    except Undo:
        return reached


def test_the_tables_speak_of_every_move_and_every_state():
    assert {act.value for act in MOVES} == AT_THE_WINDOW | IN_THE_DEPARTMENT | OF_THE_HEAD
    assert set(POSSIBLE) - {"silent"} == set(State.values)
    assert set(Act) - set(MOVES) == {Act.RECEIVE, Act.DEEM}


@pytest.mark.parametrize("state", POSSIBLE)
def test_in_each_state_each_role_can_do_what_the_table_says_and_nothing_else(hall, state):
    case = in_state(state, hall)
    done = {
        (role, act.value): end
        for role in MAY
        for by in [person(role, hall)]
        for act in MOVES
        if (end := result_of(act.value, case, by, hall))
    }
    possible = POSSIBLE[state].items()
    assert done == {(role, act): end for role, may in MAY.items() for act, end in possible if act in may}


@pytest.mark.parametrize("state", POSSIBLE)
def test_what_is_offered_is_what_can_be_done(hall, state):
    case = in_state(state, hall)
    offered = {role: {act.value for act in moves_open_to(case, person(role, hall))} for role in MAY}
    assert offered == {role: set(POSSIBLE[state]) & may for role, may in MAY.items()}


@pytest.mark.parametrize("state", POSSIBLE)
def test_each_state_is_reached(hall, state):
    expected = "accepted" if state == "silent" else state
    assert state_on(in_state(state, hall), today()) == expected
