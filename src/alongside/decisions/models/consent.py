"""A consent round: where each person on the roll stands, the objections with their lives, and what facilitators found.

The round itself is a `Decision` of the rule "consent"; its `version` is the one before everybody now. The facilitators
of the sides are its scrutineers.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Version
from alongside.decisions.models.talk import Side
from alongside.decisions.models.voting import Decision
from alongside.decisions.rules.consent import OPEN, State
from alongside.decisions.rules.consent import Stance as Where
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person

STANCES = [str(one) for one in Where]
STATES = [str(one) for one in State]
STILL_GOING = [str(State.RAISED), str(State.CLARIFIED)]


class RoundQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> Self:
        return self.filter(community=decision.community_id, decision=decision)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "version", "answered_in")

    def in_order(self) -> Self:
        return self.order_by("number")


class Stance(CommunityModel):
    """Where somebody stands, and on which version they said so. On a later version it is pending again."""

    class Kind(models.TextChoices):
        PENDING = Where.PENDING, _("has not said yet")
        CONSENT = Where.CONSENT, _("consents")
        CONCERN = Where.CONCERN, _("consents, with a concern")
        OBJECTION = Where.OBJECTION, _("objects")
        ABSENT = Where.ABSENT, _("is not taking part")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="stances")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    # What the concern is; "" for everything else, and once its words are erased.
    words = models.CharField(max_length=1000, blank=True)
    # It stands for the next version too, if the facilitators of both sides call that a small edit.
    edits_agreed = models.BooleanField(default=False, db_default=False)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=STANCES), name="stance_is_known"),
            models.CheckConstraint(
                condition=Q(words="") | Q(kind=str(Where.CONCERN)), name="stance_has_words_for_a_concern"
            ),
            models.UniqueConstraint(fields=["community", "decision", "membership"], name="stance_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.kind}"


class RoundSeen(CommunityModel):
    """Somebody says that they have read a version. Where silence was announced to count, it does for them alone."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="seen")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "versions seen"
        constraints = [
            models.UniqueConstraint(
                fields=["community", "decision", "membership", "version"], name="round_seen_once_a_person_and_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.version_id}"


class SmallEdit(CommunityModel):
    """A facilitator calls a version a small edit. Once one of each side has, it is one."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="small_edits")
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    at = models.DateTimeField()

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "decision", "version", "side"], name="small_edit_called_once_a_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.version_id}"


class Objection(CommunityModel):
    """Why going on would harm an aim that people share. It lives until it is settled, or the round ends without."""

    class State(models.TextChoices):
        RAISED = State.RAISED, _("raised")
        CLARIFIED = State.CLARIFIED, _("understood")
        INTEGRATED = State.INTEGRATED, _("taken up in a new version")
        WITHDRAWN = State.WITHDRAWN, _("taken back")
        NOT_QUALIFIED = State.NOT_QUALIFIED, _("found to harm no shared aim")
        UNRESOLVED = State.UNRESOLVED, _("not resolved")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    version = HouseForeignKey(Version, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000, blank=True)
    harms = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=13, choices=State, default=State.RAISED)
    raised_at = models.DateTimeField()
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    # What was understood after asking, and who wrote it down.
    clarified = models.CharField(max_length=1000, blank=True)
    clarified_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    clarified_at = models.DateTimeField(null=True, blank=True)
    # The version that is meant to help.
    answered_in = HouseForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    # Its words are gone because the person they came from asked for it.
    words_erased_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="objection_state_is_known"),
            models.CheckConstraint(
                condition=(~Q(reason="") & ~Q(harms="")) | Q(words_erased_at__isnull=False),
                name="objection_says_why_and_what_it_harms",
            ),
            models.CheckConstraint(
                condition=Q(state__in=STILL_GOING, settled_at=None)
                | (~Q(state__in=STILL_GOING) & Q(settled_at__isnull=False)),
                name="objection_is_settled_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="clarified") | Q(clarified_at__isnull=False), name="objection_understood_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="integrated") | Q(answered_in__isnull=False),
                name="objection_taken_up_in_a_version",
            ),
            models.UniqueConstraint(fields=["community", "decision", "number"], name="objection_number_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.reason[:40]}"

    @property
    def is_open(self) -> bool:
        """Does it still stand in the way?"""
        return State(self.state) in OPEN


class FindingQuerySet(CommunityQuerySet):
    def that_count(self) -> Self:
        """Findings that an appeal has not made void."""
        return self.filter(is_void=False)


class Finding(CommunityModel):
    """A facilitator finds that an objection harms no shared aim; everybody reads the reason."""

    objection = HouseForeignKey(Objection, models.PROTECT, related_name="findings")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    reason = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    # An appeal brings the objection back, and both sides look at it anew.
    is_void = models.BooleanField(default=False)
    words_erased_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") | Q(words_erased_at__isnull=False), name="finding_publishes_its_reason"
            ),
            models.UniqueConstraint(
                fields=["community", "objection", "side"], condition=Q(is_void=False), name="finding_once_a_side"
            ),
            models.UniqueConstraint(
                fields=["community", "objection", "membership"],
                condition=Q(is_void=False),
                name="finding_once_a_facilitator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.reason[:40]}"
