"""However much waits for somebody, the first page and the one of decisions ask the database no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.decisions.tests.voting import Scene, opened, proposal_of, scene
from alongside.gatherings import actions as gatherings
from alongside.gatherings.tests import gatherings as calendar
from alongside.kernel.clock import now, today
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import browser_of, person_in
from alongside.strengths.rules.steps import Step
from alongside.strengths.tests import factories as help_between
from alongside.timebank import actions as timebank

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 4


class Busy:
    """A coordinator who helps, votes, comes to things and gets letters."""

    def __init__(self) -> None:
        self.place: Scene = scene(uses=6, provides=2)
        timebank.open_time_bank(community=self.place.town, by=None, at=now())
        cora = person_in(self.place.town, "Cora", roles=[Role.COORDINATOR])
        self.cora, self.amina = self.neighbor(cora), self.neighbor(self.place.sides["uses"][0])

    def neighbor(self, member: Membership) -> help_between.Neighbor:
        account = timebank.account_of(community=self.place.town, person=member.person, by=None, at=now())
        return help_between.Neighbor(member, account)

    def happens(self, times: int) -> None:
        for number in range(times):
            self.talked_over(f"Proposal {number}")
            self.helps()
            self.comes()

    def talked_over(self, title: str) -> None:
        author = self.place.sides["uses"][0]
        proposal_of(author, title)
        proposal, version = proposal_of(author, f"{title} to the vote")
        place = Scene(self.place.town, self.place.sides, proposal, version)
        opened(place, at=now(), closes_at=now() + timedelta(days=7))

    def helps(self) -> None:
        """One asks for help and waits for an answer, another was answered."""
        told: dict[str, Any] = {"at": now(), "helped_on": today() + timedelta(days=2)}
        help_between.asked(self.cora, self.amina, **told)
        help_between.step(help_between.asked(self.cora, self.amina, **told), Step.AGREE, self.cora, at=now())

    def comes(self) -> None:
        """Somebody is put down for one gathering and puts themself down for another."""
        for by in (self.amina, self.cora):
            soon = calendar.made(self.place.town, 5, starts_at=now() + timedelta(days=2), at=now())
            coordinator = person_in(self.place.town, "Another", roles=[Role.COORDINATOR])
            booker = self.cora if by is self.cora else self.neighbor(coordinator)
            gatherings.book(gathering=soon, membership=self.cora.membership, by=booker.person, at=now())

    def questions(self, page: str) -> int:
        browser, address = browser_of(self.cora.membership), reverse(page, args=[self.place.town.slug])
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        return len(asked)


@pytest.mark.parametrize("page", ["web:home", "decisions:home"])
def test_more_of_everything_that_waits_asks_no_more_questions(page: str) -> None:
    busy = Busy()
    busy.happens(FEW)
    few = busy.questions(page)

    busy.happens(MANY)

    assert busy.questions(page) == few
