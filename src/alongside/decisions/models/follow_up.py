"""After a vote: how far it is, what people say came of it, and of what they were told by the clock."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.talk import Reaction, Side
from alongside.decisions.models.voting import Decision
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class ProgressNoteQuerySet(CommunityQuerySet):
    def on(self, decision: Decision) -> Self:
        return self.filter(community=decision.community_id, decision=decision)

    def done(self) -> Self:
        return self.filter(step=ProgressNote.Step.DONE)


class ProgressNote(CommunityModel):
    """How far something is that was adopted, in the words of whoever sees to it.

    DONE stands there once, and only when everything people said about the proposal has an answer: the database
    refuses it before.
    """

    class Step(models.TextChoices):
        BEGUN = "begun", _("begun")
        HALF_WAY = "half_way", _("half way")
        DONE = "done", _("done")
        LOOKED_AT = "looked_at", _("looked at again")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="progress")
    step = models.CharField(max_length=9, choices=Step)
    text = models.TextField(max_length=1000, blank=True)
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    # Set when who wrote it was erased: the words are gone, how far it was stays.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = ProgressNoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "decision", "at", "id"], name="progress_by_decision")]
        constraints = [
            models.CheckConstraint(
                condition=Q(step__in=["begun", "half_way", "done", "looked_at"]), name="progress_step_is_known"
            ),
            models.CheckConstraint(
                condition=(~Q(text="") & Q(words_erased_at=None)) | Q(text="", words_erased_at__isnull=False),
                name="progress_says_something_or_was_erased",
            ),
            models.UniqueConstraint(
                fields=["community", "decision"], condition=Q(step="done"), name="progress_done_once_a_decision"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="progress_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.step}"


class Rating(CommunityModel):
    """What somebody says of what came of a decision, once it is time to look at it again; their last word counts."""

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="ratings")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    # The side on whose roll they stood.
    side = models.CharField(max_length=10, choices=Side)
    kind = models.CharField(max_length=7, choices=Reaction.Kind)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["helps", "worries", "unsure"]), name="rating_says_one_of_three_words"
            ),
            models.UniqueConstraint(
                fields=["community", "decision", "membership"], name="rating_once_a_person_and_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}: {self.kind}"


class Reminder(CommunityModel):
    """That people were told of something by the clock: each thing once a decision."""

    class About(models.TextChoices):
        VOTE = "vote", _("who has not voted yet")
        REVIEW = "review", _("time to look at it again")

    decision = HouseForeignKey(Decision, models.PROTECT, related_name="+")
    about = models.CharField(max_length=6, choices=About)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(about__in=["vote", "review"]), name="reminder_is_about_something_known"),
            models.UniqueConstraint(fields=["community", "decision", "about"], name="reminder_once_a_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.about}"
