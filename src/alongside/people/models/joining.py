"""The ways into a community: asking, and being invited."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.people.models.base import CommunityModel, CommunityQuerySet
from alongside.people.models.person import Person


class JoinRequestQuerySet(CommunityQuerySet):
    def waiting(self) -> Self:
        return self.filter(answer=JoinRequest.Answer.WAITING, person__erased_at=None)


class JoinRequest(CommunityModel):
    """Somebody asks to belong; a coordinator answers, and says why when the answer is no."""

    class Answer(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        APPROVED = "approved", _("welcome")
        DECLINED = "declined", _("not this time")
        WITHDRAWN = "withdrawn", _("taken back")

    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    words = models.TextField(_("a few words"), blank=True)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], condition=Q(answer="waiting"), name="join_request_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_at=None) | (~Q(answer="waiting") & Q(answered_at__isnull=False)),
                name="join_request_answered_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""), name="join_request_declined_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_answer_display()}"


class InvitationQuerySet(CommunityQuerySet):
    def usable(self, *, at: datetime) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=at, uses_left__gt=0)


class Invitation(CommunityModel):
    """A link or printed card that lets people in; only a keyed hash of its code is kept."""

    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    note = models.CharField(_("who it is for"), max_length=120, blank=True)
    code_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField(_("good until"))
    uses_left = models.PositiveIntegerField(_("people who may still use it"))
    uses = models.PositiveIntegerField(_("people who used it"), default=0)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "code_hash"], name="invitation_code_opens_one_door"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("made_at")), name="invitation_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False),
                name="invitation_revoked_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.note or str(self.pk)
