"""A show of hands in a meeting: the counts, and the people of different sides who say that it was so."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.meetings import AgendaItem, Meeting
from alongside.decisions.models.proposals import Proposal, Version
from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)


class HandVoteQuerySet(CommunityQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=HandVote.State.WAITS)

    def with_words(self) -> Self:
        return self.select_related("proposal", "version", "meeting", "item", "entered_by__person", "owner", "community")


class HandVote(CommunityModel):
    """Hands that were counted on one version. It becomes a decision once somebody of each side confirms it.

    There are counts and no ballots: nobody wrote down who raised which hand.
    """

    class State(models.TextChoices):
        WAITS = "waits", _("waits to be confirmed")
        STANDS = "stands", _("confirmed")
        REFUSED = "refused", _("not confirmed")
        LAPSED = "lapsed", _("not confirmed in time")

    meeting = HouseForeignKey(Meeting, models.PROTECT, related_name="hands")
    item = HouseForeignKey(AgendaItem, models.PROTECT, related_name="hands")
    proposal = HouseForeignKey(Proposal, models.PROTECT, related_name="+")
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    # {"uses": {"yes": 4, "no": 1, "abstain": 0}, …}
    counts = models.JSONField()
    owner = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    entered_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITS)
    settled_at = models.DateTimeField(null=True, blank=True)
    refused_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    refused_why = models.CharField(max_length=500, blank=True)
    decision = HouseOneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="hands")
    key = models.UUIDField()

    objects = HandVoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waits", settled_at=None, decision=None, refused_by=None, refused_why="")
                | Q(state="stands", settled_at__isnull=False, decision__isnull=False, refused_by=None, refused_why="")
                | (
                    Q(state="refused", settled_at__isnull=False, decision=None, refused_by__isnull=False)
                    & ~Q(refused_why="")
                )
                | Q(state="lapsed", settled_at__isnull=False, decision=None, refused_by=None, refused_why=""),
                name="hands_settled_when_how_and_why_not",
            ),
            models.UniqueConstraint(
                fields=["community", "proposal"], condition=Q(state="waits"), name="hands_wait_once_a_proposal"
            ),
            models.UniqueConstraint(
                fields=["community", "item"], condition=Q(state__in=["waits", "stands"]), name="hands_once_an_item"
            ),
            models.UniqueConstraint(fields=["community", "decision"], name="hands_of_one_decision"),
            models.UniqueConstraint(fields=["community", "key"], name="hands_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.state}"


class HandConfirmation(CommunityModel):
    """Somebody who was there says for their side that the hands were counted so."""

    hands = HouseForeignKey(HandVote, models.PROTECT, related_name="confirmations")
    side = models.CharField(max_length=10, choices=Side)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "hands", "side"], name="hands_confirmed_once_a_side"),
            models.UniqueConstraint(fields=["community", "hands", "membership"], name="hands_confirmed_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"
