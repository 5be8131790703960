"""Every act that is recorded has a label in both languages, and its facts have names."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.utils.translation import override

from intranet.audit.acts import acts_to_choose_from, recorded_acts
from intranet.audit.recording import record
from intranet.audit.wording import Telling, act_in_words, fact_of
from intranet.hall.models import Act, InquiryAct
from search.curation.log import ADDED, CHANGED

ROOT = Path(__file__).resolve().parents[2]
RECORDING = {"intranet.audit.recording": "record", "wagtail.log_actions": "log"}
FAMILIES = {
    "f'hall.{act.value}'": [f"hall.{act.value}" for act in Act],
    "f'hall.inquiry.{act.value}'": [f"hall.inquiry.{act.value}" for act in InquiryAct],
    "f'terms.{act}'": ["terms.created", "terms.changed", "terms.deleted"],
    "action": [ADDED, CHANGED],
}
"""Acts whose code is put together where they are recorded, by what stands there."""
TOLD_ELSEWHERE = {"warnings", "pins", "exclusions"}
"""Lists that the log keeps for another screen."""


class Recorded(NamedTuple):
    """An act that the code records, and the names of those of its facts that stand there in so many words."""

    place: str
    action: str
    facts: frozenset[str]


@cache
def recorded_by_the_code() -> list[Recorded]:
    files = [path for app in ("intranet", "search", "home") for path in sorted((ROOT / app).rglob("*.py"))]
    return [found for path in files for found in _recorded_in(path)]


def _recorded_in(path: Path) -> Iterator[Recorded]:
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in RECORDING
        for alias in node.names
        if alias.name == RECORDING[node.module]
    }
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names:
                place = f"{path.relative_to(ROOT)}:{call.lineno}"
                facts = frozenset(_facts_of(call, function))
                for action in _codes(_action_of(call, call.func.id), constants, place):
                    yield Recorded(place, action, facts)


def _action_of(call: ast.Call, function: str) -> ast.expr:
    """Of `record` the first argument, of Wagtail's `log` the second."""
    named = [keyword.value for keyword in call.keywords if keyword.arg == "action"]
    return named[0] if named else call.args[0 if function == "record" else 1]


def _codes(node: ast.expr, constants: dict[str, ast.expr], place: str) -> list[str]:
    match node:
        case ast.Constant():
            return [str(node.value)]
        case ast.IfExp():
            return _codes(node.body, constants, place) + _codes(node.orelse, constants, place)
        case ast.Name() if node.id in constants:
            return _codes(constants[node.id], constants, place)
    assert ast.unparse(node) in FAMILIES, f"{place}: say in FAMILIES which acts {ast.unparse(node)} are"
    return FAMILIES[ast.unparse(node)]


def _facts_of(call: ast.Call, function: ast.FunctionDef) -> Iterator[str]:
    given = [keyword.value for keyword in call.keywords if keyword.arg in ("facts", "data")]
    names = {node.id for value in given for node in ast.walk(value) if isinstance(node, ast.Name)}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if node.value and any(isinstance(target, ast.Name) and target.id in names for target in targets):
                given.append(node.value)
            for target in targets:
                match target:
                    case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=key)) if name in names:
                        yield str(key)
    for value in given:
        for each in ast.walk(value):
            if isinstance(each, ast.Dict):
                yield from (str(key.value) for key in each.keys if isinstance(key, ast.Constant))


def all_acts() -> list[str]:
    return sorted({found.action for found in recorded_by_the_code()})


def test_the_code_is_read_for_what_it_records():
    assert {"sign_in", "post.deleted", "matter.read", "gongkai.share", "hall.unmasked", "terms.changed"} <= {
        *all_acts()
    }


@pytest.mark.parametrize("action", all_acts())
def test_every_act_has_a_label_in_both_languages(action):
    with override("en"):
        english = act_in_words(action)
    with override("zh-hans"):
        chinese = act_in_words(action)
    assert english != action
    assert any("一" <= character <= "鿿" for character in chinese), chinese


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_two_acts_have_the_same_label(language):
    with override(language):
        labels = [act_in_words(action) for action in all_acts()]
    assert sorted({*labels}) == sorted(labels)


@pytest.mark.parametrize(
    "found", [found for found in recorded_by_the_code() if found.facts], ids=lambda found: found.place
)
def test_every_fact_has_a_name_in_chinese(found):
    for name in found.facts - TOLD_ELSEWHERE:
        fact = fact_of(found.action, name)
        assert fact is not None, (found.place, found.action, name)
        with override("zh-hans"):
            assert any("一" <= character <= "鿿" for character in str(fact.label)), (found.place, name, fact.label)


@pytest.mark.parametrize(
    ("action", "facts", "words"),
    [
        (
            "matter.live",
            {"version": 216, "release": "import", "category": "E6", "audience": "public"},
            "公开范围：社会公众；目录类别：E6；版本：216；发布方式：已导入",
        ),
        (
            "terms.changed",
            {"retention_after": 0, "audience_after": "leaders", "category": "E6", "audience_before": "public"},
            "目录类别：E6；原最大公开范围：社会公众；现最大公开范围：领导小组；现保存期限（年）：长期",
        ),
        ("terms.changed", {"elements_after": ["basis", "party"]}, "现必备要素：法律依据、当事人"),
        ("gongkai.withdraw", {"reason": "有误", "at_once": True}, "立即：是；理由：有误"),
        ("gongkai.close_account", {"forgotten": False}, "清除个人信息：否"),
        ("wagtail.workflow.approve", {"workflow": {"title": "流程", "task": {"title": "审批"}}}, "步骤：审批"),
        ("hall.accept", {"from": "received", "to": "accepted", "in_place_of": None}, "原状态：已收件；状态：已受理"),
        ("hall.inquiry.hand_over", {"to": "张三"}, "移交给：张三"),
        ("no.such", {"unknown": "x", "list": [1], "dict": {"a": 1}}, "unknown：x"),
    ],
)
def test_facts_are_told_in_the_readers_language(action, facts, words):
    with override("zh-hans"):
        assert Telling().in_words(action, facts) == words


def test_departments_are_named_and_asked_for_once(bureau, django_assert_num_queries):
    telling = Telling()
    with django_assert_num_queries(1):
        said = [telling.in_words("post.saved", {"department": "licensing"}) for _entry in range(3)]
    assert said == [f"department: {bureau.licensing.name}"] * 3


def test_recorded_acts_are_those_of_which_there_is_an_entry(no_entries):
    for action in ("sign_in", "b.c", "sign_in", "a", "sign_in.failed"):
        record(action)
    assert recorded_acts() == ["a", "b.c", "sign_in", "sign_in.failed"]


def test_where_nothing_is_recorded_there_is_nothing_to_choose(no_entries):
    assert acts_to_choose_from() == []
