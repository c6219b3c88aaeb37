"""What somebody has earned, bought, won or was handed on; and the paper that was printed for it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.channels import Channel
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Membership, Person
from alongside.programs.models import Program
from alongside.rewards.models.draws import Draw
from alongside.rewards.models.rewards import Reward
from alongside.rewards.rules.codes import spaced
from alongside.timebank.models import Transfer


class EntitlementQuerySet(CommunityQuerySet):
    def of_member(self, membership: Membership) -> Self:
        return self.filter(community=membership.community_id, membership=membership)

    def on(self, reward: Reward) -> Self:
        return self.filter(community=reward.community_id, reward=reward)

    def in_program(self, program: Program) -> Self:
        return self.filter(community=program.community_id, reward__program=program)

    def in_hand(self) -> Self:
        """Those that can be redeemed."""
        return self.filter(state=Entitlement.State.ISSUED)

    def in_line(self) -> Self:
        """The waiting list: who earned it first comes first."""
        return self.filter(state=Entitlement.State.WAITING).order_by("earned_at", "id")

    def run_out(self, day: date) -> Self:
        return self.in_hand().filter(expires_on__lt=day)

    def with_rewards(self) -> Self:
        return self.select_related("reward__program")

    def with_paper(self) -> Self:
        """Add `has_paper`: a note for it is out."""
        notes = PaperNote.objects.filter(community=OuterRef("community"), entitlement=OuterRef("pk"))
        return self.annotate(has_paper=Exists(notes.out()))

    def newest_first(self) -> Self:
        return self.order_by("-earned_at", "-id")


class Entitlement(CommunityModel):
    """One of a reward for one person. `number`: the threshold that earned it, one row each for good.

    `code`: what is shown or read out at a desk, once it is issued. `why`: for what reason it is void.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        ISSUED = "issued", _("ready")
        REDEEMED = "redeemed", _("handed over")
        TRANSFERRED = "transferred", _("handed on")
        EXPIRED = "expired", _("run out")
        VOID = "void", _("withdrawn")

    class Origin(models.TextChoices):
        EARNED = "earned", _("earned")
        BOUGHT = "bought", _("for hours")
        DRAWN = "drawn", _("won")
        HANDED_ON = "handed_on", _("from somebody else")

    class Why(models.TextChoices):
        CORRECTED = "corrected", _("the time behind it was put right")
        GIVEN_BACK = "given_back", pgettext_lazy("a reward", "given back")
        LEFT = "left", _("the person left")

    reward = HouseForeignKey(Reward, models.PROTECT, related_name="+")
    membership = HouseForeignKey(Membership, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=9, choices=Origin)
    number = models.PositiveIntegerField(null=True)
    transfer = HouseForeignKey(Transfer, models.PROTECT, null=True, related_name="+")
    draw = HouseForeignKey(Draw, models.PROTECT, null=True, related_name="+")
    came_from = HouseForeignKey("self", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=11, choices=State)
    code = models.CharField(max_length=8, null=True)
    earned_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.WEB)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    # Of the form by which it was taken from the catalogue.
    key = models.UUIDField(null=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "membership"], name="entitlements_of_a_member"),
            models.Index(fields=["community", "reward", "state", "earned_at"], name="entitlements_in_line"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", issued_at=None, settled_at=None, why="")
                | Q(state="issued", issued_at__isnull=False, settled_at=None, why="")
                | Q(
                    state__in=["redeemed", "transferred", "expired"],
                    issued_at__isnull=False,
                    settled_at__isnull=False,
                    why="",
                )
                | Q(state="void", settled_at__isnull=False, why__in=["corrected", "given_back", "left"]),
                name="entitlement_is_in_one_state",
            ),
            models.CheckConstraint(
                condition=Q(issued_at=None, code=None, expires_on=None)
                | (Q(issued_at__isnull=False, code__isnull=False) & ~Q(code="")),
                name="entitlement_has_a_code_once_issued",
            ),
            models.CheckConstraint(
                condition=Q(
                    origin="earned", number__isnull=False, number__gte=1, transfer=None, draw=None, came_from=None
                )
                | Q(origin="bought", number=None, transfer__isnull=False, draw=None, came_from=None)
                | Q(origin="drawn", number=None, transfer=None, draw__isnull=False, came_from=None)
                | Q(origin="handed_on", number=None, transfer=None, draw=None, came_from__isnull=False),
                name="entitlement_comes_one_way",
            ),
            models.CheckConstraint(
                condition=Q(origin="earned") | ~Q(state="waiting"), name="entitlement_waits_only_when_earned"
            ),
            models.UniqueConstraint(
                fields=["community", "reward", "membership", "number"],
                condition=Q(number__isnull=False),
                name="entitlement_once_a_threshold",
            ),
            models.UniqueConstraint(
                fields=["community", "code"], condition=Q(code__isnull=False), name="entitlement_code_is_its_own"
            ),
            models.UniqueConstraint(
                fields=["community", "draw", "membership"],
                condition=Q(draw__isnull=False),
                name="entitlement_won_once_a_draw",
            ),
            models.UniqueConstraint(
                fields=["community", "came_from"],
                condition=Q(came_from__isnull=False),
                name="entitlement_handed_on_once",
            ),
            models.UniqueConstraint(
                fields=["community", "transfer"],
                condition=Q(transfer__isnull=False),
                name="entitlement_once_a_payment",
            ),
            models.UniqueConstraint(
                fields=["community", "key"], condition=Q(key__isnull=False), name="entitlement_taken_once_a_form"
            ),
        ]

    def __str__(self) -> str:
        return f"entitlement {self.pk}"

    @property
    def spoken(self) -> str:
        """Its code as it is printed and read out; "" before it is issued."""
        return spaced(self.code) if self.code else ""

    @property
    def is_in_hand(self) -> bool:
        return self.state == Entitlement.State.ISSUED

    @property
    def is_waiting(self) -> bool:
        return self.state == Entitlement.State.WAITING

    def has_run_out(self, day: date) -> bool:
        """Its last day has passed, whether or not the clock has written that down."""
        return self.expires_on is not None and self.expires_on < day


class PaperNoteQuerySet(CommunityQuerySet):
    def out(self) -> Self:
        return self.filter(state=PaperNote.State.OUT)

    def on(self, entitlement: Entitlement) -> Self:
        return self.filter(community=entitlement.community_id, entitlement=entitlement)

    def printed_with(self, note: "PaperNote") -> Self:
        """The notes of one sheet."""
        together = {"printed_at": note.printed_at, "printed_by": note.printed_by_id}
        return self.filter(community=note.community_id, **together)


class PaperNote(CommunityModel):
    """One printed piece of paper. Numbers run on without gaps, so that printed = redeemed + out + void."""

    class State(models.TextChoices):
        OUT = "out", pgettext_lazy("a printed note", "out")
        REDEEMED = "redeemed", _("redeemed")
        VOID = "void", _("void")

    entitlement = HouseForeignKey(Entitlement, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    serial = models.CharField(max_length=12)
    state = models.CharField(max_length=8, choices=State, default=State.OUT)
    printed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = PaperNoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="out", settled_at=None) | Q(state__in=["redeemed", "void"], settled_at__isnull=False),
                name="note_is_out_or_redeemed_or_void",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="note_numbers_start_at_one"),
            models.CheckConstraint(condition=~Q(serial=""), name="note_has_a_serial"),
            models.UniqueConstraint(fields=["community", "number"], name="note_number_is_its_own"),
            models.UniqueConstraint(fields=["community", "serial"], name="note_serial_is_its_own"),
            models.UniqueConstraint(
                fields=["community", "entitlement"], condition=Q(state="out"), name="note_one_out_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return spaced(self.serial)
