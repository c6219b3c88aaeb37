"""Designs and proposals that say less than usual: nothing to take at a session, no pot yet, words without a value."""

from uuid import uuid4

import pytest

from alongside.decisions.tests.voting import Scene
from alongside.gatherings.models import Part
from alongside.programs import actions
from alongside.programs.about import came_of_it, laid_down
from alongside.programs.models import Session
from alongside.programs.models.program import design_of
from alongside.programs.tests.scenes import LATER, NOON, decided, put_forward, running, scene_about
from alongside.programs.tests.test_delivery import fill_the_pot, hold_session, planned
from alongside.timebank import actions as timebank
from alongside.timebank.ledger.refusals import OverLimit
from alongside.timebank.models import Account

pytestmark = pytest.mark.django_db
COLLEGE = "family-college"


def test_where_a_new_design_names_nothing_to_take_there_is_room_for_all():
    program, sides = running(COLLEGE)
    cohort = planned(program, [])
    less = {"sessions.hands": None, "sessions.extras": None}

    actions.adopt(decision=decided(scene_about(program, sides, less)), at=LATER)

    gatherings = Session.objects.filter(cohort=cohort).values("gathering")
    parts = set(Part.objects.filter(gathering__in=gatherings).values_list("name", "size"))
    assert parts == {("place", None)}


def test_a_program_s_own_pot_is_there_when_its_hours_are_posted():
    program, sides = running(COLLEGE)
    timebank.open_time_bank(community=program.community, by=None, at=NOON)
    own = {"credits.from": "program pot", "credits.attending": "1h"}
    actions.adopt(decision=decided(scene_about(program, sides, own)), at=NOON)
    session = hold_session(planned(program, []), 1, sides["uses"][:2])
    by, then = program.made_by.person, session.gathering.ends_at

    with pytest.raises(OverLimit):
        actions.credit(session=session, by=by, at=then)
    pot = timebank.open_account(community=program.community, holder=program.group, by=by, at=NOON)
    fill_the_pot(sides["uses"][0], 120, pot)
    actions.credit(session=session, by=by, at=then)

    pot.refresh_from_db()
    assert (Account.objects.filter(kind=Account.Kind.GROUP_POT).count(), pot.balance_minutes) == (1, 0)


def test_what_somebody_would_do_next_is_decided_by_the_program_and_may_be_words_alone():
    program, sides = running()
    uma = sides["uses"][0]
    said = actions.look_back(
        program=program, round=1, membership=uma, side="uses", went_well="", went_badly="", next="Bring a kettle.",
        by=uma.person, at=NOON,
    )  # fmt: skip

    proposal = actions.propose_from(said=said, membership=uma, by=uma.person, at=NOON, key=uuid4())
    decision = decided(Scene(program.community, sides, proposal, put_forward(proposal, uma)))

    assert (decision.outcome, laid_down(proposal).rule) == ("passed", "double-majority")
    assert actions.adopt(decision=decision, at=LATER) is None
    assert list(actions.missed()) == []
    assert came_of_it(decision) is None
    assert design_of(program) == program.versions.get().design
