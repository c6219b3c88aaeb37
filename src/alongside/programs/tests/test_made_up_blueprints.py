"""No code knows a blueprint: files that nobody wrote start, run, and are changed by both sides like any other."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from alongside.gatherings import actions as gatherings
from alongside.kernel.db import is_postgresql
from alongside.people import actions as people
from alongside.people.models import BodyMember, Household, Role
from alongside.people.tests.factories import child_in, community, person_in
from alongside.programs import actions
from alongside.programs.models import Session, StageRun
from alongside.programs.models.program import design_of
from alongside.programs.rules.blueprint import fill, read
from alongside.programs.rules.design import design_faults
from alongside.programs.serving import sections
from alongside.programs.tests.going_round import agreed, once_around
from alongside.programs.tests.made_up import blueprints, designs
from alongside.programs.tests.scenes import LATER, NOON, everybody_in, in_it, ready_to_lead
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import CheckKind
from alongside.timebank import actions as timebank
from alongside.timebank.models import Account, Transfer

pytestmark = pytest.mark.django_db
# Each try runs a whole program: to look for a smaller file that fails too would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
SOME = settings(max_examples=10, suppress_health_check=list(HealthCheck), phases=PHASES)
MANY = settings(SOME, max_examples=10 if is_postgresql() else 30)
SOON = NOON.date() + timedelta(days=14)


@given(blueprints())
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_what_is_drawn_reads_as_a_blueprint_and_fills_in_to_its_design(drawn):
    text, answers, design = drawn

    assert fill(read(text, sections()), answers, sections()) == design


@pytest.mark.first_look
@given(blueprints(), designs())
@SOME
def test_any_blueprint_starts_runs_once_around_and_comes_to_its_next_version(drawn, other):
    from_start_to_next_version(drawn, other)


@pytest.mark.all_variants
@given(blueprints(), designs())
@MANY
def test_many_blueprints_start_run_once_around_and_come_to_their_next_version(drawn, other):
    from_start_to_next_version(drawn, other)


def from_start_to_next_version(drawn, other):
    text, answers, design = drawn
    with transaction.atomic():
        sides = everybody_in(community(), each=4)
        sides |= others_for(design, sides["uses"][0])
        timebank.open_time_bank(community=sides["uses"][0].community, by=None, at=NOON)
        program = started(text, answers, sides["provides"][0])
        assert design_of(program) == design
        in_it(program, [member for members in sides.values() for member in members if member != program.made_by])
        people_come_in(program, sides["uses"])
        sessions_are_held(program, sides)
        once_around(program, sides)
        assert (program.round, StageRun.objects.on(program).open().count()) == (2, 1)

        name, value = a_part_of(other, design)
        made = actions.adopt(decision=agreed(program, sides, {name: value}), at=LATER)

        assert made is not None
        assert (made.number, design_of(program)) == (2, {**design, name: value})
        transaction.set_rollback(True)


def started(text, answers, by):
    """The program that a file makes once it is brought in and its questions are answered."""
    file = actions.import_blueprint(community=by.community, text=text, by=by.person, at=NOON)
    beginning = actions.begin(membership=by, file=file, by=by.person, at=NOON)
    for key, value in {**answers, "title": "Made up"}.items():
        beginning = actions.answer(beginning=beginning, key=key, value=value, by=by.person, at=NOON)
    return actions.start(beginning=beginning, by=by.person, at=NOON, key=uuid4())


def a_part_of(other, design):
    """A section of another design that fits into this one and is not the same, and its name."""
    for name in sorted(other, key=lambda name: (name == "purpose", name)):
        if design.get(name) != other[name] and not design_faults({**design, name: other[name]}, sections()):
            return name, other[name]
    return "purpose", {**design["purpose"], "why": "Because we said so."}


def others_for(design, uses):
    """Somebody for each further side that the design names: who brings a child up, funds it, keeps it."""
    town, found = uses.community, {}
    if "family" in design["sides"]:
        found["kin"] = [person_in(town, "Kim", roles=[])]
        kim, told = found["kin"][0], {"community": town, "by": uses.person, "at": NOON}
        home = people.make_body(kind=Household, name="Home", leader=kim, **told)
        kit = child_in(town, "Kit")
        people.join_body(body=home, membership=kit, part=BodyMember.Part.CHILD, by=kim.person, at=NOON)
    for side, key, role in (("funders", "funds", Role.COMMISSIONER), ("keepers", "keeps", Role.STEWARD)):
        if side in design["sides"]:
            found[key] = [person_in(town, f"Fay who {key}", roles=[role])]
    return found


def people_come_in(program, members):
    """By the first way that the design has; who finds it full is told so."""
    way = next(iter(design_of(program).get("enrolment", {}).get("by", ["person"])))
    for member in members:
        home: Any = None
        if way == "household":
            home = people.make_body(
                kind=Household, community=program.community, name=f"Home of {member}", leader=member, by=member.person,
                at=NOON,
            )  # fmt: skip
        try:
            came = actions.Came(way=way, household=home, introduced_by=program.made_by)
            actions.enrol(program=program, membership=member, came=came, by=member.person, at=NOON)
        except actions.ProgramIsFull:
            assert not design_of(program)["enrolment"].get("waiting_list", False)


def sessions_are_held(program, sides):
    """Where there are sessions: what is asked is in order, they are planned, the first is held and its hours posted."""
    design = design_of(program)
    if "sessions" not in design:
        return
    leaders = in_order(program, design, sides)
    cohort = actions.schedule(
        program=program, first_day=SOON, by=program.made_by.person, at=NOON, key=uuid4(),
        leaders=[actions.Leader(each, from_lived_experience=True) for each in leaders],
    )  # fmt: skip
    first: Any = Session.objects.filter(cohort=cohort).select_related("gathering").order_by("number").first()
    first.community = first.gathering.community = cohort.community
    first.cohort, ends = cohort, first.gathering.ends_at
    by = program.made_by.person
    for member in sides["uses"]:
        gatherings.mark(gathering=first.gathering, membership=member, said="came", by=by, at=ends, key=uuid4())
    gatherings.close_attendance(gathering=first.gathering, by=by, at=ends)
    held: Any = actions.note_held(gathering=first.gathering, at=ends)
    held.gathering, held.cohort = first.gathering, cohort
    pots_are_full(program, sides["uses"])
    with suppress(actions.NothingEarned):
        assert actions.credit(session=held, by=by, at=ends)


def in_order(program, design, sides):
    """A licence, and as many leaders with every check as the design asks for."""
    by = program.made_by.person
    licence = design.get("requires", {}).get("licence")
    if licence:
        actions.write_licence(
            program=program, of=licence["of"], holder="Us", starts_on=NOON.date(), by=by, at=NOON, key=uuid4()
        )
    asked = design["sessions"].get("leaders", {"count": 0})
    leaders = [person_in(program.community, f"Lea {n}", roles=[Role.PEER_LEADER]) for n in range(asked["count"])]
    for name in dict.fromkeys(design["roles"][asked["role"]].get("needs", []) if asked["count"] else []):
        known = {kind.name.casefold(): kind for kind in CheckKind.objects.filter(community=program.community)}
        kind = known.get(name.casefold()) or safeguarding.add_kind(
            community=program.community, name=name, kind="induction", months=120, needed=1, by=by, at=NOON
        )
        for one in leaders:
            for _turn in range(kind.needed):
                safeguarding.write_check(membership=one, kind=kind, seen_on=NOON.date(), by=by, at=NOON, key=uuid4())
    ready_to_lead(program, leaders)
    return leaders


def pots_are_full(program, members):
    """Everybody gives the pots more than a session can cost."""
    town = program.community
    given: dict[str, Any] = {"helped_on": NOON.date(), "at": NOON, "kind": Transfer.Kind.GIFT}
    group = timebank.open_account(community=town, holder=program.group, by=None, at=NOON)
    pots = [group, Account.objects.get(community=town, kind=Account.Kind.COMMUNITY_POT)]
    for member in members:
        payer = timebank.account_of(community=town, person=member.person, by=None, at=NOON)
        timebank.set_limits(account=payer, by=None, at=NOON, floor_minutes=None)
        for pot in pots:
            timebank.pay(payer=payer, payee=pot, minutes=24 * 60, by=member.person, key=uuid4(), category=None, **given)
