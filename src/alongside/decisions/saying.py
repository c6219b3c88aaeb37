"""The steps of a count in the reader's language, and what ballots and options are called.

The side that a step is about stands above it.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from alongside.decisions.models import Decision, Option, Side
from alongside.decisions.rules.ballots import ABSTAIN, Style, marks_of, points_of, ranks_of
from alongside.decisions.rules.explaining import NAMED
from alongside.decisions.rules.kinds import KINDS
from alongside.ui.words import hours_text

SENTENCES: dict[str, str | Promise] = {
    "side.counted": _("%(yes)s yes, %(no)s no, %(abstain)s abstained. Could vote: %(roll)s."),
    "side.yes": _("It agrees: %(yes)s yes against %(no)s no."),
    "side.no": _("It does not agree: %(yes)s yes against %(no)s no."),
    "side.tie": _("It is a tie, %(yes)s against %(no)s. A tie leaves things as they are."),
    "side.silent": _("Nobody said yes or no, so things stay as they are."),
    "side.enough": _("It agrees: %(yes)s of %(said)s said yes. Needed was %(threshold)s or more."),
    "side.too_few": _("It does not agree: %(yes)s of %(said)s said yes. Needed was %(threshold)s."),
    "quorum.approval.met": _("Enough people said yes: %(reached)s. Needed were %(needed)s."),
    "quorum.approval.missed": _("Too few people said yes: %(reached)s. Needed were %(needed)s."),
    "quorum.approval.refused": _("Enough people said no to settle it: %(reached)s. Needed were %(needed)s."),
    "quorum.turnout.met": _("Enough people voted: %(reached)s. Needed were %(needed)s."),
    "quorum.turnout.missed": _("Too few people voted: %(reached)s. Needed were %(needed)s."),
    "outcome.passed": _("Every side agrees, so it is adopted."),
    "outcome.not_passed": _("No side agrees, so things stay as they are."),
    "outcome.not_quorate": _("Too few took part among: %(others)s. Things stay as they are."),
    "outcome.split": _("Nobody is outvoted, and nothing is adopted. To a conciliation each side sends: %(size)s."),
    "outcome.passed.together": _("It is adopted."),
    "outcome.not_passed.together": _("It is not adopted. Things stay as they are."),
    "outcome.not_quorate.together": _("Too few took part on a side. Things stay as they are."),
    "outcome.split.together": _("The sides differ. Nobody is outvoted, and nothing is adopted."),
    "outcome.nobody": _("Nothing is chosen, because nothing was marked."),
    "gradients.spread": _(
        "Full support %(n8)s, support %(n7)s, with reservations %(n6)s, mixed %(n5)s, neutral %(n4)s,"
        " disagree %(n3)s, strongly %(n2)s, veto %(n1)s."
    ),
    "gradients.enough": _("The middle answer supports it."),
    "gradients.too_low": _("The middle answer does not support it."),
    "gradients.veto": _("Vetoes: %(many)s. So it is not adopted."),
    "picked.approval": _("%(what)s: ticked %(got)s times."),
    "picked.score": _("%(what)s: %(got)s points."),
    "picked.not": _("The next one, %(what)s, has %(got)s."),
    "picked.lot": _("Level: %(others)s. The lot chose %(what)s."),
    "schulze.beats": _("%(what)s beats, one by one: %(others)s."),
    "schulze.beats_none": _("%(what)s beats nothing one by one."),
    "schulze.lost_but": _(
        "%(what)s loses to %(over)s one by one. But its strongest path there (%(path)s) is no weaker"
        " than the way back (%(back)s)."
    ),
    "schulze.level": _("Level, neither beats the other: %(others)s."),
    "stv.quota": _("%(ballots)s ballots, seats: %(seats)s. Whoever has %(quota)s votes is sure to be elected."),
    "stv.elected": _("Round %(round)s: %(what)s has %(votes)s votes and is elected."),
    "stv.elected_last": _("Round %(round)s: %(what)s is elected with %(votes)s votes. No more are left than seats."),
    "stv.transferred": _("Round %(round)s: %(surplus)s votes more than %(what)s needs go to the next choices."),
    "stv.excluded": _("Round %(round)s: %(what)s has the fewest votes (%(votes)s). They go to the next choices."),
    "stv.lot": _("Round %(round)s: always level were %(others)s. The lot fell on %(what)s."),
    "shares.begin": _("Everybody begins with %(share)s."),
    "shares.begin.side": _("Everybody of this side begins with %(share)s."),
    "shares.bought": _(
        "Round %(round)s: %(what)s (%(cost)s) is paid for. From %(full)s people %(price)s each,"
        " from %(ended)s what they had left."
    ),
    "shares.bought.all_paid": _(
        "Round %(round)s: %(what)s (%(cost)s) is paid for. %(full)s people pay %(price)s each."
    ),
    "shares.overspent": _("All parts were raised %(raised)s times. Once more would cost %(cost)s: too much."),
    "shares.all_funded": _("All parts were raised %(raised)s times. Everything that anybody wants is paid for."),
    "shares.filled": _("The rest pays for what most want and still fits: %(what)s."),
    "budget.left": _("Left over: %(left)s."),
    "greedy.funded": _("%(what)s (%(cost)s) is paid for: wanted by %(score)s."),
    "greedy.skipped": _("%(what)s (%(cost)s) does not fit into what is left: %(left)s."),
    "you.held": _("Your part was %(share)s."),
    "you.paid": _("Your part helped to pay for %(what)s: %(amount)s."),
    "you.left": _("Not used of your part: %(left)s."),
}
AMOUNTS = {"cost", "left", "share", "price", "amount"}
STEPS: dict[int, str | Promise] = {
    8: _("I support it with all my heart"),
    7: _("I support it"),
    6: _("I support it, with reservations"),
    5: _("I am of two minds"),
    4: _("I am neutral"),
    3: _("I disagree"),
    2: _("I disagree strongly"),
    1: _("I veto it"),
}
YES_NO: dict[str, str | Promise] = {"yes": _("Yes"), "no": _("No"), ABSTAIN: _("I leave it to the others")}
# Why a ballot cannot be counted, said so that it can be put right.
FAULTS: dict[str, str] = {
    "empty": gettext_noop("Nothing is marked yet. Mark something, or tick that you leave it to the others."),
    "twice": gettext_noop("Two have the same number. Give each number once."),
    "order": gettext_noop("A number is missing between. Begin with 1, then 2, and so on."),
    "unknown": gettext_noop("This ballot cannot be counted. Look at it again."),
    "points": gettext_noop("Give from 0 to 5 points."),
    "both": gettext_noop("You marked something, and left it to the others. Do one of the two."),
}
WORDS = {
    "agrees": _("agrees"),
    "disagrees": _("does not agree"),
    "not_quorate": _("took part too little"),
    "took_part": _("took part"),
}
STATES = {"agrees": "agreed", "disagrees": "objects", "not_quorate": "open", "took_part": "none"}


def sentences(
    steps: Iterable[Mapping[str, Any]], side: str = "", *, names: Mapping[str, str] | None = None, unit: str = ""
) -> list[str]:
    """What happened in a count, about one side or ("") about everybody. `names`: of the options, by number."""
    shown = [one for one in steps if one.get("side", "") == side]
    return [str(SENTENCES[one["code"]]) % _facts(one, names or {}, unit) for one in shown]


def name_of(side: str) -> str:
    """What a side is called, for the beginning of a line."""
    name = str(Side(side).label)
    return name[:1].upper() + name[1:]


def names_on(decision: Decision) -> dict[str, str]:
    """What the options of a decision are called, by their numbers as text."""
    return {str(one.number): str(one) for one in Option.objects.on(decision)}


def option_text(decision: Decision, option: Option) -> str:
    """An option on a ballot: its name, and what it costs where a budget is shared out."""
    if not option.cost:
        return str(option)
    return f"{option} ({amount_text(decision, option.cost)})"


def amount_text(decision: Decision, amount: int) -> str:
    """An amount in the unit of the decision's budget."""
    return _amount(amount, decision.settings.get("unit", ""))


def choice_text(decision: Decision, choice: str, names: Mapping[str, str]) -> str:
    """What a ballot says, in words."""
    style = KINDS[decision.rule].style
    if choice == ABSTAIN or style is Style.WORD:
        return str(YES_NO[choice])
    if style is Style.STEP:
        return str(STEPS[int(choice)])
    if style is Style.POINTS:
        return ", ".join(f"{names[str(option)]}: {points}" for option, points in points_of(choice).items())
    if style is Style.RANKS:
        return ", ".join(f"{place}. {names[str(option)]}" for place, option in enumerate(ranks_of(choice), 1))
    return ", ".join(names[str(option)] for option in marks_of(choice))


def _amount(value: object, unit: str) -> str:
    """Minutes as hours, or money; parts of a unit are cut off."""
    whole = int(Fraction(str(value)))
    return hours_text(whole) if unit == "hours" else str(whole)


def _facts(step: Mapping[str, Any], names: Mapping[str, str], unit: str) -> dict[str, Any]:
    return {name: _fact(name, fact, names, unit) for name, fact in step.items()}


def _fact(name: str, fact: Any, names: Mapping[str, str], unit: str) -> Any:
    if isinstance(fact, list):
        return ", ".join(_called(one, names) for one in fact)
    if name in NAMED:
        return _called(fact, names)
    if name in AMOUNTS and unit:
        return _amount(fact, unit)
    if isinstance(fact, str) and "/" in fact and name in {"votes", "surplus", "got"}:
        return f"{float(Fraction(fact)):.5f}".rstrip("0")
    return fact


def _called(one: str, names: Mapping[str, str]) -> str:
    if one in names:
        return names[one]
    return str(Side(one).label) if one in Side.values else one
