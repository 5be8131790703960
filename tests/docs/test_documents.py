"""The documents say what the product does: variables, dependencies, links, commands."""

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
REQUIREMENTS = [ROOT / "requirements.txt", ROOT / "requirements-dev.txt", ROOT / "requirements-ldap.txt"]
SCREENSHOTS = ROOT / "docs" / "screenshots"


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def first_column(path: str, heading: str) -> list[str]:
    """What the first column of the table with this heading says."""
    lines = text(path).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(line.split("|")[1].strip())
    return rows


# Variables


def variables_read_by_settings() -> set[str]:
    """The names that the settings ask the environment for, themselves or through a function of theirs."""
    names = set()
    for path in (ROOT / "intranet" / "settings").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and asks_the_environment(call) and isinstance(call.args[0], ast.Constant):
                names.add(call.args[0].value)
    return names


def asks_the_environment(call: ast.Call) -> bool:
    asking = ("os.environ.get", "os.environ.setdefault", "os.getenv", "environment_list", "required")
    return bool(call.args) and ast.unparse(call.func) in asking


def variables_described() -> set[str]:
    return {name for cell in first_column("docs/operations.md", "variable") for name in re.findall(r"`(\w+)`", cell)}


def sources() -> Iterator[Path]:
    yield from (ROOT / "Makefile", ROOT / "manage.py", ROOT / "compose.yaml", ROOT / "tests" / "conftest.py")
    for folder in ("intranet", "search", "home", "tools", "bench"):
        yield from (ROOT / folder).rglob("*.py")


def test_every_variable_that_the_settings_read_is_described():
    assert variables_read_by_settings() - variables_described() == set()


def test_every_variable_that_compose_asks_for_is_described():
    assert set(re.findall(r"\$\{(\w+)", text("compose.yaml"))) - variables_described() == set()


@pytest.mark.parametrize("name", sorted(variables_described()))
def test_a_variable_that_is_described_is_read(name):
    read = re.compile(rf"""["']{name}["']|\$+\{{?{name}\b|^{name} \?=""", re.MULTILINE)
    assert any(read.search(source.read_text(encoding="utf-8")) for source in sources())


def test_every_variable_that_production_requires_is_marked():
    required = set(re.findall(r'required\("(\w+)"\)', text("intranet/settings/production.py")))
    marked = set(re.findall(r"^\| `(\w+)` .*\*required\*", text("docs/operations.md"), re.MULTILINE))
    assert required - marked == set()


# Dependencies


def requirements() -> list[str]:
    lines = [line.strip() for path in REQUIREMENTS for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-r"))]


def packages_required() -> set[str]:
    return {re.split(r"[=\[<>~!]", line)[0].lower() for line in requirements()}


def packages_described() -> list[str]:
    cells = first_column("docs/dependencies.md", "package")
    return [name.strip().lower() for cell in cells for name in re.sub(r"\(.*\)", "", cell).split(",")]


@pytest.mark.parametrize("line", requirements())
def test_a_requirement_is_pinned_to_one_version(line):
    assert re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==\d+(\.\d+)*(\.post\d+)?", line)


def test_every_requirement_has_its_line():
    assert packages_required() - set(packages_described()) == set()


def test_every_package_that_is_described_is_required():
    assert set(packages_described()) - packages_required() == set()


def test_no_package_is_described_twice():
    assert len(packages_described()) == len(set(packages_described()))


# Links


def links() -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                yield str(document.relative_to(ROOT)), target


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(("document", "target"), sorted(set(links())))
def test_a_link_leads_somewhere(document, target):
    path, _, fragment = target.partition("#")
    found = (ROOT / document).parent / path if path else ROOT / document
    if found.resolve().parent == SCREENSHOTS:
        assert f'"{found.stem}"' in text("tools/screenshots.py")
    else:
        assert found.exists()
    if fragment:
        headings = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
        assert fragment in [anchor(heading) for heading in headings]


# Commands


def command_lines() -> Iterator[tuple[str, str]]:
    """The management commands that the documents name, each with the rest of the line."""
    for document in DOCUMENTS:
        yield from re.findall(r"manage\.py (\w+)([^`\n]*)", document.read_text(encoding="utf-8"))


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    found: set[str] = set()
    for action in parser._actions:
        found |= set(action.option_strings)
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                found |= {name} | options_of(child)
    return found


@pytest.mark.parametrize("name", sorted({name for name, _rest in command_lines()}))
def test_a_command_that_is_named_exists(name):
    assert name in get_commands()


@pytest.mark.parametrize(("name", "rest"), sorted(set(command_lines())))
def test_a_command_has_the_options_that_are_named(name, rest):
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    assert set(re.findall(r"--[a-z-]+", rest)) - options_of(parser) == set()


def test_every_target_of_make_that_is_named_exists():
    targets = re.compile(r"\bmake ([a-z-]+)(?:`| +#)")
    named = {name for document in DOCUMENTS for name in targets.findall(document.read_text(encoding="utf-8"))}
    assert named - set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE)) == set()
