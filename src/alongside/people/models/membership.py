"""Who belongs to a community, and the roles they hold there for a time."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.kernel.text import folded
from alongside.people.models.base import CommunityModel, CommunityQuerySet, HouseForeignKey
from alongside.people.models.person import Person
from alongside.people.rules.ages import last_birthday_of_the_grown


class Role(models.TextChoices):
    PARTICIPANT = "participant", _("participant")
    PEER_LEADER = "peer_leader", _("peer leader")
    PROFESSIONAL = "professional", _("professional")
    COORDINATOR = "coordinator", _("coordinator")
    STEWARD = "steward", _("steward")
    COMMISSIONER = "commissioner", _("commissioner")


class MembershipQuerySet(CommunityQuerySet):
    def of_person(self, person: Person) -> Self:
        return self.filter(person=person)

    def holding(self, *roles: str, on: date) -> Self:
        """People who hold one of `roles` in the whole community on a day."""
        holders = RoleHeld.objects.on(on).filter(
            role__in=roles, group=None, membership=OuterRef("pk"), community=OuterRef("community")
        )
        return self.filter(Exists(holders))

    def grown(self, *, on: date) -> Self:
        """People of 18 or more, and those whose date of birth nobody wrote down."""
        return self.filter(Q(person__born_on=None) | Q(person__born_on__lte=last_birthday_of_the_grown(on)))

    def matching(self, text: str) -> Self:
        """People whose name has every word of `text`, in whatever case and with or without accents,
        or whose member number it is."""
        words = folded(text[:120]).split()
        found = Q()
        for word in words:
            found &= Q(person__search_name__contains=word)
        if len(words) == 1 and words[0].isascii() and words[0].isdigit() and len(words[0]) < 9:
            found |= Q(number=int(words[0]))
        return self.filter(found)

    def by_name(self) -> Self:
        return self.order_by("person__search_name", "number")

    def current(self) -> Self:
        """People who belong today: not left, erased or merged."""
        return self.filter(left_at=None, person__erased_at=None, person__merged_into=None)


class Membership(CommunityModel):
    class ContactShown(models.TextChoices):
        NOBODY = "nobody", _("nobody, until we both agree")
        MEMBERS = "members", _("all members of this community")

    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    # A short number people can say on the telephone and write on a paper slip.
    number = models.PositiveIntegerField(_("member number"))
    joined_on = models.DateField(_("joined"))
    left_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # Found to be a second record of a person; what it held is there.
    merged_into = HouseForeignKey("self", models.PROTECT, null=True, editable=False, related_name="merged_from")
    # Of the form by which they came in with a name alone: sent twice, it lets in one.
    invited_key = models.UUIDField(null=True, editable=False)
    area = models.CharField(_("part of town"), max_length=80, blank=True)
    contact_shown = models.CharField(max_length=10, choices=ContactShown, default=ContactShown.NOBODY)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="membership_once_a_community"),
            models.UniqueConstraint(fields=["community", "number"], name="membership_number_is_theirs_alone"),
            models.UniqueConstraint(
                fields=["community", "invited_key"],
                condition=Q(invited_key__isnull=False),
                name="membership_once_an_invited_form",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(left_at__isnull=False), name="membership_merged_is_over"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="membership_numbers_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.number})"


class RoleHeldQuerySet(CommunityQuerySet):
    def on(self, day: date) -> Self:
        """Roles that hold on `day`; the last day counts, unless the role was ended by hand that day."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gt=day) | Q(ends_on=day, ended_at=None),
            starts_on__lte=day,
        )


class RoleHeld(CommunityModel):
    """A role, held for a time, in the whole community or in one group."""

    membership = HouseForeignKey(Membership, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    group = HouseForeignKey("people.Group", models.CASCADE, null=True, blank=True, related_name="roles")
    starts_on = models.DateField(pgettext_lazy("first day", "from"))
    ends_on = models.DateField(pgettext_lazy("last day", "until"), null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    # Set when somebody ends the role before its time: it stops holding at once.
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "roles held"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="role_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ends_on__isnull=False), name="role_ended_by_hand_has_a_last_day"
            ),
            models.UniqueConstraint(
                fields=["community", "membership", "role", "starts_on"],
                condition=Q(group=None, ended_at=None),
                name="role_in_community_once_from_a_day",
            ),
            models.UniqueConstraint(
                fields=["community", "membership", "role", "group", "starts_on"],
                condition=Q(group__isnull=False, ended_at=None),
                name="role_in_group_once_from_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} as {self.role}"
