"""A nursery that parents of Millbrook run: eight families share the days, and one looks for somebody else."""

from datetime import datetime, timedelta
from itertools import cycle

from alongside.people.models import Household, Membership
from alongside.programs import actions as programs
from alongside.programs import shipped
from alongside.programs.models import Program
from alongside.rota import actions as rotas
from alongside.rota.models import Assignment, Duty, Rota
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.web.demo.history import Town
from alongside.web.demo.programs import OLDEST, finish, lead, started

PARENT, KEEPER = "Grace Osei", "Cora Lindqvist"
LEADING = {"uses": PARENT, "provides": "Daniel Brody"}
# What came of planning, designing and agreeing on what is brought.
MADE = (
    "Somewhere near, where parents may stay as long as a child needs.",
    "Open every weekday from half past eight, with a parent beside two teachers.",
    "The old reading room, £900 for toys and mats, and a day each from eight families.",
)
FAMILIES = 8
# Newer neighbors than the learners of the college.
FIRST_OF_THEM = 18
# What parents need by the design, as the blueprint calls it.
INDUCTION, BACKGROUND = "Induction", "Background check"
WEEKS, WEEKS_DONE = 5, 2


def run(town: Town, *, began: datetime, at: datetime) -> None:
    """Begun four months ago; its rota is in the third of five weeks."""
    if at - began < OLDEST:
        return
    nursery = next(each for each in shipped.shipped() if "rota" in each.sections)
    program = started(town, nursery.id, "Little Otters nursery", {}, by="Daniel Brody", at=at - timedelta(days=120))
    parents = _families(town, program, at=at - timedelta(days=100))
    _check(town, parents, at=at - timedelta(days=95))
    for number, words in enumerate(MADE):
        finish(town, program, LEADING, words, at=at - timedelta(days=90 - 10 * number))
    lead(town, program, LEADING, at=at - timedelta(days=60))
    rota = _rota(town, program, parents, at=at)
    _what_became(town, rota, at=at)
    _looks_for_somebody(town, rota, at=at)


def _families(town: Town, program: Program, *, at: datetime) -> list[Membership]:
    """One family of three, and parents who keep their household to themselves."""
    home = Household.objects.of(town.community).get(name="The Osei family")
    grace = town.by_name[PARENT]
    newest = sorted(town.by_name.values(), key=lambda each: -each.number)
    alone = [each for each in newest if each.person.acts_alone(at.date()) and each.pk != grace.pk]
    came = programs.Came(way="household", household=home)
    programs.enrol(program=program, membership=grace, by=grace.person, at=at, came=came)
    parents = [grace, *alone[FIRST_OF_THEM : FIRST_OF_THEM + FAMILIES - 1]]
    for parent in parents[1:]:
        programs.enrol(program=program, membership=parent, by=parent.person, at=at)
    return parents


def _check(town: Town, parents: list[Membership], *, at: datetime) -> None:
    """Cora saw what parents need before they have a day."""
    by = town.by_name[KEEPER].person
    for name, sort in ((INDUCTION, "induction"), (BACKGROUND, "background")):
        kind = CheckKind.objects.of(town.community).filter(name=name).first() or safeguarding.add_kind(
            community=town.community, name=name, kind=sort, months=36, needed=1, by=by, at=at
        )
        for parent in parents:
            safeguarding.write_check(
                membership=parent, kind=kind, seen_on=town.community.day_of(at), by=by, at=at, channel="in_person"
            )


def _rota(town: Town, program: Program, parents: list[Membership], *, at: datetime) -> Rota:
    """Turn by turn, which is as fair as any search could find here; published a week before it began."""
    today = town.community.day_of(at)
    first = today - timedelta(days=today.weekday() + 7 * WEEKS_DONE)
    by, made = town.by_name[KEEPER].person, at - timedelta(days=7 * WEEKS_DONE + 14)
    rota = rotas.make_rota(
        program=program, first_day=first, last_day=first + timedelta(days=7 * WEEKS - 3), by=by, at=made,
        key=town.key("rota", str(program.pk)),
    )  # fmt: skip
    for duty, parent in zip(_duties(rota), cycle(parents)):
        rotas.place(duty=duty, membership=parent, despite_rules=True, by=by, at=made)
    rota.refresh_from_db()
    rota.community = rota.program.community = town.community
    return rotas.publish(rota=rota, by=by, at=made + timedelta(days=1))


def _duties(rota: Rota) -> list[Duty]:
    duties = list(Duty.objects.of(rota.community).filter(rota=rota).order_by("starts_at"))
    for duty in duties:
        duty.rota, duty.community = rota, rota.community
    return duties


def _held(rota: Rota) -> list[Assignment]:
    rows = list(Assignment.objects.on(rota).standing().with_people().in_order())
    for one in rows:
        one.duty.rota = rota
        one.community = one.duty.community = one.membership.community = rota.community
    return rows


def _what_became(town: Town, rota: Rota, *, at: datetime) -> None:
    """All that is over was done, but for one day on which somebody was ill."""
    by = town.by_name["Daniel Brody"].person
    over = [one for one in _held(rota) if one.duty.starts_at < at - timedelta(days=2)]
    for number, one in enumerate(over):
        rotas.settle_duty(assignment=one, outcome="not_done" if number == 3 else "done", by=by, at=at)


def _looks_for_somebody(town: Town, rota: Rota, *, at: datetime) -> None:
    """Grace cannot come on her next day and would take another's instead."""
    grace = town.by_name[PARENT]
    ahead = next(one for one in _held(rota) if one.duty.starts_at > at and one.membership_id == grace.pk)
    rotas.ask_swap(assignment=ahead, takes_back=True, by=grace.person, at=at, key=town.key("swap", str(ahead.pk)))
