"""Designs that say less than usual: nothing to take at a session, a pot of one's own that nobody has opened."""

import pytest

from alongside.gatherings.models import Part
from alongside.programs import actions
from alongside.programs.models import Session
from alongside.programs.tests.scenes import LATER, NOON, decided, running, scene_about
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
