"""What presses most stands first in the work queue."""

from datetime import timedelta

import pytest

from alongside.strengths.rules.steps import Step
from alongside.strengths.tests.factories import NOON, neighbor, recorded, request_of, step, town
from alongside.strengths.worklist import queue_of

pytestmark = pytest.mark.django_db


def test_what_presses_most_stands_first():
    place = town()
    amina, ben = (neighbor(place, name) for name in ("Amina", "Ben"))
    request_of(amina)
    step(recorded(amina, ben).exchange, Step.DISPUTE, ben)

    listed = [one.work.item.split(":")[0] for one in queue_of(place, at=NOON + timedelta(days=3))]

    assert listed.index("strengths.disputes") < listed.index("strengths.requests")
