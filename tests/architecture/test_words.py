"""Plain words: no sentence that a page shows is longer than 20 words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import PACKAGE, shown, templates

WORDS = 20
TRANSLATED = re.compile(
    r"""{%\s*translate\s+(?:"([^"]+)"|'([^']+)')|{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate""", re.S
)
VARIABLE = re.compile(r"{{.*?}}|%\(\w+\)[sd]|%[sd]|{\w*}")
END_OF_SENTENCE = re.compile(r"[.!?:;](?:\s|$)|\n|{%\s*plural\s*%}|<(?:/?p|br|/?li)\b[^>]*>")
WORD, TAG = re.compile(r"\w[\w'’-]*"), re.compile(r"<[^>]+>")
SAYING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def said_in_template(path: Path) -> Iterator[str]:
    for match in TRANSLATED.finditer(path.read_text()):
        yield " ".join(next(group for group in match.groups() if group).split("\n"))


def said_in_python(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYING:
            yield from (
                part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def long_sentences(text: str) -> list[str]:
    sentences = END_OF_SENTENCE.split(VARIABLE.sub("it", text))
    return [sentence for sentence in sentences if len(WORD.findall(TAG.sub(" ", sentence))) > WORDS]


def test_sentences_on_a_page_are_short():
    assert {
        shown(path): faults
        for path in templates()
        if (faults := [sentence for text in said_in_template(path) for sentence in long_sentences(text)])
    } == {}


def test_sentences_said_by_code_are_short():
    files = [file for file in PACKAGE.rglob("*.py") if not {"tests", "migrations", "commands"} & set(file.parts)]

    assert {
        shown(file): faults
        for file in files
        if (faults := [sentence for text in said_in_python(file) for sentence in long_sentences(text)])
    } == {}


def test_a_long_sentence_is_noticed():
    text = "You may " + "very " * 17 + "gladly help."

    assert long_sentences(text) == [text.removesuffix(".")]
    assert long_sentences("You may help. " * 20) == []
