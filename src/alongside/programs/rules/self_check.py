"""The five-value self-check: 20 statements about how a program works, answered by people of every side.

Source: Edgar Cahn's five values of co-production (assets, work, reciprocity, community, respect) and the scored
assessment made after them: four statements a value, 1 to 5, 20 to 100 together, four bands of 20
(paperzz.com/doc/8786171). The words are our own, and so is each statement's shortest form.
Self-rating alone proves nothing: it shows where the sides see things differently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from alongside.programs.rules.faults import gettext_noop as _

# Rises with every change of the words; kept with each answer.
EDITION = 1
LEAST, MOST = 1, 5
ANSWERS = {1: _("never"), 2: _("seldom"), 3: _("sometimes"), 4: _("often"), 5: _("always")}

VALUES = {
    "assets": _("Everybody has something to give"),
    "work": _("What people give counts as work"),
    "reciprocity": _("Help goes both ways"),
    "community": _("We hold together"),
    "respect": _("Every voice counts"),
}
ITEMS = {
    "assets": (
        _("People are asked what they can do for others."),
        _("People get a hand in finding a way to give."),
        _("What people learned in a hard life counts here."),
        _("People's own languages and ways are welcome."),
    ),
    "work": (
        _("What people give is written down."),
        _("People get something back for what they give."),
        _("Telling us what is needed counts as work too."),
        _("There is money or time set aside to thank people."),
    ),
    "reciprocity": (
        _("Whoever gets help is asked to give some too."),
        _("People's help moves the program forward."),
        _("People know how giving and getting works here."),
        _("People know whom to ask when they want to give or get help."),
    ),
    "community": (
        _("What people say in confidence stays with us."),
        _("People in the same situation meet and help each other."),
        _("We celebrate together."),
        _("What we build together lasts."),
    ),
    "respect": (
        _("There are times and places to say what one thinks."),
        _("People can get hold of what they need to change something."),
        _("People can ask those in charge to answer for what they do."),
        _("When people have said something, things change."),
    ),
}
KEYS = tuple(f"{value}-{number}" for value, items in ITEMS.items() for number, _text in enumerate(items, 1))

# The lowest total of each band, the highest first.
BANDS = (
    (80, _("going strong")),
    (60, _("well on the way")),
    (40, _("a beginning is made")),
    (20, _("much is still to come")),
)
# A difference of one step in the answers is worth talking about.
WIDE_GAP = 1.0


class NotAnAnswer(ValueError):
    """An answer to a statement that there is not, or outside 1 to 5."""


def value_of(key: str) -> str:
    """The value that a statement belongs to."""
    return key.rpartition("-")[0]


def checked(answers: Mapping[str, int]) -> dict[str, int]:
    """The answers, if each is one. Raises NotAnAnswer."""
    for key, answer in answers.items():
        if key not in KEYS or answer not in ANSWERS:
            raise NotAnAnswer(key)
    return dict(answers)


def total(answers: Mapping[str, int]) -> int | None:
    """All 20 answers together, 20 to 100; None while one is missing."""
    return sum(answers[key] for key in KEYS) if all(key in answers for key in KEYS) else None


def band(score: float) -> str:
    """The name of the band in which a total of 20 to 100 lies; a mean between two bands is in the lower one."""
    return next(name for least, name in BANDS if score >= least)


@dataclass(frozen=True)
class Seen:
    """How a side sees the program: `n` people counted, `waiting` more whose answers are not shown yet."""

    n: int
    waiting: int
    total: float
    values: Mapping[str, float]

    @property
    def band(self) -> str:
        return band(self.total)


def counted(answered: int, *, step: int) -> int:
    """How many of those who answered are shown: full steps alone.

    Were the picture redrawn after each answer, its change would tell that answer.
    """
    return answered - answered % step


def seen(forms: Sequence[Mapping[str, int]], *, step: int) -> Seen | None:
    """The picture of one side from its complete forms in the order they came; None for fewer than `step`."""
    shown = forms[: counted(len(forms), step=step)]
    if not shown:
        return None
    values = {value: fmean(form[key] for form in shown for key in KEYS if value_of(key) == value) for value in VALUES}
    return Seen(len(shown), len(forms) - len(shown), fmean(sum(form[key] for key in KEYS) for form in shown), values)


def gaps(sides: Iterable[Seen]) -> dict[str, float]:
    """For each value, how far the sides are apart, in steps of an answer: 0 to 4."""
    pictures = list(sides)
    return {
        value: max(each.values[value] for each in pictures) - min(each.values[value] for each in pictures)
        for value in VALUES
    }


def widest(gap: Mapping[str, float]) -> str | None:
    """The value about which the sides differ most; None where they agree on all."""
    value = max(gap, key=lambda each: gap[each])
    return value if gap[value] > 0 else None
