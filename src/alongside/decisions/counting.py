"""From a file and the name of a rule to a result: what `alongside count` does between reading and printing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from alongside.decisions.files.blt import read_blt
from alongside.decisions.files.ours import Budget, YesNo, read_ours
from alongside.decisions.files.pabulib import RANKED, Pabulib, read_pabulib
from alongside.decisions.files.preflib import read_preflib
from alongside.decisions.files.reading import BadFile, Rankings, read_text
from alongside.decisions.rules.budgeting import equal_shares as shares
from alongside.decisions.rules.budgeting.election import Ballots, Election, Funded, Project
from alongside.decisions.rules.budgeting.greedy import greedy_skip, greedy_stop
from alongside.decisions.rules.budgeting.phragmen import phragmen
from alongside.decisions.rules.explaining import Step
from alongside.decisions.rules.picking import approval, approvals, score
from alongside.decisions.rules.recounting import YES_NO_RULES, recount
from alongside.decisions.rules.schulze import schulze
from alongside.decisions.rules.scottish import CannotElect, Elected, scottish_stv

Read = Pabulib | Rankings | YesNo | Budget

BUDGETING: dict[str, Callable[[Election], Funded]] = {
    "greedy-skip": greedy_skip,
    "greedy-stop": greedy_stop,
    "mes": shares.equal_shares,
    "mes-add1": shares.equal_shares_add1,
    "mes-add1-exhaustive": shares.equal_shares_add1_exhaustive,
    "equal-power-mes": shares.equal_power,
    "phragmen": phragmen,
}
ELECTING = ("scottish-stv", "schulze", "approval", "score")
RULES = (*BUDGETING, *ELECTING, *YES_NO_RULES)
# What Pabulib calls the rules that we know in full.
RECORDED = {
    "greedy": "greedy-skip",
    "greedy-threshold": "greedy-skip",
    "greedy-no-skip": "greedy-stop",
    "equalshares": "mes",
    "equalshares/add1": "mes-add1",
}
# Greedy with terms that no column holds: honoured where they made no difference to the recorded winners.
WITH_UNWRITTEN_TERMS = ("greedy-custom", "greedy-exclusive")


@dataclass(frozen=True)
class Result:
    """What is printed. `outcome` for yes-or-no rules, `winners` for the others, `cost` for budgets."""

    rule: str
    steps: Sequence[Step]
    names: Mapping[str, str] = field(default_factory=dict)
    winners: tuple[str, ...] | None = None
    cost: Fraction | None = None
    outcome: str | None = None
    lots: int = 0


@dataclass(frozen=True)
class Wishes:
    """What the command line says besides rule and file; None: as in the file. `seed` is for lots."""

    seats: int | None = None
    budget: Fraction | None = None
    seed: str = ""


def read_file(path: Path) -> Read:
    """Read a file by its ending, or by how it begins. Raises BadFile."""
    text = read_text(path)
    start, kind = text.lstrip()[:4].upper(), path.suffix.lower()
    if kind == ".pb" or (kind not in _ENDINGS and start == "META"):
        return read_pabulib(text)
    if kind == ".json" or (kind not in _ENDINGS and start.startswith("{")):
        return read_ours(text)
    if kind in {".soi", ".soc", ".toc", ".toi"} or (kind not in _ENDINGS and start.startswith("#")):
        return read_preflib(text)
    if kind == ".blt" or start[:1].isdigit():
        return read_blt(text)
    raise BadFile("expected a file of the kind .pb, .blt, .soi, .toc or .json", line=1)


_ENDINGS = {".pb", ".json", ".soi", ".soc", ".toc", ".toi", ".blt"}


def count(rule: str, found: Read, wishes: Wishes) -> Result:
    """Count by a rule of RULES, or "auto": the rule the file records. Raises BadFile where that cannot be."""
    recorded = ""
    if rule == "auto":
        recorded, rule = rule_in(found)
    result = _counted(rule, found, wishes)
    if recorded in WITH_UNWRITTEN_TERMS:
        _check_unwritten(recorded, found, result)
    return result


def rule_in(found: Read) -> tuple[str, str]:
    """The rule a file records: in its own words, and in ours."""
    if isinstance(found, Rankings) or not found.rule:
        raise BadFile("expected a rule recorded in the file; name one instead of auto")
    recorded = found.rule
    if isinstance(found, YesNo | Budget):
        if recorded not in RULES:
            raise BadFile(f'expected a rule we can count; the file records "{recorded}"')
        return recorded, recorded
    if recorded == "greedy-threshold" and found.election.threshold is None:
        raise BadFile("expected min_project_score_threshold in META, as the rule is greedy-threshold")
    if recorded in WITH_UNWRITTEN_TERMS:
        return recorded, "greedy-skip"
    if recorded not in RECORDED:
        raise BadFile(f'expected a rule we can count; the file records "{recorded}"')
    return recorded, RECORDED[recorded]


def _check_unwritten(recorded: str, found: Read, result: Result) -> None:
    selected = found.selected if isinstance(found, Pabulib) else None
    if selected is None or set(selected) != set(result.winners or ()):
        raise BadFile(
            f'expected a rule we can count; the file records "{recorded}", whose terms are not in its columns,'
            " and plain greedy gives other winners than it records"
        )


def _counted(rule: str, found: Read, wishes: Wishes) -> Result:
    if rule in YES_NO_RULES:
        if not isinstance(found, YesNo):
            raise BadFile(f"expected a .json file with rolls and votes for the rule {rule}")
        decided = recount(rule, found.sides, quorum=found.quorum, threshold=found.threshold)
        return Result(rule, decided.steps, outcome=str(decided.outcome))
    if isinstance(found, YesNo):
        raise BadFile(f"expected ballots for the rule {rule}; this file holds yes and no")
    if rule in BUDGETING:
        return _budgeted(rule, found, wishes)
    try:
        elected = _elected(rule, found, wishes)
    except CannotElect:
        raise BadFile("expected at least as many candidates as seats") from None
    return Result(rule, elected.steps, _names(found), elected.winners, lots=elected.lots)


def _budgeted(rule: str, found: Pabulib | Budget | Rankings, wishes: Wishes) -> Result:
    election = _committee(rule, found, wishes) if isinstance(found, Rankings) else found.election
    if wishes.budget is not None:
        election = replace(election, budget=wishes.budget)
    try:
        funded = BUDGETING[rule](election)
    except shares.CannotShare as error:
        if error.why == "points":
            raise BadFile(f"expected approval ballots for the rule {rule}, found {election.kind}") from None
        raise BadFile(f'expected voters of two or more sides for the rule {rule}: a column "side" says which') from None
    return Result(rule, funded.steps, _names(found), funded.winners, funded.cost)


def _committee(rule: str, found: Rankings, wishes: Wishes) -> Election:
    """Seats as a budget: everybody costs one, and whoever is ranked is approved."""
    seats = wishes.seats or found.seats
    if rule != "phragmen" or seats is None:
        raise BadFile(f"expected a .pb file for the rule {rule}" if rule != "phragmen" else "expected --seats")
    place_of = {one: place for place, one in enumerate(found.candidates)}
    ballots = [
        Ballots(tuple(sorted(place_of[one] for rank in ranks for one in rank)), many) for ranks, many in found.ballots
    ]
    return Election(Fraction(seats), [Project(one, Fraction(1)) for one in found.candidates], ballots)


def _elected(rule: str, found: Pabulib | Budget | Rankings, wishes: Wishes) -> Elected:
    if isinstance(found, Budget):
        raise BadFile(f"expected a .pb, .blt or PrefLib file for the rule {rule}")
    if rule == "score":
        return _scored(found, wishes)
    if rule == "approval":
        candidates, ballots = _approvals(found)
        return approval(candidates, approvals(ballots), wishes.seats or 1, seed=wishes.seed)
    rankings = _ranked(found)
    if rule == "schulze":
        return schulze(rankings.candidates, rankings.ballots)
    seats = wishes.seats or rankings.seats
    if seats is None:
        raise BadFile("expected --seats, as the file does not say how many there are")
    return scottish_stv(rankings.candidates, rankings.strict(), seats, seed=wishes.seed)


def _ranked(found: Pabulib | Rankings) -> Rankings:
    if isinstance(found, Rankings):
        return found
    if found.election.kind != RANKED:
        raise BadFile(f"expected ranked ballots, found {found.election.kind}")
    ballots = [(tuple([(one,) for one in order]), many) for order, many in found.orders]
    return Rankings([project.id for project in found.election.projects], ballots)


def _approvals(found: Pabulib | Rankings) -> tuple[Sequence[str], list[tuple[Sequence[str], int]]]:
    if isinstance(found, Rankings):
        return found.candidates, [([one for rank in ranks for one in rank], many) for ranks, many in found.ballots]
    return [project.id for project in found.election.projects], list(found.orders)


def _scored(found: Pabulib | Rankings, wishes: Wishes) -> Elected:
    if isinstance(found, Rankings) or found.election.kind not in {"cumulative", "scoring", RANKED}:
        raise BadFile("expected ballots with points or ranks in a .pb file for the rule score")
    points = {
        project.id: Fraction(got) for project, got in zip(found.election.projects, found.election.scores, strict=True)
    }
    return score(list(points), points, wishes.seats or 1, seed=wishes.seed)


def _names(found: Read) -> Mapping[str, str]:
    if isinstance(found, Rankings):
        return found.names
    if isinstance(found, YesNo):
        return {}
    return {project.id: project.name for project in found.election.projects if project.name}
