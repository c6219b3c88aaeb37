"""Ways in that the house keeps itself: printed cards, and the devices somebody is signed in on."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.ids import new_id
from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.membership import Membership
from alongside.people.models.person import Person

# After so many wrong PINs in a row a card stays shut until a new one is printed.
MOST_WRONG_PINS = 10


class Way(models.TextChoices):
    CODE = "code", _("with a code by e-mail")
    PASSKEY = "passkey", _("with a passkey")
    CARD = "card", _("with a sign-in card")
    PASSWORD = "password", _("with a password")
    INVITATION = "invitation", _("with an invitation")
    DEMO = "demo", _("with a link of the made-up community")


class SignInCardQuerySet(CommunityQuerySet):
    def live(self, at: datetime) -> Self:
        """Cards that still open: not ended, not run out, not shut by wrong PINs, of people who belong."""
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=at),
            ended_at=None,
            wrong_pins__lt=MOST_WRONG_PINS,
            membership__left_at=None,
            membership__person__erased_at=None,
            membership__person__merged_into=None,
        )


class SignInCard(CommunityModel):
    """A printed card with a code and a PIN. Neither is kept: only what proves that they are right."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="sign_in_cards")
    # A keyed hash of the code, to find the card by; the last two letters tell cards apart on screen.
    code_key = models.CharField(max_length=64, db_index=True)
    code_end = models.CharField(max_length=2)
    pin = models.CharField(max_length=128)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)

    objects = SignInCardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "code_key"], name="sign_in_card_code_is_its_own"),
            models.UniqueConstraint(
                fields=["community", "membership"],
                condition=Q(ended_at=None),
                name="sign_in_card_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(expires_at__gt=F("issued_at")),
                name="sign_in_card_expires_after_it_is_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"…{self.code_end}"

    @property
    def is_shut(self) -> bool:
        """Shut by too many wrong PINs."""
        return self.wrong_pins >= MOST_WRONG_PINS


class DeviceQuerySet(models.QuerySet["Device"]):
    def of_person(self, person: Person) -> Self:
        return self.filter(person=person)

    def signed_in(self) -> Self:
        return self.filter(ended_at=None)


class Device(models.Model):
    """One sign-in: where, how and when. It ends with signing out; ended rows are kept for 90 days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, blank=True)
    way = models.CharField(max_length=10, choices=Way)
    browser = models.CharField(max_length=60, blank=True)
    shared = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ends_by = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session_key"], condition=~Q(session_key=""), name="device_holds_its_session_alone"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(session_key=""), name="device_that_ended_holds_no_session"
            ),
        ]
        indexes = [models.Index(fields=["person", "-began_at"], name="device_by_person")]

    def __str__(self) -> str:
        return self.browser


class CacheRow(models.Model):
    """What all processes remember together for a while, such as how often somebody tried a password.

    Django's database cache reads and writes this table; nobody else does.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "shared_cache"

    def __str__(self) -> str:
        return self.cache_key
