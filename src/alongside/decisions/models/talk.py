"""What people say about a proposal: comments, questions with their answers, and where they stand."""

from collections.abc import Iterable, Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.proposals import Proposal, Version
from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.people.rules.constituencies import Constituency


class Side(models.TextChoices):
    """What each side of a joint decision is called."""

    USES = Constituency.USES, _("people who use it")
    PROVIDES = Constituency.PROVIDES, _("people who provide it")
    KIN = Constituency.KIN, _("family and neighbors")
    FUNDS = Constituency.FUNDS, _("funders")
    KEEPS = Constituency.KEEPS, _("people who look after the community")


class ContributionQuerySet(CommunityQuerySet):
    def shown(self) -> Self:
        """What nobody has taken from view."""
        return self.filter(hidden_at=None)

    def unanswered_questions(self) -> Self:
        return self.filter(kind=Contribution.Kind.QUESTION, status=Contribution.Status.OPEN, hidden_at=None)

    def not_replies(self) -> Self:
        """What stands for itself; replies stand below what they reply to."""
        return self.filter(reply_to=None)

    def replies_to(self, said: "Iterable[Contribution]") -> Self:
        return self.filter(reply_to__in=[each.pk for each in said])

    def with_people(self) -> Self:
        """Fetch who said it and who answered in the same query."""
        return self.select_related("membership__person", "answered_by__person")

    def oldest_first(self) -> Self:
        return self.order_by("at", "id")


class Contribution(CommunityModel):
    """A comment or a question, about one version, and about one paragraph of it or the whole."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("comment")
        QUESTION = "question", _("question")

    class Status(models.TextChoices):
        OPEN = "open", _("not yet answered")
        ANSWERED = "answered", _("answered")
        TAKEN_UP = "taken_up", _("taken up")
        NOT_TAKEN_UP = "not_taken_up", _("not taken up")

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="contributions")
    version = HouseForeignKey(Version, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    # Counted from 1 in the text of `version`; none: the whole proposal.
    paragraph = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    # The side they spoke for, where they have one.
    side = models.CharField(max_length=10, choices=Side, blank=True)
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    reply_to = HouseForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    answer = models.TextField(max_length=2000, blank=True)
    answered_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    hidden_why = models.CharField(max_length=300, blank=True)
    # Set when who said it was erased: the words are gone, that something was said and answered stays.
    words_erased_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField()

    objects = ContributionQuerySet.as_manager()

    # The words of the paragraph it is about; filled in by who shows it.
    quote = ""
    # The replies that stand below it; filled in by who shows it, too.
    below: "Sequence[Contribution]" = ()

    class Meta:
        indexes = [
            models.Index(fields=["community", "proposal", "at", "id"], name="contribution_by_proposal"),
            models.Index(fields=["community", "membership"], name="contribution_by_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(text="") & Q(words_erased_at=None)) | Q(text="", words_erased_at__isnull=False),
                name="contribution_says_something_or_was_erased",
            ),
            models.CheckConstraint(
                condition=Q(paragraph=None) | Q(paragraph__gte=1), name="contribution_paragraphs_start_at_one"
            ),
            models.CheckConstraint(
                condition=Q(status="open", answer="", answered_by=None, answered_at=None)
                | (~Q(status="open") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="contribution_answered_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by=None, hidden_why="")
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_why="")),
                name="contribution_hidden_by_whom_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(reply_to=None) | Q(kind="comment"), name="contribution_replies_are_comments"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="contribution_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.text


class ReactionQuerySet(CommunityQuerySet):
    def with_people(self) -> Self:
        return self.select_related("version", "membership__person")


class Reaction(CommunityModel):
    """Where somebody stands on a proposal, as they read it at one version."""

    class Kind(models.TextChoices):
        HELPS = "helps", _("helps me")
        WORRIES = "worries", _("worries me")
        UNSURE = "unsure", _("not sure")

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="reactions")
    version = HouseForeignKey(Version, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "proposal", "membership"], name="reaction_once_a_person_and_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.kind}"
