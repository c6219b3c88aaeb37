"""The section `rewards` of a blueprint: what time earns, how many there are, and who may hand it on.

A reward is thanks. Nothing in a design can ask for one: no step, role, place or requirement has a field that names a
reward, and a reward has no field that opens anything. So none can become a gate to what is somebody's right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alongside.programs.rules.faults import Fault, Path
from alongside.programs.rules.faults import gettext_noop as _
from alongside.programs.rules.section import Design, Section
from alongside.programs.rules.shapes import Choice, MapOf, Table, Text, Whole, YesNo, length, period
from alongside.rewards.rules.earning import CREDITED, EITHER, EVER, MONTH, THERE, YEAR

NAME = "rewards"
COUNTS = {
    THERE: _("time that somebody else saw, from coming in to going out"),
    CREDITED: _("hours that were credited"),
    EITHER: _("whichever of the two is more"),
}
PER = {EVER: _("in all"), YEAR: _("in a calendar year"), MONTH: _("in a calendar month")}
NOBODY, HOUSEHOLD, PROGRAM = "nobody", "household", "program"
TRANSFER = {
    NOBODY: _("nobody: it is theirs alone"),
    HOUSEHOLD: _("somebody of their household"),
    PROGRAM: _("anybody in the program"),
}
POTS = {"program pot": _("the program's pot"), "community pot": _("the community's pot")}
# Ways to make a reward a gate, or a price: each is refused in words of its own.
_GATES = ("needed_for", "required_for", "gives", "role", "opens", "step", "enrolment", "place")
_MONEY = ("worth", "value", "money", "currency", "amount")


@dataclass(frozen=True, kw_only=True)
class RewardTable(Table):
    """A table that says why a reward opens nothing and has no value in money."""

    def faults(self, value: Any, path: Path) -> Iterator[Fault]:
        if isinstance(value, dict):
            for key in value:
                if key in _GATES:
                    yield Fault(
                        (*path, key),
                        _("a reward is never a condition for anything"),
                        _("leave it out: roles, places and rights are open without one"),
                    )
                elif key in _MONEY:
                    yield Fault(
                        (*path, key), _("a reward has no value in money"), _('say the hours it asks: price = "2h"')
                    )
            value = {key: each for key, each in value.items() if key not in (*_GATES, *_MONEY)}
        yield from super().faults(value, path)


REWARD = RewardTable(
    of={
        "name": Text(longest=60, label=_("Name"), must=True),
        "about": Text(longest=300, lines=True, label=_("What it is"), help=_("where and when, and what to bring")),
        "after": length(label=_("Earned after"), help=_("so much time earns one")),
        "counts": Choice(of=COUNTS, label=_("What counts")),
        "at_most": Whole(least=1, most=100, label=_("At most, for one person")),
        "per": Choice(of=PER, label=_("At most, counted")),
        "price": length(label=_("Hours it asks, from the catalogue")),
        "paid_to": Choice(of=POTS, label=_("Where those hours go")),
        "draw": Table(
            label=_("A draw"),
            of={
                "every": length(label=_("One ticket in the draw for each"), must=True),
                "tickets": Whole(least=1, most=100, label=_("Tickets at most, for one person"), must=True),
            },
        ),
        "stock": Whole(least=1, most=100_000, label=_("How many there are")),
        "waiting_list": YesNo(label=_("A waiting list, once all are taken")),
        "transfer": Choice(of=TRANSFER, label=_("Who it may be handed on to")),
        "expires_after": period(label=_("Can be used for")),
        "never_a_condition": YesNo(
            label=_("Thanks alone"),
            help=_("it is never a condition for a right, a place or a role"),
            must=True,
        ),
    }
)
REWARDS = MapOf(label=_("Rewards"), help=_("what time given earns, never in money"), of=REWARD, most=12)


def _rewards_fit(design: Design) -> Iterator[Fault]:
    names: set[str] = set()
    for key, each in design.get(NAME, {}).items():
        place = (NAME, key)
        if not each["never_a_condition"]:
            yield Fault(
                (*place, "never_a_condition"),
                _("a reward is never a condition for anything"),
                _("say true: what is somebody's right needs no reward"),
            )
        yield from _one_way(place, each)
        if each.get("waiting_list") and "stock" not in each:
            yield Fault((*place, "stock"), _('"%(key)s" is missing'), _("nobody waits where there is no end"), _STOCK)
        name = each["name"].casefold()
        if name in names:
            yield Fault((*place, "name"), _('"%(name)s" stands there twice'), facts={"name": each["name"]})
        names.add(name)


_STOCK = {"key": "stock"}


def _one_way(place: tuple[str, str], each: dict[str, Any]) -> Iterator[Fault]:
    ways = [way for way in ("after", "price", "draw") if way in each]
    if not ways:
        yield Fault((*place, "after"), _('"%(key)s" is missing'), _("after how much time?"), {"key": "after"})
    elif len(ways) > 1:
        yield Fault(
            (*place, ways[1]),
            _("one way to it is enough"),
            _("earned, or from the catalogue, or drawn: make two of it"),
        )
    elif ways != ["after"] and each.get("waiting_list"):
        yield Fault((*place, "waiting_list"), _("only for what is earned somebody waits"), _("leave it out"))
    if ways == ["draw"] and "stock" not in each:
        yield Fault((*place, "stock"), _('"%(key)s" is missing'), _("how many are drawn?"), _STOCK)
    if "paid_to" in each and "price" not in each:
        yield Fault((*place, "paid_to"), _("nobody pays for what is earned"), _("leave it out"))
    for name in ("at_most", "per"):
        if name in each and ways == ["draw"]:
            yield Fault((*place, name), _("in a draw everybody wins once at most"), _("leave it out"))


SECTION = Section(NAME, REWARDS, icon="gift", check=_rewards_fit)
