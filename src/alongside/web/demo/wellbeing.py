"""Two people of Millbrook and what they keep for themselves: a plan with a step a week, and a family's visits."""

from datetime import datetime, time, timedelta
from typing import Any

from alongside.people.models import Membership
from alongside.programs import shipped
from alongside.programs.models import Program
from alongside.programs.models.program import design_of
from alongside.safeguarding import actions as safeguarding
from alongside.web.demo import programs
from alongside.web.demo.history import Town
from alongside.wellbeing import actions as wellbeing
from alongside.wellbeing.planning import visits_until

WEEKS = 9


def keep(town: Town, *, at: datetime) -> None:
    """A plan of Walter's, which his neighbor reads, and Priya's visits to Amina."""
    _plan(town, town.by_name["Walter Finch"], at=at)
    _visits(town, town.by_name["Amina Yusuf"], town.by_name["Priya Nair"], at=at)


def _plan(town: Town, walter: Membership, *, at: datetime) -> None:
    wants = (("To the mill and back", "Walk to the mill and back without stopping."), ("Cards", "Play cards again."))
    goals = [
        wellbeing.add_goal(
            membership=walter, words=words, by=walter.person, at=at - timedelta(days=60), key=town.key("goal", name)
        )
        for name, words in wants
    ]
    weeks: tuple[tuple[dict[str, Any], str, str], ...] = (
        ({"confidence": 5, "easier": "Only to the bench."}, "partly", "It rained twice. The bench was far enough."),
        ({"confidence": 8}, "done", "Grace came along, which made it easy."),
        ({"confidence": 7}, "", ""),
    )
    for number, (sure, outcome, words) in enumerate(weeks):
        said: dict[str, Any] = {"by": walter.person, "at": at - timedelta(days=7 * (len(weeks) - number) - 4)}
        step = wellbeing.begin_step(membership=walter, goal=goals[0], **said)
        told = {"what": "Walk along the river", "how_much": "To the bench", "when": "After breakfast"}
        for part, value in {**told, "how_often": "Three times", **sure}.items():
            step = wellbeing.answer_step(step=step, part=part, value=value, **said)
        step = wellbeing.keep_step(step=step, **said)
        if outcome:
            after = said["at"] + timedelta(days=6)
            wellbeing.look_back(step=step, outcome=outcome, words=words, by=walter.person, at=after)
    wellbeing.show_plan(
        membership=walter, reader=town.by_name["Grace Osei"], by=walter.person, at=at - timedelta(days=30)
    )


def _visits(town: Town, amina: Membership, priya: Membership, *, at: datetime) -> None:
    """They began nine weeks ago; a birth is expected in nineteen weeks, and Priya has come each time but once."""
    blueprint = next(each for each in shipped.shipped() if "visits" in each.sections)
    began = at - timedelta(weeks=WEEKS)
    program = programs.started(
        town, blueprint.id, "Visits in Millbrook", {"place": "Millbrook"}, by="Daniel Brody", at=began
    )
    programs.join(town, program, [amina, priya], at=began)
    first_day = town.community.day_of(began)
    _check(town, program, priya, at=began)
    series = wellbeing.start_visits(
        program=program,
        membership=amina,
        visitor=priya,
        enrolled_on=first_day,
        day_expected_on=first_day + timedelta(weeks=28),
        agreed_how="in_person",
        by=town.by_name["Daniel Brody"].person,
        at=began,
        key=town.key("visits", "Amina Yusuf"),
    )
    for number, visit in enumerate(visits_until(series, town.community.day_of(at))):
        _settle(visit, number, amina, priya, at=began + timedelta(weeks=number, hours=2))
    coming = visits_until(series, town.community.day_of(at) + timedelta(weeks=4))[0]
    wellbeing.agree_time(visit=coming, day=coming.due_on, time_of_day=time(14, 30), by=priya.person, at=at)
    for words, is_shown in (("Where the cot could stand", True), ("My mother, who is far away", False)):
        wellbeing.wish(
            series=series, words=words, is_shown=is_shown, by=amina.person, at=at, key=town.key("wish", words)
        )


def _check(town: Town, program: Program, priya: Membership, *, at: datetime) -> None:
    """Cora saw what the design asks of whoever visits."""
    cora, design = town.by_name["Cora Lindqvist"].person, design_of(program)
    for name in design["roles"][design["visits"]["who"]]["needs"]:
        months = None if name == "Qualification" else 36
        kind = safeguarding.add_kind(
            community=town.community, name=name, kind="background", months=months, needed=1, by=cora, at=at
        )
        safeguarding.write_check(membership=priya, kind=kind, seen_on=town.community.day_of(at), by=cora, at=at)


def _settle(visit: Any, number: int, amina: Membership, priya: Membership, *, at: datetime) -> None:
    at = max(at, at + (visit.due_on - at.date()))
    if number == 2:
        wellbeing.settle_visit(visit=visit, state="called_off", by=priya.person, at=at)
        return
    wellbeing.settle_visit(visit=visit, state="took_place", held_on=visit.due_on, minutes=60, by=priya.person, at=at)
    if number < 4:
        about_mine = "most" if number else "some"
        wellbeing.tell_share(visit=visit, about_mine=about_mine, by=amina.person, at=at)
