"""Who leads one session otherwise than its run says: who steps in, who would, and who does not lead it any more."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.people.models import Community, CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models.program import Program
from alongside.programs.models.sessions import Cohort, CohortLeader, Session


class SessionLeaderQuerySet(CommunityQuerySet):
    def on(self, program: Program) -> Self:
        return self.filter(community=program.community_id, session__cohort__program=program)

    def in_run(self, cohort: Cohort) -> Self:
        return self.filter(community=cohort.community_id, session__cohort=cohort)

    def leading(self) -> Self:
        """Who has stepped in."""
        return self.filter(state=SessionLeader.State.LEADS)

    def offered(self) -> Self:
        """Who would, and waits for a coordinator's word."""
        return self.filter(state=SessionLeader.State.OFFERED)

    def out(self) -> Self:
        """Who leads the run, but not this session."""
        return self.filter(state=SessionLeader.State.OUT)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "session__gathering")


class SessionLeader(CommunityModel):
    """What is said of one session and one person: it stands before what the run says of them."""

    class State(models.TextChoices):
        LEADS = "leads", _("leads it")
        OFFERED = "offered", _("would lead it")
        OUT = "out", _("does not lead it")

    class Why(models.TextChoices):
        """Why somebody does not lead it any more."""

        LEFT = "left", _("has left")
        CHECK = "check", _("a check has run out")
        STEP = "step", _("is not on the step now")

    session = HouseForeignKey(Session, models.CASCADE, related_name="told_of_leaders")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State)
    why = models.CharField(max_length=5, choices=Why, blank=True)
    since = models.DateTimeField()
    # Who wrote it down; nobody, where the house took somebody out.
    keyed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)

    objects = SessionLeaderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="out") & ~Q(why="")) | Q(state__in=["leads", "offered"], why=""),
                name="session_leader_out_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="out") | Q(keyed_by__isnull=False), name="session_leader_is_somebodys_word"
            ),
            models.UniqueConstraint(fields=["community", "session", "membership"], name="session_leader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.membership_id}, {self.state}"


def led_by(membership: Membership) -> Q:
    """A condition on sessions: this person leads them."""
    mine = {"community": membership.community_id, "membership": membership}
    told, runs = SessionLeader.objects.filter(**mine), CohortLeader.objects.filter(**mine)
    out = Q(pk__in=told.out().values("session"))
    return (Q(cohort__in=runs.values("cohort")) & ~out) | Q(pk__in=told.leading().values("session"))


def who_leads(community: Community, sessions: Iterable[Session]) -> dict[UUID, set[UUID]]:
    """The memberships of those who lead each of these sessions; two questions, however many."""
    cohort_of = {session.pk: session.cohort_id for session in sessions}
    cohorts, runs = set(cohort_of.values()), defaultdict[UUID, set[UUID]](set)
    leaders = CohortLeader.objects.of(community).filter(cohort__in=cohorts)
    for cohort, member in leaders.values_list("cohort", "membership"):
        runs[cohort].add(member)
    found = {session: set(runs[cohort]) for session, cohort in cohort_of.items()}
    told = SessionLeader.objects.of(community).filter(session__cohort__in=cohorts)
    told = told.exclude(state=SessionLeader.State.OFFERED)
    for session, member, state in told.values_list("session", "membership", "state"):
        if session in found:
            (found[session].add if state == SessionLeader.State.LEADS else found[session].discard)(member)
    return found


def leaders_of(session: Session) -> set[UUID]:
    """The memberships of those who lead one session."""
    return who_leads(session.community, [session])[session.pk]
