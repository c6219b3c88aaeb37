"""Conciliation: after a split, as many people from each side look for words to which both can say yes."""

import json
from datetime import date
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import PARTS, Draft, Proposal
from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


def fingerprint(draft: Draft) -> str:
    """What an agreement is bound to: these very words, as they were last kept."""
    words = "\0".join([*(getattr(draft, part) for part in PARTS), json.dumps(draft.change, sort_keys=True)])
    return sha256(f"{draft.changed_at.isoformat()}\0{words}".encode()).hexdigest()


class ConciliationQuerySet(CommunityQuerySet):
    def running(self) -> Self:
        return self.exclude(state=Conciliation.State.OVER)

    def calling(self) -> Self:
        """Those in which people may still volunteer."""
        return self.filter(state=Conciliation.State.CALLING)

    def with_words(self) -> Self:
        return self.select_related("decision", "proposal", "community")


class Conciliation(CommunityModel):
    """One round of looking for a new version, after one vote in which the sides differed."""

    class State(models.TextChoices):
        CALLING = "calling", _("people volunteer")
        SITTING = "sitting", _("they look for a new version")
        OVER = "over", _("over")

    class Ending(models.TextChoices):
        NEW_VERSION = "new_version", _("they found a new version")
        OUT_OF_TIME = "out_of_time", _("no new version in time")
        AGREED_TO_STOP = "agreed_to_stop", _("both sides agreed to stop")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="conciliations")
    proposal = HouseForeignKey(Proposal, models.PROTECT, related_name="conciliations")
    round = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State, default=State.CALLING)
    # Seats of each side: at first as many as there can be, then as many as were filled.
    seats = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    # Days of the community, each the last on which it still goes.
    calls_until = models.DateField()
    ends_on = models.DateField()
    drawn_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=14, choices=Ending, blank=True)

    objects = ConciliationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ends_on"], name="conciliation_still_running", condition=~Q(state="over"))]
        constraints = [
            models.CheckConstraint(condition=Q(round__gte=1, round__lte=2), name="conciliation_has_two_rounds_at_most"),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=3), name="conciliation_has_one_to_three_seats"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("calls_until")), name="conciliation_ends_after_its_call"),
            models.CheckConstraint(
                condition=Q(state="calling", drawn_at=None, ended_at=None, ending="")
                | Q(state="sitting", drawn_at__isnull=False, ended_at=None, ending="")
                | Q(state="over", ended_at__isnull=False, ending__in=["new_version", "out_of_time", "agreed_to_stop"]),
                name="conciliation_over_says_when_and_how",
            ),
            models.CheckConstraint(
                condition=~Q(ending__in=["new_version", "agreed_to_stop"]) | Q(drawn_at__isnull=False),
                name="conciliation_agrees_only_once_people_sit",
            ),
            models.UniqueConstraint(fields=["community", "decision"], name="conciliation_once_a_vote"),
            models.UniqueConstraint(fields=["community", "proposal", "round"], name="conciliation_round_is_its_own"),
            models.UniqueConstraint(
                fields=["community", "proposal"],
                condition=~Q(state="over"),
                name="conciliation_running_once_a_proposal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.round}"

    def takes_volunteers(self, day: date) -> bool:
        return self.state == Conciliation.State.CALLING and day <= self.ends_on


class ConciliatorQuerySet(CommunityQuerySet):
    def of_round(self, conciliation: Conciliation) -> Self:
        return self.filter(community=conciliation.community_id, conciliation=conciliation)

    def seated(self) -> Self:
        return self.filter(is_seated=True)

    def with_people(self) -> Self:
        return self.select_related("membership__person")

    def in_order(self) -> Self:
        """Before the draw as they came, after it as the lot put them."""
        return self.order_by(F("place").asc(nulls_last=True), "at", "id")


class Conciliator(CommunityModel):
    """Somebody who is willing to look for a new version; with a seat once the lot has given them one."""

    conciliation = HouseForeignKey(Conciliation, models.CASCADE, related_name="conciliators")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    # Their place in the lot of their side, counted from 1. Whoever follows moves up when a seat falls free.
    place = models.PositiveIntegerField(null=True, blank=True)
    is_seated = models.BooleanField(default=False)
    # The fingerprint of the draft they agree to. Other words have another one: then this says nothing.
    agreed_to = models.CharField(max_length=64, blank=True)
    would_stop_at = models.DateTimeField(null=True, blank=True)

    objects = ConciliatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_seated=False) | Q(place__isnull=False), name="conciliator_sits_by_the_lot"
            ),
            models.CheckConstraint(
                condition=Q(is_seated=True) | Q(agreed_to="", would_stop_at=None),
                name="conciliator_agrees_from_a_seat",
            ),
            models.UniqueConstraint(
                fields=["community", "conciliation", "membership"], name="conciliator_once_a_person_and_round"
            ),
            models.UniqueConstraint(
                fields=["community", "conciliation", "side", "place"], name="conciliator_place_is_their_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.side}"


class ConciliationMessage(CommunityModel):
    """A short message among those who sit; everybody on the rolls may read it."""

    conciliation = HouseForeignKey(Conciliation, models.CASCADE, related_name="messages")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    text = models.TextField(max_length=1000, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    # Set when who wrote it was erased: the words are gone, that something was said stays.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "conciliation", "at", "id"], name="message_by_conciliation")]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(text="") & Q(words_erased_at=None)) | Q(text="", words_erased_at__isnull=False),
                name="message_says_something_or_was_erased",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="message_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.text
