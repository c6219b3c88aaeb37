"""A blueprint whose section about rotas says something else, written as a file again."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from alongside import programs


def text_with(id: str, section: Mapping[str, Any]) -> str:
    """The shipped file with other values in [rota]; None leaves one out. Questions that nothing needs are left out."""
    told = tomllib.loads((Path(programs.__file__).parent / "blueprints" / f"{id}.toml").read_text())
    told["rota"] = {key: value for key, value in {**told["rota"], **section}.items() if value is not None}
    told["blueprint"]["title"] += ", in our own words"
    rest = json.dumps({key: value for key, value in told.items() if key != "ask"})
    told["ask"] = [ask for ask in told["ask"] if "{" + ask["key"] + "}" in rest]
    return "\n".join(_lines(told))


def _lines(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not _holds_tables(value)}
    if path:
        yield f"[{'.'.join(path)}]"
    for key, value in plain.items():
        yield f"{key} = {_value(value)}"
    for key, value in table.items():
        if isinstance(value, dict) and key not in plain:
            yield from _lines(value, (*path, json.dumps(key)))
        elif key not in plain:
            for each in value:
                yield f"[[{'.'.join((*path, json.dumps(key)))}]]"
                yield from (f"{inner} = {_value(one)}" for inner, one in each.items())


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value)
