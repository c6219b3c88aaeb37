"""A proposal, the people who stand for it, its words as they were at each number, and the words still being written."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.channels import Channel
from alongside.kernel.text import folded
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    Group,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)

LONGEST_SEARCH = 120


class ProposalQuerySet(CommunityQuerySet):
    def put_forward(self) -> Self:
        """Proposals everybody may read: all but drafts."""
        return self.exclude(state=Proposal.State.DRAFT)

    def open(self) -> Self:
        """Proposals that are talked over, voted on, or in conciliation."""
        return self.filter(state__in=Proposal.OPEN)

    def over(self) -> Self:
        """Proposals that were decided or withdrawn."""
        return self.filter(state__in=[Proposal.State.DECIDED, Proposal.State.WITHDRAWN])

    def drafts(self) -> Self:
        return self.filter(state=Proposal.State.DRAFT)

    def by_author(self, membership: Membership) -> Self:
        """Proposals of which this member is an author."""
        authors = Author.objects.filter(proposal=OuterRef("pk"), community=OuterRef("community"), membership=membership)
        return self.filter(Exists(authors))

    def with_people(self) -> Self:
        """Fetch the authors and their names in one further query, however many proposals."""
        return self.prefetch_related(models.Prefetch("authors", Author.objects.with_people().in_order()))

    def matching(self, text: str) -> Self:
        """Proposals whose title or words hold every word of `text`, whatever the case, with or without accents."""
        found = self
        for word in folded(text[:LONGEST_SEARCH]).split():
            found = found.filter(search_text__contains=word)
        return found

    def latest_first(self) -> Self:
        return self.order_by("-changed_at", "-id")


class Proposal(CommunityModel):
    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        TALKED_OVER = "talked_over", _("being talked over")
        VOTING = "voting", _("being voted on")
        SPLIT = "split", _("in conciliation")
        DECIDED = "decided", _("decided")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (State.TALKED_OVER, State.VOTING, State.SPLIT)

    title = models.CharField(_("title"), max_length=120)
    # The group whose matter it is; none: the whole community's.
    group = HouseForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="+")
    # What kind of thing it would change, and which one; rooms above give meaning to both.
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=11, choices=State, default=State.DRAFT)
    withdrawn_why = models.TextField(blank=True, max_length=1000)
    # Title and words of the present version, folded for searching.
    search_text = models.TextField(blank=True, editable=False)
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Made by the form that asked for it: the same form sent twice makes one proposal.
    key = models.UUIDField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "state", "-changed_at", "-id"], name="proposal_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="proposal_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "talked_over", "voting", "split", "decided", "withdrawn"]),
                name="proposal_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(subject_id=None) | ~Q(subject=""), name="proposal_subject_says_its_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_why="") | Q(state="withdrawn"), name="proposal_withdrawn_has_the_reason_why"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="proposal_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """May people speak about it?"""
        return self.state in Proposal.OPEN


class AuthorQuerySet(CommunityQuerySet):
    def with_people(self) -> Self:
        return self.select_related("membership__person")

    def in_order(self) -> Self:
        """Those who began it first."""
        return self.order_by("joined_at", "id")


class Author(CommunityModel):
    """Somebody who stands for a proposal: they write its versions and answer what people ask."""

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="authors")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()

    objects = AuthorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "proposal", "membership"], name="author_once_a_proposal"),
        ]

    def __str__(self) -> str:
        return str(self.membership.person)


class Words(CommunityModel):
    """What a proposal says, part by part."""

    text = models.TextField(_("what is proposed"), max_length=10_000, blank=True)
    why = models.TextField(_("why"), max_length=3000, blank=True)
    affects = models.TextField(_("who is affected"), max_length=2000, blank=True)
    changes = models.TextField(_("what it would change"), max_length=3000, blank=True)
    summary = models.TextField(_("in plain words"), max_length=600, blank=True)
    # What it would change, in the form that the room it is about can carry out; {} means: people do.
    change = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


# The parts of a proposal, in the order in which they are asked for and shown.
PARTS = ("text", "why", "affects", "changes", "summary")


class VersionQuerySet(CommunityQuerySet):
    def latest_of_each(self) -> Self:
        """The present version of every proposal."""
        later = Version.objects.filter(
            proposal=OuterRef("proposal"), community=OuterRef("community"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))

    def newest_first(self) -> Self:
        return self.order_by("-number")


class Version(Words):
    """A proposal in the words it had at one number. It never changes once made: the database refuses."""

    proposal = HouseForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(text=""), name="version_says_what_is_proposed"),
            models.UniqueConstraint(fields=["community", "proposal", "number"], name="version_number_is_its_own"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}, {self.number}"


class Draft(Words):
    """The words of a proposal's next version, which its authors have not put forward yet."""

    proposal = HouseOneToOneField(Proposal, models.CASCADE, related_name="draft")
    # The version it began from; 0 for a proposal not yet put forward.
    based_on = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "proposal"], name="draft_once_a_proposal"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: draft"
