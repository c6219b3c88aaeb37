"""Scenes of sessions that lose a leader: two lead a course, and others are on the step."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from alongside.people.models import Membership
from alongside.people.tests.factories import person_in
from alongside.programs import actions
from alongside.programs.gaps import gaps_of
from alongside.programs.models import Cohort, Session, SessionLeader, who_leads
from alongside.programs.models.program import design_of
from alongside.programs.tasks_leaders import keep_leaders
from alongside.programs.tests.scenes import NOON, decided, in_it, on_step, scene_about
from alongside.programs.tests.test_delivery import checked
from alongside.programs.tests.walking import Course
from alongside.safeguarding import actions as safeguarding
from alongside.safeguarding.models import Check, CheckKind

DAY = timedelta(days=1)


class Losing(Course):
    """Lea and Leo lead six sessions; Nora and Nils are on the step too, with their checks in date."""

    def __init__(self, held: int = 0) -> None:
        super().__init__(held)
        self.lea, self.leo = self.leaders
        self.nora, self.nils = self.could("Nora"), self.could("Nils")

    def could(self, name: str) -> Membership:
        """Somebody who could lead."""
        member = person_in(self.town, name)
        in_it(self.program, [member])
        checked([member])
        on_step(self.program, [member])
        return member

    def check_ends(self, member: Membership, number: int) -> None:
        """A check of theirs runs out on the day of a session."""
        last = self.town.day_of(self.session(number).gathering.starts_at)
        check = Check.objects.standing().select_related("kind").get(person=member.person, kind__name="Reference")
        check.community = check.kind.community = self.town
        safeguarding.withdraw_check(check=check, why="mistake", by=self.cora.person, at=NOON)
        safeguarding.write_check(
            membership=member, kind=check.kind, seen_on=check.seen_on, until=last, by=self.cora.person, at=NOON
        )

    def check_is_seen_anew(self, member: Membership, number: int) -> None:
        """Somebody sees that check of theirs again when a session begins."""
        at, kind = self.start_of(number), CheckKind.objects.of(self.town).get(name="Reference")
        kind.community = self.town
        safeguarding.write_check(membership=member, kind=kind, seen_on=at.date(), by=self.cora.person, at=at)

    def session(self, number: int) -> Session:
        found: Session = Session.objects.select_related("gathering").get(cohort=self.cohort, number=number)
        return found

    def start_of(self, number: int) -> datetime:
        at: datetime = self.session(number).gathering.starts_at
        return at

    def look(self, at: datetime = NOON) -> str:
        return keep_leaders(at)

    def leading(self, cohort: Cohort | None = None) -> dict[int, set[str]]:
        """The names of those who lead, by the number of the session."""
        sessions = list(Session.objects.filter(cohort=cohort or self.cohort).order_by("number"))
        leads = who_leads(self.town, sessions)
        names = {each.pk: str(each.person) for each in Membership.objects.select_related("person")}
        return {one.number: {names[pk] for pk in leads[one.pk]} for one in sessions}

    def missing(self, at: datetime = NOON) -> list[int]:
        """The numbers of the sessions that need a leader."""
        return [gap.session.number for gap in gaps_of(self.program, design_of(self.program), at=at)]

    def steps_in(self, member: Membership, *numbers: int, at: datetime = NOON, **told: Any) -> list[SessionLeader]:
        sessions: Collection[Any] | None = [self.session(number).pk for number in numbers] or None
        given: dict[str, Any] = {"by": member.person, **told}
        return actions.step_in(cohort=self.cohort, membership=member, sessions=sessions, at=at, **given)


def coordinators_choose(course: Losing) -> None:
    """Both sides agree that a coordinator chooses who steps in."""
    place = scene_about(course.program, course.sides, {"sessions.leaders.filled_by": "coordinators"}, "Who steps in")
    actions.adopt(decision=decided(place), at=NOON + 7 * DAY)
