"""Our own files, as the architecture tests read them."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "alongside"


@cache
def tool_settings() -> dict[str, Any]:
    settings: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return settings


def contract(name: str) -> dict[str, Any]:
    """One import contract of pyproject.toml."""
    return next(found for found in tool_settings()["importlinter"]["contracts"] if found["id"] == name)


def room_order() -> dict[str, int]:
    """Every room, present or future, with its height: a room sees only rooms of smaller height."""
    layers = reversed(contract("rooms")["layers"])
    return {room.strip(" ()"): height for height, line in enumerate(layers) for room in line.split("|")}


def rooms(package: Path = PACKAGE) -> list[Path]:
    """The folders of the rooms that exist."""
    return sorted(folder for folder in package.iterdir() if (folder / "__init__.py").exists())


def python_files() -> list[Path]:
    """All Python of ours, tests included, generated migrations left out."""
    ours = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    return sorted([ROOT / "do", ROOT / "conftest.py", *(file for file in ours if file.parent.name != "migrations")])


def templates() -> list[Path]:
    return sorted(file for file in PACKAGE.glob("*/templates/**/*") if file.is_file())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))
