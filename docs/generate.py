"""Writes the pages of `docs/reference/` that can be listed from code: `python docs/generate.py`.

A test fails when one of them is not what this script would write.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from alongside.programs.rules.asks import ASKS
from alongside.programs.rules.schema import json_schema
from alongside.programs.rules.sections import FRAME
from alongside.programs.rules.shapes import Choice, ListOf, MapOf, NameOf, Shape, Table, Text, Whole, Written, YesNo
from alongside.rota.rules.section import SECTION as ROTA
from alongside.wellbeing.rules.section import SECTION as VISITS

REPOSITORY = Path(__file__).resolve().parents[1]
PACKAGE = REPOSITORY / "src/alongside"
REFERENCE = REPOSITORY / "docs/reference"
# The sections of the frame, then those of the rooms above.
SECTIONS = (*FRAME, VISITS, ROTA)
NOTE = "This page is written by `docs/generate.py`. Change the code, then run it again.\n"

_READER = re.compile(r"^env_(text|flag|int|list)$")
_KINDS = {"text": "text", "flag": "yes or no", "int": "a whole number", "list": "values, separated by commas"}


def settings_page() -> str:
    """Every environment variable that settings.py reads, its default, and the comment above it."""
    source = (PACKAGE / "config/settings.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    rows = [
        f"| `{name}` | {kind} | {default} | {_comment_above(lines, line)} |"
        for name, kind, default, line in _readings(ast.parse(source))
    ]
    head = ["| setting | value | unless set | what for |", "| --- | --- | --- | --- |"]
    words = "Settings are environment variables, read once at the start. A wrong one stops the start and says why.\n"
    return "\n".join(["# Settings", "", words, NOTE, *head, *rows, ""])


def _readings(tree: ast.Module) -> Iterator[tuple[str, str, str, int]]:
    """Name, kind, default and line of the statement for every env_…("NAME", default=…) in the module."""
    seen: set[str] = set()
    for statement in tree.body:
        for call in ast.walk(statement):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name)):
                continue
            kind = _READER.match(call.func.id)
            if kind and call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value not in seen:
                name = str(call.args[0].value)
                seen.add(name)
                yield name, _KINDS[kind[1]], _default(call), statement.lineno


def _default(call: ast.Call) -> str:
    value = next(keyword.value for keyword in call.keywords if keyword.arg == "default")
    if isinstance(value, ast.Constant):
        if isinstance(value.value, bool):
            return "yes" if value.value else "no"
        return f"`{value.value}`" if value.value != "" else "empty"
    if isinstance(value, ast.List):
        return f"`{','.join(str(ast.literal_eval(item)) for item in value.elts)}`"
    return "as said beside it"


def _comment_above(lines: list[str], line: int) -> str:
    comment: list[str] = []
    at = line - 2
    while at >= 0 and lines[at].startswith("#"):
        comment.insert(0, lines[at].removeprefix("#").strip())
        at -= 1
    return " ".join(comment)


def actions_page() -> str:
    """Every public function in the actions of every room, with the first sentence of its docstring."""
    parts = ["# Actions", "", "Every change to the data has a name. Pages, files and commands call these.", "", NOTE]
    for room in sorted(path for path in PACKAGE.iterdir() if path.is_dir()):
        if rows := list(_actions_of(room)):
            parts += [f"## {room.name}", "", "| action | what it does |", "| --- | --- |", *rows, ""]
    return "\n".join(parts)


def _actions_of(room: Path) -> Iterator[str]:
    files = [room / "actions.py", *sorted((room / "actions").glob("*.py"))]
    functions = [
        node
        for file in files
        if file.is_file()
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _is_action(node)
    ]
    for node in sorted(functions, key=lambda node: node.name):
        said = (ast.get_docstring(node) or "").partition("\n\n")[0].replace("\n", " ").replace("|", "\\|")
        yield f"| `{node.name}` | {said} |"


def _is_action(node: ast.FunctionDef) -> bool:
    """Actions take who and when, by keyword alone."""
    return "at" in {argument.arg for argument in node.args.kwonlyargs}


def commands_page() -> str:
    """Every management command with its help and arguments."""
    parts = ["# Commands", "", "All of them understand `--help`.", "", NOTE]
    files = {file.stem: file for file in PACKAGE.glob("*/management/commands/*.py") if not file.name.startswith("_")}
    # The commands that are none of Django's.
    files["count"] = PACKAGE / "decisions/command.py"
    files["recount"] = PACKAGE / "decisions/recount_command.py"
    files["opinions"] = PACKAGE / "decisions/opinions_command.py"
    for name, file in sorted(files.items()):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        parts += [f"## alongside {name.replace('_', ' ')}", "", _help_of(tree), ""]
        if rows := [_argument(call) for call in _calls(tree, "add_argument")]:
            parts += ["| argument | what for |", "| --- | --- |", *rows, ""]
    return "\n".join(parts)


def _help_of(tree: ast.Module) -> str:
    texts = [
        ast.literal_eval(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "help"
    ]
    return texts[0] if texts else ""


def _calls(tree: ast.Module, method: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node


def _argument(call: ast.Call) -> str:
    name = str(ast.literal_eval(call.args[0]))
    said = next((ast.literal_eval(word.value) for word in call.keywords if word.arg == "help"), "")
    return f"| `{name}` | {said} |"


def glossary_page() -> str:
    """The glossary of the repository, for readers of the handbook."""
    return (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")


def blueprint_page() -> str:
    """Every section of a blueprint, with what belongs where."""
    words = (
        "A blueprint is a TOML file. [How to write a blueprint](../how-to/write-a-blueprint.md) shows one. What must "
        "be there is marked with ✓. `alongside blueprint check FILE` says what is wrong, line by line; editors can use "
        "the [JSON Schema](blueprint.schema.json)."
    )
    parts = ["# What a blueprint can say", "", words, "", NOTE]
    for name, shape in [("ask", ASKS), *((section.name, section.shape) for section in SECTIONS)]:
        parts += [f"## {name}", "", f"{shape.label}.", "", "| name | | what belongs there |", "| --- | --- | --- |"]
        parts += [*_values(name, shape), ""]
    return "\n".join(parts)


def _values(name: str, shape: Shape) -> Iterator[str]:
    if isinstance(shape, Table):
        for key, each in shape.of.items():
            yield from _values(f"{name}.{key}", each)
    elif isinstance(shape, MapOf):
        yield from _values(f"{name}.{'/'.join(shape.keys) or '…'}", shape.of)
    elif isinstance(shape, ListOf) and isinstance(shape.of, Table):
        yield from _values(f"{name}[]", shape.of)
    else:
        told = ". ".join(part for part in (shape.label, shape.help.capitalize(), _what(shape)) if part)
        yield f"| `{name}` | {'✓' if shape.must else ''} | {told} |"


def _what(shape: Shape) -> str:
    match shape:
        case ListOf():
            return f"A list: {_what(shape.of)}"
        case Choice():
            return "One of: " + ", ".join(f"`{word}`" for word in shape.of)
        case Whole():
            return f"{shape.least} to {shape.most}"
        case YesNo():
            return "`true` or `false`"
        case Written():
            return f"As in `{shape.example}`"
        case Text():
            return f"Words, up to {shape.longest} characters"
        case NameOf():
            return f"The name of an entry in `[{shape.section}]`"
        case _:
            return "Words, a whole number, `true` or `false`"


def schema_page() -> str:
    """The JSON Schema of blueprints."""
    return json.dumps(json_schema(SECTIONS), ensure_ascii=False, indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "actions.md": actions_page,
    "commands.md": commands_page,
    "glossary.md": glossary_page,
    "blueprint.md": blueprint_page,
    "blueprint.schema.json": schema_page,
}


def main() -> None:
    for name, write in PAGES.items():
        (REFERENCE / name).write_text(write(), encoding="utf-8")


if __name__ == "__main__":
    main()
