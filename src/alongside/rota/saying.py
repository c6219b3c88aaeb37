"""What the rules say about a rota, in the reader's language: sayings kept as codes with facts, and told with names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.rota.lacking import hides, missing_checks
from alongside.rota.models import Version
from alongside.rota.planning import Plan
from alongside.rota.rules.checking import Violation
from alongside.rota.rules.program import Kind
from alongside.rota.rules.wording import ENGLISH
from alongside.rota.rules.words import Saying, sentence

_DAY = "day:"
_MORE = "clash.more"


def kept(sayings: Iterable[Saying]) -> list[dict[str, Any]]:
    """Sayings as a database keeps them: ids and numbers, never names."""
    return [{"code": one.code, "facts": {name: _kept(fact) for name, fact in one.facts.items()}} for one in sayings]


def _kept(fact: Any) -> Any:
    if isinstance(fact, date):
        return f"{_DAY}{fact.isoformat()}"
    return [list(each) for each in fact] if isinstance(fact, tuple) else fact


@dataclass(frozen=True)
class Told:
    """One sentence about a clash. `kind`: "clash", "rule", or "relief", what giving way on the rule before brings."""

    kind: str
    words: str


def told(version: Version, plan: Plan) -> list[Told]:
    """The clashes that a search met, in sentences: those of one clash together.

    A clash that says no more than that a check is missing is left out, for that is said in one line. After the first,
    that a rule alone does not help goes without saying.
    """
    names, missing = names_of(plan), missing_checks(plan)
    shown: list[Told] = []
    for place, clash in enumerate(_clashes(each for each in version.told if each["code"] != _MORE)):
        if any(hides(missing, plan, each["code"], each["facts"].get("detail")) for each in clash):
            continue
        left_out = {"relief.still" if place else "", "" if shown else "clash.next"}
        shown += [_told(each, names) for each in clash if each["code"] not in left_out]
    return shown + [_told(each, names) for each in version.told if shown and each["code"] == _MORE]


def _told(each: dict[str, Any], names: Mapping[str, str]) -> Told:
    return Told(each["code"].partition(".")[0], _sentence(each["code"], each["facts"], names))


def _clashes(sayings: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The sayings of each clash."""
    clash: list[dict[str, Any]] = []
    for each in sayings:
        if each["code"] == "clash.next" and clash:
            yield clash
            clash = []
        clash.append(each)
    if clash:
        yield clash


def _sentence(code: str, facts: Mapping[str, Any], names: Mapping[str, str]) -> str:
    told = {name: _fact(fact, names) for name, fact in facts.items()}
    return sentence(Saying(code, told), names, _(ENGLISH[code]))


def _fact(fact: Any, names: Mapping[str, str]) -> Any:
    if isinstance(fact, list):
        return tuple(tuple(names.get(id, _named(id)) for id in each) for each in fact)
    if isinstance(fact, str) and fact.startswith(_DAY):
        return date_format(date.fromisoformat(fact.removeprefix(_DAY)), "j F")
    return fact


def _named(id: str) -> str:
    """A session by its day; somebody or something that is not there any more, by a dash."""
    day, mark, _place = id.partition("#")
    return date_format(date.fromisoformat(day), "l j F") if mark else "–"


def names_of(plan: Plan) -> dict[str, str]:
    """What people, families and duties are called."""
    people = {key: member.person.name for key, member in plan.people.items()}
    homes = {key: home.name for key, home in plan.pool.homes.items()}
    duties = {key: f"{duty.name}, {date_format(duty.day, 'l j F')}" for key, duty in plan.duties.items()}
    return {**people, **homes, **duties}


def result_of(version: Version) -> str:
    """How good it is, in one sentence."""
    if version.result == Version.Result.BEST:
        return _(ENGLISH["proof.best"])
    if version.result == Version.Result.WITHIN and version.gap:
        return sentence(Saying("proof.within", {"percent": version.gap / 100}), {}, _(ENGLISH["proof.within"]))
    if version.result == Version.Result.FOUND:
        return _(ENGLISH["proof.found"])
    if version.result == Version.Result.OPEN:
        return _(
            "No rota with everybody on every duty was found. Fill the open places by hand, or let people take them."
        )
    return _("There is no rota that keeps all these rules.")


def moves_of(version: Version) -> str:
    """How much changed hands; "" for the first search and where nothing did."""
    if not version.moves or version.number == 1:
        return ""
    code = "moves.fewest" if version.fewest_moves else "moves"
    return sentence(Saying(code, {"moves": version.moves}), {}, _(ENGLISH[code]))


def broken_rules(plan: Plan | None, broken: Iterable[Violation]) -> list[str]:
    """Which rules a change would break, one sentence each."""
    names = names_of(plan) if plan else {}
    return list(dict.fromkeys(_broken(one, names) for one in broken))


def _broken(one: Violation, names: Mapping[str, str]) -> str:
    who = names.get(one.who[0], "") if one.who else ""
    words = {
        Kind.APART: "",
        Kind.WEEK: _("%(who)s would have more duties in this week than agreed."),
        Kind.SPACING: _("The duties of %(who)s would be too close together."),
        Kind.FAIR: _("%(who)s would be too far from an equal share."),
        Kind.MOST: _("%(who)s would have more duties than agreed."),
        Kind.LEAST: _("%(who)s would have fewer duties than they owe."),
        Kind.HAND: _("Something else was set by hand."),
        Kind.AWAY: _("%(who)s cannot come then, or is not in the pool on that day."),
        Kind.SOMEBODY: _("Nobody there would have this: %(detail)s."),
        Kind.EVERYBODY: _("%(who)s does not have what this duty needs: %(detail)s."),
        Kind.CHECKED: _("There would be too few checked adults for the children."),
        Kind.FILLED: _("A place stays open."),
        Kind.ONCE: _("%(who)s has another duty at this time."),
    }[one.kind]
    return words % {"who": who, "detail": one.detail}


def own_matters(plan: Plan, broken: Iterable[Violation]) -> list[str]:
    """The same to the one whom it is about, in sentences that nobody else reads."""
    return list(dict.fromkeys(_own(one) for one in broken))


def _own(one: Violation) -> str:
    words = {
        Kind.WEEK: _("Your family would have more duties in this week than agreed."),
        Kind.SPACING: _("The duties of your family would be too close together."),
        Kind.MOST: _("Your family would have more duties than agreed."),
        Kind.AWAY: _("You cannot come then, or a check of yours is not in date on that day."),
        Kind.SOMEBODY: _("Somebody there must have this, and you do not: %(detail)s."),
        Kind.EVERYBODY: _("You do not have what this duty needs: %(detail)s."),
        Kind.CHECKED: _("This duty needs somebody with a check that you do not have."),
        Kind.ONCE: _("You have another duty at this time."),
    }.get(one.kind, _("A rule of the program does not allow it."))
    return words % {"detail": one.detail}
