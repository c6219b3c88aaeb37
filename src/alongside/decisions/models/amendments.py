"""Changed words that somebody offers for a proposal, against one of its versions."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal, Version
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person


class AmendmentQuerySet(CommunityQuerySet):
    def open(self) -> Self:
        """Amendments that wait for the authors, of proposals still talked over."""
        return self.filter(state=Amendment.State.OPEN, proposal__state=Proposal.State.TALKED_OVER)

    def with_people(self) -> Self:
        return self.select_related("membership__person", "answered_by__person", "version", "proposal")

    def newest_first(self) -> Self:
        return self.order_by("-at", "-id")

    def makers_of_accepted(self, proposal_id: UUID) -> set[UUID]:
        """The memberships of those whose changes became part of a proposal."""
        accepted = self.filter(proposal=proposal_id, state=Amendment.State.ACCEPTED)
        return set(accepted.values_list("membership_id", flat=True))


class Amendment(CommunityModel):
    """What is proposed, in the words somebody would rather have. Why and the other parts stay the authors' matter."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for the authors")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("not accepted")
        LIVES_ON = "lives_on", _("lives on as a proposal of its own")
        WITHDRAWN = "withdrawn", _("taken back")

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="amendments")
    # The words it was made against, which were the present ones then.
    version = HouseForeignKey(Version, models.CASCADE, related_name="+")
    # Counted from 1, when only one paragraph is changed; `text` is the whole all the same.
    paragraph = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(max_length=10_000, blank=True)
    why = models.TextField(max_length=1000, blank=True)
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    reason = models.TextField(max_length=1000, blank=True)
    answered_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    # Set when whoever made it was erased: their words are gone, that something was changed stays.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "proposal", "-at", "-id"], name="amendment_by_proposal")]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(text="") & Q(words_erased_at=None)) | Q(text="", words_erased_at__isnull=False),
                name="amendment_says_something_or_was_erased",
            ),
            models.CheckConstraint(
                condition=Q(paragraph=None) | Q(paragraph__gte=1), name="amendment_paragraphs_start_at_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], answered_by=None, answered_at=None, reason="")
                | Q(state__in=["accepted", "refused"], answered_by__isnull=False, answered_at__isnull=False)
                | Q(state="lives_on"),
                name="amendment_answered_by_whom_and_when",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="amendment_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.get_state_display()}"
