"""On which line each value of a TOML file stands. The standard reader tells only where it stumbled.

The text must be TOML that `tomllib` has read: nothing is checked here, positions alone are looked for.
"""

import re

from alongside.programs.rules.faults import Path

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")
_STRINGS = (
    re.compile(r'"""(?:\\.|(?!""")[^\\])*"{3,5}', re.DOTALL),
    re.compile(r"'''(?:(?!''').)*'{3,5}", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
)


def lines_of(text: str) -> dict[Path, int]:
    """The line, from 1, on which each key and each entry of a list begins."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.found: dict[Path, int] = {}
        self.entries: dict[Path, int] = {}

    def scan(self) -> dict[Path, int]:
        table: Path = ()
        while self._skip_blank():
            line = self._line()
            if self.text.startswith("[[", self.at):
                table = self._new_entry(self._header(2))
            elif self.text[self.at] == "[":
                table = self._placed(self._header(1))
            else:
                self._pair(table)
                continue
            self.found.setdefault(table, line)
            self._note_parents(table, line)
        return self.found

    def _note_parents(self, table: Path, line: int) -> None:
        for length in range(1, len(table)):
            self.found.setdefault(table[:length], line)

    def _header(self, brackets: int) -> list[str]:
        self.at += brackets
        names = self._keys()
        self.at += brackets
        return names

    def _placed(self, names: list[str]) -> Path:
        """A table's path: a name that stands for a list means the last entry of it."""
        path: Path = ()
        for name in names:
            path = (*path, name)
            if path in self.entries:
                path = (*path, self.entries[path])
        return path

    def _new_entry(self, names: list[str]) -> Path:
        parent = (*self._placed(names[:-1]), names[-1])
        self.entries[parent] = self.entries.get(parent, -1) + 1
        self.found.setdefault(parent, self._line())
        return (*parent, self.entries[parent])

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = (*table, *self._keys())
        for length in range(len(table) + 1, len(path) + 1):
            self.found.setdefault(path[:length], line)
        self._skip_blank()
        self.at += 1  # the equals sign
        self._value(path)

    def _keys(self) -> list[str]:
        names = []
        while True:
            self._skip_blank()
            names.append(self._key())
            self._skip_blank()
            if self.text[self.at : self.at + 1] != ".":
                return names
            self.at += 1

    def _key(self) -> str:
        if string := self._string():
            return string[1:-1]
        bare = _BARE_KEY.match(self.text, self.at)
        assert bare
        self.at = bare.end()
        return bare[0]

    def _value(self, path: Path) -> None:
        self._skip_blank()
        if self.text[self.at] == "[":
            self._list(path)
        elif self.text[self.at] == "{":
            self._inline_table(path)
        elif not self._string():
            plain = _PLAIN_VALUE.match(self.text, self.at)
            assert plain
            self.at = plain.end()

    def _list(self, path: Path) -> None:
        self.at += 1
        number = 0
        while self._skip_blank() and self.text[self.at] != "]":
            self.found[(*path, number)] = self._line()
            self._value((*path, number))
            number += 1
            self._skip_comma()
        self.at += 1

    def _inline_table(self, path: Path) -> None:
        self.at += 1
        while self._skip_blank() and self.text[self.at] != "}":
            self._pair(path)
            self._skip_comma()
        self.at += 1

    def _skip_comma(self) -> None:
        self._skip_blank()
        if self.text[self.at] == ",":
            self.at += 1

    def _string(self) -> str:
        for kind in _STRINGS:
            if found := kind.match(self.text, self.at):
                self.at = found.end()
                return found[0]
        return ""

    def _skip_blank(self) -> bool:
        """Go to the next sign that says something; False at the end of the file."""
        blank = _BLANK.match(self.text, self.at)
        assert blank
        self.at = blank.end()
        return self.at < len(self.text)

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1
