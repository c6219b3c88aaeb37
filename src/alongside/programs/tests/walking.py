"""A course in which people walk a pathway: sessions held, trainings done, mentors beside them."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from alongside.gatherings import actions as gatherings
from alongside.people.models import Membership, Role
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.models import Cohort, PathStep, Program, Session
from alongside.programs.tasks_pathway import keep_pathways
from alongside.programs.tests.scenes import NOON
from alongside.programs.tests.test_delivery import checked, course_with_people, hold_session

TRAINING = "Leader training, 4 days"
AFTER = NOON + timedelta(days=90)


class Course:
    """Four people learn, two lead, Cora coordinates. `uma` is the first who learns, `lea` the first who leads."""

    def __init__(self, held: int = 0) -> None:
        self.program, self.sides, self.cohort = course_with_people()
        self.town = self.program.community
        self.learners, self.leaders = self.sides["uses"][:4], self.sides["uses"][4:6]
        self.uma, self.lea = self.learners[0], self.leaders[0]
        self.pia = self.sides["provides"][1]
        self.cora = person_in(self.town, "Cora", roles=[Role.COORDINATOR])
        self.sessions = [self.hold(number) for number in range(1, held + 1)]

    def hold(self, number: int, cohort: Cohort | None = None) -> Session:
        """A session to which everybody comes."""
        session: Session = hold_session(cohort or self.cohort, number, [*self.learners, *self.leaders])
        return session

    def train(self, member: Membership, what: str = TRAINING) -> None:
        actions.note_training(
            program=self.program, membership=member, what=what, done_on=NOON.date(), noted_by=self.cora,
            by=self.cora.person, at=AFTER,
        )  # fmt: skip

    def beside(self, member: Membership, session: Session, mentor: Membership | None = None) -> None:
        actions.note_beside_mentor(
            session=session, membership=member, mentor=mentor or self.lea, noted_by=self.cora, by=self.cora.person,
            at=AFTER,
        )  # fmt: skip

    def ready(self, member: Membership) -> None:
        """Everything that the step of a leader asks, once enough sessions were held."""
        self.train(member)
        for session in self.sessions[-2:]:
            self.beside(member, session)
        checked([member])

    def offer(self, member: Membership, step: str = "leader", at: datetime = AFTER, **told: Any) -> PathStep:
        return actions.offer_step(
            program=self.program, membership=member, step=step, offered_by=self.cora, by=self.cora.person, at=at, **told
        )

    def keep(self, at: datetime = AFTER) -> str:
        return keep_pathways(at)

    def accept(self, step: PathStep, member: Membership, at: datetime = AFTER, *, accepts: bool = True) -> PathStep:
        return actions.answer_step(step=step, membership=member, accepts=accepts, by=member.person, at=at)

    def step_of(self, member: Membership, step: str = "leader") -> PathStep:
        row: PathStep = PathStep.objects.on(self.program).with_people().get(membership=member, step=step)
        row.program, row.community = self.program, self.town
        return row


def introduced(program: Program, leader: Membership, came: list[Membership], side: str = "uses") -> None:
    """A short session takes place, and these come."""
    made = actions.plan_introduction(
        program=program, led_by=leader, side=side, starts_at=NOON + timedelta(days=1), online="A call",
        by=leader.person, at=NOON, key=uuid4(),
    )  # fmt: skip
    gathering, later = made.gathering, NOON + timedelta(days=1, hours=1)
    gathering.community = program.community
    for member in came:
        gatherings.mark(gathering=gathering, membership=member, said="came", by=leader.person, at=later, key=uuid4())
    gatherings.close_attendance(gathering=gathering, by=leader.person, at=later)
