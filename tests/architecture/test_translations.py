"""Whatever the house says in English it says in Spanish: all of it, nothing doubtful, compiled."""

import ast
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tests.support.messages import catalogue, collected_afresh
from tests.support.source import PACKAGE, rooms, shown

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|{(\w*)}")


def messages(path: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}


@pytest.fixture(scope="module")
def fresh() -> Iterator[Path]:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed on this machine")
    with collected_afresh() as package:
        yield package


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_everything_a_room_says_is_translated(room: Path, fresh: Path):
    wanted, have = messages(catalogue(fresh / room.name)), messages(catalogue(room))

    assert [text for _, text in wanted.keys() - have.keys()] == []
    assert [text for _, text in have.keys() - wanted.keys()] == []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_no_translation_is_missing_or_doubtful(room: Path):
    faults = [entry.msgid for entry in messages(catalogue(room)).values() if entry.fuzzy or not entry.translated()]

    assert faults == []


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_plural_has_the_forms_that_its_catalogue_promises(room: Path):
    """Where a form is missing, people read English."""
    entries = messages(catalogue(room)).values()
    counted = {len(entry.msgstr_plural) for entry in entries if entry.msgid_plural}

    assert counted <= {2}
    assert not counted or "nplurals=2;" in polib.pofile(str(catalogue(room))).metadata["Plural-Forms"]


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_a_translation_keeps_every_placeholder(room: Path):
    faults = [
        entry.msgid
        for entry in messages(catalogue(room)).values()
        for text in ([entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())[1:])
        if placeholders(text) != placeholders(entry.msgid_plural or entry.msgid)
    ]

    assert faults == []


def placeholders(text: str) -> list[str]:
    return sorted(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def test_one_word_means_the_same_in_all_rooms():
    """Where two catalogues differ, Django shows only one of them. Another meaning takes another context."""
    said: dict[tuple[str | None, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in rooms():
        for key, entry in messages(catalogue(room)).items():
            said[key][" | ".join([entry.msgstr, *entry.msgstr_plural.values()])].append(room.name)

    assert {key: dict(words) for key, words in said.items() if len(words) > 1} == {}


@pytest.mark.parametrize("room", rooms(), ids=lambda room: room.name)
def test_the_compiled_catalogue_is_up_to_date(room: Path):
    path = catalogue(room)
    compiled = polib.mofile(str(path.with_suffix(".mo"))) if path.exists() else []

    assert {(entry.msgid, entry.msgstr, *entry.msgstr_plural.values()) for entry in compiled} == {
        (entry.msgid, entry.msgstr, *entry.msgstr_plural.values())
        for entry in messages(path).values()
        if entry.translated()
    }


def test_words_are_put_together_in_the_language_of_the_reader():
    """`_("At most %(most)s.") % {…}` beside a class is made once, in English: `format_lazy` waits for the reader."""
    files = [path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]

    assert {shown(path): lines for path in files if (lines := put_together_too_early(path.read_text()))} == {}
    assert put_together_too_early("class Form:\n    hint = _('%(n)s more') % {'n': 3}") == [2]
    assert put_together_too_early("def hint():\n    return _('%(n)s more') % {'n': 3}") == []


def put_together_too_early(text: str) -> list[int]:
    """The lines that fill words in while a module is loaded."""
    waiting: list[ast.AST] = [ast.parse(text)]
    found = []
    while waiting:
        for node in ast.iter_child_nodes(waiting.pop()):
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                    continue
                case ast.BinOp(op=ast.Mod(), left=ast.Call(func=ast.Name(id=name))) if "gettext" in name or name == "_":
                    found.append(node.lineno)
            waiting.append(node)
    return found
