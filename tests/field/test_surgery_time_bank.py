"""A time bank at a surgery, with patients as brokers (A22): from the start to the next version of the design."""

from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Sum

from alongside.gatherings import actions as gatherings
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import browser_of, community, person_in
from alongside.programs import actions
from alongside.programs.models import Enrolment, Program, Session
from alongside.programs.models.program import design_of
from alongside.programs.rules.sections.giving import credit_of
from alongside.programs.tests.going_round import Sides, agreed, once_around
from alongside.programs.tests.scenes import LATER, NOON, in_it, program_of, ready_to_lead, url
from alongside.safeguarding import actions as safeguarding
from alongside.strengths import actions as strengths
from alongside.strengths.tests.factories import some_category
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Entry

pytestmark = pytest.mark.django_db
SURGERY = "surgery-time-bank"


def begun() -> tuple[Program, Sides]:
    """The program, with patients and two who work there; a doctor refers Olga, who has no screen."""
    town = community()
    timebank.open_time_bank(community=town, by=None, at=NOON)
    staff = [person_in(town, "Dr Rao", roles=[Role.PROFESSIONAL, Role.COORDINATOR]), *[
        person_in(town, name, roles=[Role.PROFESSIONAL]) for name in ("Nurse Lee", "Nurse May")
    ]]  # fmt: skip
    patients = [person_in(town, name) for name in ("Olga", "Bert", "Brita", "Bodil", "Bo", "Ada")]
    program = program_of(staff[0], SURGERY)
    in_it(program, [*staff[1:]])
    for patient in patients:
        came = actions.Came("referral", introduced_by=staff[0])
        actions.enrol(program=program, membership=patient, by=staff[0].person, at=NOON, came=came, channel="in_person")
    return program, {"uses": patients, "provides": staff}


def account(member: Membership) -> Account:
    return timebank.account_of(community=member.community, person=member.person, by=None, at=NOON)


def become_brokers(program: Program, members: list[Membership]) -> None:
    """They hold the step, and Dr Rao has seen what the design asks of brokers."""
    for name in design_of(program)["roles"]["broker"]["needs"]:
        kind = safeguarding.add_kind(
            community=program.community, name=name, kind="induction", months=24, needed=1, by=program.made_by.person,
            at=NOON,
        )  # fmt: skip
        for member in members:
            safeguarding.write_check(
                membership=member, kind=kind, seen_on=NOON.date(), by=program.made_by.person, at=NOON, key=uuid4()
            )
    ready_to_lead(program, members)


def test_peers_broker_at_a_desk_and_hours_add_up_to_nothing():
    program, sides = begun()
    olga, ada, brokers, rao = sides["uses"][0], sides["uses"][5], sides["uses"][1:5], program.made_by
    with pytest.raises(actions.HoldsNoStep):
        plan_the_desk(program, brokers)
    become_brokers(program, brokers)
    desk = plan_the_desk(program, brokers)
    assert desk.gathering.minutes == 180

    # By telephone: Ada helped Olga for an hour and a quarter; one hour is one hour, whatever it was.
    strengths.record_exchange(
        giver=account(ada), receiver=account(olga), minutes=75, category=some_category(program.community),
        helped_on=NOON.date(), by=rao.person, at=NOON, key=uuid4(), on_behalf_of=olga.person, channel="phone",
        consent_of_both=True,
    )  # fmt: skip
    assert [Account.objects.get(pk=account(one).pk).balance_minutes for one in (ada, olga)] == [75, -75]
    total = Entry.objects.filter(account__community=program.community).aggregate(sum=Sum("minutes"))["sum"]
    assert total == 0

    # What a doctor referred somebody for is nowhere: a member sees who takes part, and no more.
    page = browser_of(ada).get(url("people", program.community, program.pk)).content.decode()
    assert "Olga" in page
    assert "Rao" not in page
    assert Enrolment.objects.on(program).filter(way="referral").count() == 6


def plan_the_desk(program: Program, brokers: list[Membership]) -> Session:
    cohort = actions.schedule(
        program=program, first_day=NOON.date() + timedelta(days=7), by=program.made_by.person, at=NOON, key=uuid4(),
        leaders=[actions.Leader(each) for each in brokers],
    )  # fmt: skip
    first: Session = Session.objects.filter(cohort=cohort).select_related("gathering").earliest("gathering__starts_at")
    first.community = first.gathering.community = program.community
    first.cohort = cohort
    return first


def earned_at_the_desk(program: Program) -> int:
    """The three hours there, and what the design gives for preparing."""
    preparing = credit_of(design_of(program)["credits"].get("preparing", "none"))
    assert preparing is not None
    return 180 + preparing


def test_brokers_earn_for_the_desk_and_the_next_version_opens_it_in_the_evening():
    program, sides = begun()
    brokers, rao, bert = sides["uses"][1:5], program.made_by, sides["uses"][1]
    become_brokers(program, brokers)
    desk = plan_the_desk(program, brokers)
    for broker in brokers:
        gatherings.mark(
            gathering=desk.gathering, membership=broker, said="came", by=rao.person, at=desk.gathering.ends_at,
            key=uuid4(),
        )  # fmt: skip
    gatherings.close_attendance(gathering=desk.gathering, by=rao.person, at=desk.gathering.ends_at)
    held = actions.note_held(gathering=desk.gathering, at=desk.gathering.ends_at)
    assert held is not None
    held.gathering, held.cohort = desk.gathering, desk.cohort
    lines = {line.membership: line.minutes for line in actions.lines_of(held)}
    assert set(lines) == set(brokers)
    assert lines[bert] == earned_at_the_desk(program)
    once_around(program, sides)

    made = actions.adopt(decision=agreed(program, sides, {"sessions.starts": "18:00"}), at=LATER)

    assert made is not None
    assert (made.number, program.round, design_of(program)["sessions"]["starts"]) == (2, 2, "18:00")
    zone = ZoneInfo(program.community.time_zone)
    ahead = Session.objects.on(program).to_come(LATER).exclude(pk=held.pk).select_related("gathering")
    assert {one.gathering.starts_at.astimezone(zone).hour for one in ahead[:3]} == {18}
