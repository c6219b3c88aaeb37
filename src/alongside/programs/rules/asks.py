"""What a blueprint asks when a program starts: at most nine questions beside the title."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.programs.rules.faults import Fault, Path
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.shapes import (
    Choice,
    ListOf,
    Shape,
    Table,
    Text,
    Whole,
    Written,
    YesNo,
    length,
    time_of_day,
)
from alongside.programs.rules.words import WEEKDAYS

# Together with the title ten questions.
MOST_ASKS = 9
LONGEST_ANSWER = 400
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}", re.ASCII)


def _key(text: str) -> object:
    if not _PLACEHOLDER.fullmatch("{" + text + "}"):
        raise ValueError(text)
    return text


@dataclass(frozen=True, kw_only=True)
class _Anything(Shape):
    """An answer, whose shape depends on the kind of the question."""

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if not isinstance(value, str | int | bool):
            yield Fault(path, _("words, a whole number, true or false belong here"))

    def bare_schema(self) -> dict[str, Any]:
        return {"type": ["string", "integer", "boolean"]}


KINDS = {
    "words": _("words"),
    "whole number": _("a whole number"),
    "choice": _("one of several"),
    "time of day": _("a time of day"),
    "length": _("a length of time"),
    "yes or no": _("yes or no"),
}
ASK = Table(
    of={
        "key": Written(read=_key, example="weeks", what=_("a short name in small letters belongs here"), must=True),
        "question": Text(longest=160, must=True),
        "hint": Text(longest=200),
        "kind": Choice(of=KINDS, must=True),
        "from": Whole(most=100_000),
        "to": Whole(most=100_000),
        "of": ListOf(of=Text(longest=120), least=2, most=12),
        "usual": _Anything(must=True, help=_("the answer that fits most; people change it")),
    }
)
ASKS = ListOf(of=ASK, label=_("What is asked when a program starts"), most=MOST_ASKS)


@dataclass(frozen=True)
class Ask:
    """One question. `answer` is the shape of what can be said; `usual` what most would say."""

    key: str
    question: str
    hint: str
    kind: str
    answer: Shape
    usual: Any

    @property
    def samples(self) -> tuple[Any, ...]:
        """Answers to try a blueprint with: the usual one, and the outermost others."""
        if isinstance(self.answer, Whole):
            return (self.usual, self.answer.least, self.answer.most)
        if isinstance(self.answer, Choice):
            return (self.usual, *self.answer.of)
        if isinstance(self.answer, YesNo):
            return (True, False)
        return (self.usual,)


def asks_of(told: Sequence[Mapping[str, Any]]) -> tuple[Ask, ...]:
    """Questions from entries that have the shape of `ASKS`."""
    return tuple(
        Ask(each["key"], each["question"], each.get("hint", ""), each["kind"], _answer(each), each["usual"])
        for each in told
    )


def _answer(told: Mapping[str, Any]) -> Shape:
    match told["kind"]:
        case "whole number":
            return Whole(least=told.get("from", 0), most=told.get("to", 1000))
        case "choice":
            # Days of the week have names in every language; other words are the file's own.
            return Choice(of={word: WEEKDAYS.get(word, word) for word in told.get("of", [])})
        case "time of day":
            return time_of_day()
        case "length":
            return length()
        case "yes or no":
            return YesNo()
        case _:
            return Text(longest=LONGEST_ANSWER, lines=True)


def ask_faults(asks: Sequence[Ask]) -> Iterator[Fault]:
    """What cannot be although every entry has its shape: usual answers that do not fit, a name used twice."""
    seen: set[str] = set()
    for number, ask in enumerate(asks):
        if isinstance(ask.answer, Choice) and not ask.answer.of:
            yield Fault(("ask", number, "of"), _('"%(key)s" is missing'), _("name the answers"), {"key": "of"})
        elif isinstance(ask.answer, Whole) and ask.answer.least > ask.answer.most:
            yield Fault(("ask", number, "to"), _("to is below from"))
        else:
            yield from ask.answer.faults(ask.usual, ("ask", number, "usual"))
        if ask.key in seen:
            yield Fault(("ask", number, "key"), _('"%(key)s" is asked twice'), facts={"key": ask.key})
        seen.add(ask.key)


def filled(value: Any, answers: Mapping[str, Any]) -> Any:
    """The value with answers in place of their names: "{weeks}" alone becomes the answer itself, 6; in a sentence it
    becomes words. Names without an answer stay as they are.
    """
    if isinstance(value, dict):
        return {key: filled(each, answers) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, answers) for each in value]
    if not isinstance(value, str):
        return value
    whole = _PLACEHOLDER.fullmatch(value)
    if whole and whole[1] in answers:
        return answers[whole[1]]
    return _PLACEHOLDER.sub(lambda found: str(answers.get(found[1], found[0])), value)


def names_in(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Every {name} that stands in a value, and where."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from names_in(each, (*path, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from names_in(each, (*path, number))
    elif isinstance(value, str):
        for name in _PLACEHOLDER.findall(value):
            yield name, path
