"""Whoever acts for a parent sees the family's duties only where the parent has asked them to."""

from datetime import timedelta
from uuid import uuid4

import pytest

from alongside.kernel.clock import now, today
from alongside.people.tests.factories import browser_of
from alongside.programs.tests.test_walks_of_an_attacker import acting_for
from alongside.rota import actions
from alongside.rota.permissions import DO_DUTIES
from alongside.rota.tests.exchanges import Scene
from alongside.rota.tests.scenes import NOON, Nursery, url
from alongside.rota.tests.times import later

pytestmark = pytest.mark.django_db


def test_the_family_s_ledger_and_its_reasons_open_for_the_ability_of_duties_alone():
    here = Nursery(2)
    parent, helper = here.parents
    actions.exempt(
        program=here.program, family_key=here.key(parent), first_day=today(), last_day=today() + timedelta(days=9),
        reason="A new baby", by=here.cora.person, at=now(), key=uuid4(),
    )  # fmt: skip
    place = url("my_family", here.town, here.program.pk)

    assert acting_for(parent, helper, "timebank.see").get(place).status_code == 403
    assert "A new baby" in acting_for(parent, helper, DO_DUTIES).get(place).content.decode()


def test_a_helper_hears_that_somebody_cannot_take_a_duty_and_not_what_they_lack():
    it = Scene()
    unchecked = it.here.family("Ugo", checks=())
    swap = it.asks(of=unchecked)
    page, take = (url(name, it.here.town, swap.pk) for name in ("swap", "take_swap"))

    with later(NOON):
        own = browser_of(unchecked).get(page).content.decode()
        helper = acting_for(unchecked, it.cem, DO_DUTIES)
        told = helper.get(page).content.decode() + helper.post(take, follow=True).content.decode()

    assert "You do not have what this duty needs: Induction." in own
    assert told.count("This person cannot take it. They alone read why.") == 2
    assert "what this duty needs" not in told
