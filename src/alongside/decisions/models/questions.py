"""Open questions: what is asked, the short statements people write, what each says to them, and what came of it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.decisions.models.talk import Side
from alongside.kernel.channels import Channel
from alongside.people.models import (
    CommunityModel,
    CommunityQuerySet,
    HouseForeignKey,
    HouseOneToOneField,
    Membership,
    Person,
)

LONGEST_STATEMENT = 140


class OpenQuestionQuerySet(CommunityQuerySet):
    def open(self, at: datetime) -> Self:
        return self.filter(closes_at__gt=at)

    def over(self, at: datetime) -> Self:
        return self.filter(closes_at__lte=at)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-id")


class OpenQuestion(CommunityModel):
    """A question without given answers: people answer in statements, and say what they think of each."""

    title = models.CharField(_("question"), max_length=120)
    words = models.TextField(max_length=2000, blank=True)
    closes_at = models.DateTimeField()
    made_by = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    made_at = models.DateTimeField()
    key = models.UUIDField()

    objects = OpenQuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "-made_at", "-id"], name="open_question_newest_first"),
            models.Index(fields=["closes_at"], name="open_question_by_its_close"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="open_question_has_a_title"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("made_at")), name="open_question_closes_after_it_is_asked"
            ),
            models.UniqueConstraint(fields=["community", "key"], name="open_question_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime) -> bool:
        """May people write and say what they think at this moment?"""
        return at < self.closes_at


class StatementQuerySet(CommunityQuerySet):
    def shown(self) -> Self:
        """What a coordinator let in."""
        return self.filter(state=Statement.State.SHOWN)

    def waiting(self) -> Self:
        return self.filter(state=Statement.State.WAITING)

    def oldest_first(self) -> Self:
        return self.order_by("at", "id")


class Statement(CommunityModel):
    """One short sentence on a question. Others see it only once a coordinator has let it in."""

    class Source(models.TextChoices):
        OWN = "own", _("own words")
        HEARD = "heard", _("heard in a meeting")
        ORGANISER = "organiser", _("from an organizer")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be let in")
        SHOWN = "shown", _("let in")
        REFUSED = "refused", _("not let in")

    question = HouseForeignKey(OpenQuestion, models.CASCADE, related_name="statements")
    text = models.CharField(max_length=LONGEST_STATEMENT)
    source = models.CharField(max_length=9, choices=Source, default=Source.OWN)
    # None once its writer was erased; others have answered it by then.
    membership = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    judged_by = HouseForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    refused_why = models.CharField(max_length=300, blank=True)
    key = models.UUIDField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["community", "question", "state"], name="statement_by_state")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=Q(state="waiting", judged_by=None, judged_at=None, refused_why="")
                | Q(state="shown", judged_at__isnull=False, refused_why="")
                | (Q(state="refused", judged_at__isnull=False) & ~Q(refused_why="")),
                name="statement_judged_when_and_refused_why",
            ),
            models.CheckConstraint(
                condition=Q(judged_by=None) | Q(membership=None) | ~Q(judged_by=F("membership")),
                name="statement_is_not_let_in_by_its_writer",
            ),
            models.UniqueConstraint(fields=["community", "key"], name="statement_made_once_a_form"),
        ]

    def __str__(self) -> str:
        return self.text


class Opinion(CommunityModel):
    """What one person says to one statement. The last word counts; nobody else is ever shown it."""

    class Word(models.TextChoices):
        AGREE = "agree", _("I agree")
        DISAGREE = "disagree", _("I disagree")
        PASS = "pass", _("I pass")

    statement = HouseForeignKey(Statement, models.CASCADE, related_name="opinions")
    membership = HouseForeignKey(Membership, models.CASCADE, related_name="+")
    word = models.CharField(max_length=8, choices=Word)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    keyed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=["agree", "disagree", "pass"]), name="opinion_says_a_known_word"
            ),
            models.UniqueConstraint(
                fields=["community", "statement", "membership"], name="opinion_once_a_person_and_statement"
            ),
        ]

    def __str__(self) -> str:
        return "an opinion"


class QuestionResult(CommunityModel):
    """What came of a question, worked out once after its close; it never changes with who leaves later."""

    class Map(models.TextChoices):
        WORKING = "working", _("being worked out")
        SHOWN = "shown", _("shown")
        TOO_FEW = "too_few", _("too few people")
        TOO_MIXED = "too_mixed", _("opinions too mixed")
        NOT_INSTALLED = "not_installed", _("the part for groups is not installed")

    question = HouseOneToOneField(OpenQuestion, models.CASCADE, related_name="result")
    # SHA-256 of the opinions it was made from, without names.
    votes_hash = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    # Best bridge first: [{"id", "score", "sides": {side: [agree, disagree, pass] or null}}].
    statements = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()
    map_state = models.CharField(max_length=13, choices=Map, default=Map.WORKING)
    mapped_at = models.DateTimeField(null=True, blank=True)
    # Only where groups are shown: [{"size", "x", "y", "agree": [statement ids]}], and membership → [group, x, y].
    groups = models.JSONField(default=list, blank=True)
    places = models.JSONField(default=dict, blank=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(map_state="working", mapped_at=None)
                | Q(
                    map_state__in=["shown", "too_few", "too_mixed", "not_installed"],
                    mapped_at__isnull=False,
                ),
                name="question_result_says_when_it_was_mapped",
            ),
            models.UniqueConstraint(fields=["community", "question"], name="question_result_once_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.map_state}"
