"""Every room is a room: explained, in its place, and no bigger than it should be."""

import ast
from pathlib import Path

import pytest

from tests.support.source import PACKAGE, contract, functions, room_order, rooms, shown

KERNEL_MODULES = 12
INNER_LAYERS = ("views", "forms", "actions", "models", "rules")


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_room_explains_itself(room: Path):
    readme = room / "README.md"

    assert readme.is_file()
    assert len(readme.read_text().split()) > 60


def test_every_room_has_its_place_and_its_inner_order():
    ordered = {
        room.name
        for room in rooms()
        if room.name != "kernel"
        and any((room / f"{layer}.py").exists() or (room / layer).is_dir() for layer in INNER_LAYERS)
    }

    assert {room.name for room in rooms()} <= set(room_order())
    assert ordered - {"ui"} <= {name.removeprefix("alongside.") for name in contract("inside")["containers"]}


def test_the_kernel_stays_small():
    not_counted = {"__init__", "apps", "migrations", "tests", "management", "locale", "README", "__pycache__", "models"}

    modules = sorted({path.stem for path in (PACKAGE / "kernel").iterdir()} - not_counted)

    assert len(modules) <= KERNEL_MODULES, modules


def action_files() -> list[Path]:
    return [file for file in PACKAGE.glob("*/actions*/**/*.py")] + list(PACKAGE.glob("*/actions.py"))


@pytest.mark.parametrize("file", action_files(), ids=shown)
def test_a_change_is_typed_and_says_by_keyword_who_and_when(file: Path):
    public = [function for function in ast.parse(file.read_text()).body if isinstance(function, ast.FunctionDef)]

    offered = offered_by(file.with_name("__init__.py")) if file.parent.name == "actions" else {*map(name_of, public)}

    faults = [
        name_of(found) for found in public if name_of(found) in offered and is_write(found) and not reads_aloud(found)
    ]

    assert faults == []


def name_of(function: ast.FunctionDef) -> str:
    return function.name


def offered_by(package: Path) -> set[str]:
    """The names that a package of actions offers to others."""
    imports = [node for node in ast.parse(package.read_text()).body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def is_write(function: ast.FunctionDef) -> bool:
    """A change says who makes it and when. Helpers say neither; what undoes is called by the register."""
    inputs = {argument.arg for argument in [*function.args.args, *function.args.kwonlyargs]}
    registered = any("inverse" in ast.unparse(decorator) for decorator in function.decorator_list)
    return not registered and not function.name.startswith("_") and {"by", "at"} <= inputs


def reads_aloud(function: ast.FunctionDef) -> bool:
    """All by keyword, save perhaps the one thing that is changed; every input and the answer typed."""
    inputs = function.args
    positional = [*inputs.posonlyargs, *inputs.args]
    return (
        len(positional) <= 1
        and all(argument.annotation for argument in [*positional, *inputs.kwonlyargs])
        and {"by", "at"} <= {argument.arg for argument in inputs.kwonlyargs}
        and function.returns is not None
    )


def test_a_fault_stays_loud_in_views_forms_and_actions():
    faults = [
        f"{shown(file)}:{node.lineno}"
        for layer in ("views", "forms", "actions")
        for file in [*PACKAGE.glob(f"*/{layer}.py"), *PACKAGE.glob(f"*/{layer}/**/*.py")]
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ExceptHandler) and caught(node) & {"Exception", "BaseException", "everything"}
    ]

    assert faults == []


def caught(handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"everything"}
    return {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}


def test_functions_are_found_at_all():
    assert sum(1 for _ in functions(Path(__file__))) > 5
