"""The course of Millbrook is being held: some sessions are over, their hours posted, others are still to come."""

from datetime import datetime, timedelta

from alongside.gatherings import actions as gatherings
from alongside.people.models import Membership
from alongside.programs import actions as programs
from alongside.programs.models import Cohort, Program, Session
from alongside.web.demo import pathway
from alongside.web.demo.history import Town

LEADERS = ("Hanna Weiss", "Tomás Herrera")
HELD = 3


def hold(town: Town, *, at: datetime) -> None:
    """Twelve people began four weeks ago; three sessions were held, and leaders got hours for the first one."""
    program = Program.objects.of(town.community).select_related("group").filter(title__startswith="Living well").first()
    if program is None:
        return
    program.community = town.community
    began, cora = at - timedelta(days=27), town.by_name["Cora Lindqvist"].person
    people = _people(town)
    for member in people:
        programs.enrol(program=program, membership=member, by=member.person, at=began)
    programs.write_licence(
        program=program, of="The course materials that we use", holder="Millbrook surgery", reference="MW 204",
        starts_on=town.community.day_of(began), by=cora, at=began, key=town.key("licence", program.title),
    )  # fmt: skip
    pathway.find_leaders(town, program, at=began)
    cohort = programs.schedule(
        program=program, first_day=town.community.day_of(began),
        leaders=[programs.Leader(town.by_name[name], name == LEADERS[0]) for name in LEADERS],
        by=cora, at=began, key=town.key("cohort", program.title),
    )  # fmt: skip
    _hold(town, cohort, people, at=at)
    pathway.take_steps(town, program, at=at)


def _people(town: Town) -> list[Membership]:
    """Twelve grown people, those who speak for the course first; who leads it learns nothing there."""
    members = sorted(town.by_name.values(), key=lambda each: each.number)
    grown = [one for one in members if one.person.born_on is None or one.person.born_on.year < 2005]
    first = [town.by_name[name] for name in ("Walter Finch", "Amina Yusuf")]
    leading = {town.by_name[name].pk for name in LEADERS}
    return [one for one in dict.fromkeys([*first, *grown]) if one.pk not in leading][:12]


def _hold(town: Town, cohort: Cohort, people: list[Membership], *, at: datetime) -> None:
    rows = (
        Session.objects.of(town.community).filter(cohort=cohort, gathering__ends_at__lt=at).select_related("gathering")
    )
    cora = town.by_name["Cora Lindqvist"].person
    for session in rows.order_by("number")[:HELD]:
        session.community = session.gathering.community = town.community
        session.cohort = cohort
        came = [one for one in people if town.chance.random() < 0.85] + [town.by_name[name] for name in LEADERS]
        ended = session.gathering.ends_at
        for member in came:
            gatherings.mark(
                gathering=session.gathering, membership=member, said="came", by=cora, at=ended,
                key=town.key("came", f"{session.number}{member.number}"),
            )  # fmt: skip
        gatherings.close_attendance(gathering=session.gathering, by=cora, at=ended)
        programs.note_held(gathering=session.gathering, at=ended)
        if session.number == 1:
            session.refresh_from_db()
            session.community = session.gathering.community = town.community
            session.cohort = cohort
            programs.credit(session=session, by=cora, at=ended + timedelta(hours=1))
