"""Notices to people, the ways they take out of the house, and what people chose about them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.notices import kinds, rules
from alongside.people.models import CommunityModel, CommunityQuerySet, HouseForeignKey, Person

# The kind of the daily e-mail that holds other notices.
SUMMARY = "notices.summary"
# What a choice names that is about every kind.
ALL = ""


class NoticeQuerySet(CommunityQuerySet):
    def to(self, person: Person) -> Self:
        """A person's notices one by one, without the daily summaries made of them."""
        return self.filter(person=person).exclude(kind=SUMMARY)

    def shown_by(self, at: datetime) -> Self:
        """Notices whose wait for a possible undo is over."""
        return self.filter(shown_from__lte=at)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-id")

    def older_than(self, notice_id: UUID) -> Self:
        """The notices before one, for the next page of a list: ids made later sort later."""
        return self.filter(pk__lt=notice_id)


class Notice(CommunityModel):
    """A finished letter to one person: words in their language, and a place on this site to go to."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    # May show on a locked screen or an envelope: says nothing about health or circumstances.
    title = models.CharField(max_length=160)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    key = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    shown_from = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["community", "person", "-id"], name="notices_newest_first"),
            models.Index(fields=["community", "person"], condition=Q(read_at=None), name="notices_unread"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "person", "key"], name="notice_once_for_each_key"),
            models.CheckConstraint(
                condition=Q(link="")
                | (Q(link__startswith="/") & ~Q(link__startswith="//") & ~Q(link__startswith="/\\")),
                name="notice_links_inside_this_site",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="notice_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def body_outside(self) -> str:
        """The body as far as it may leave this site: nothing of a private kind."""
        return "" if kinds.of(self.kind).private else self.body


class Way(models.TextChoices):
    """How a notice leaves the house. Only e-mail goes by itself; people carry the others."""

    EMAIL = "email", _("e-mail")
    TEXT = "text", _("text message")
    PHONE = "phone", _("phone call")
    LETTER = "letter", _("letter")
    IN_PERSON = "in_person", _("in person")


def _still_worth_a_call(at: datetime) -> Q:
    essential = [kind.name for kind in kinds.essential()]
    return Q(next_try_at__gt=at - rules.FRESH) | Q(notice__kind__in=essential)


class DeliveryQuerySet(CommunityQuerySet):
    def due(self, *, at: datetime) -> Self:
        """E-mails to send now."""
        return self.filter(way=Way.EMAIL, state=Delivery.State.WAITING, next_try_at__lte=at)

    def by_hand(self, *, at: datetime) -> Self:
        """What a coordinator still has to print, phone, text or say: fresh, or of an essential kind."""
        return self.not_carried(at=at).filter(_still_worth_a_call(at))

    def grown_old(self, *, at: datetime) -> Self:
        """What nobody carried while it was fresh."""
        return self.not_carried(at=at).exclude(_still_worth_a_call(at))

    def not_carried(self, *, at: datetime) -> Self:
        """Fresh or old, all that has no digital way out and reached nobody yet."""
        return self.exclude(way=Way.EMAIL).filter(state=Delivery.State.WAITING, next_try_at__lte=at)

    def in_trouble(self) -> Self:
        """E-mails that did not arrive, or perhaps did not, as far as others may know of them."""
        lost = self.filter(way=Way.EMAIL, state__in=[Delivery.State.FAILED, Delivery.State.UNSURE])
        return lost.exclude(notice__kind__in=kinds.discreet())

    def gathering(self, *, at: datetime) -> Self:
        """E-mails that wait for the daily summary and for no undo."""
        return self.filter(state=Delivery.State.GATHERING, next_try_at__lte=at)

    def with_people(self) -> Self:
        return self.select_related("notice__person", "done_by")


class Delivery(CommunityModel):
    """One notice on its way out of the house. It leaves at most once."""

    class State(models.TextChoices):
        GATHERING = "gathering", _("waits for the daily summary")
        GATHERED = "gathered", _("in a daily summary")
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNSURE = "unsure", _("perhaps sent")
        FAILED = "failed", _("not sent")
        STOPPED = "stopped", _("not wanted")

    notice = HouseForeignKey(Notice, models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=10, choices=Way)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    # Taken by a runner at this moment; one that dies while sending leaves it unsure.
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # The delivery of the daily summary that it travels in.
    inside = HouseForeignKey("self", models.CASCADE, null=True, blank=True, related_name="carries")
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    trouble = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_try_at"], condition=Q(state__in=["waiting", "sending"]), name="deliveries_to_do"
            ),
            models.Index(fields=["community", "state", "next_try_at"], name="deliveries_by_community"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "notice", "way"], name="delivery_once_each_way"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="delivery_sent_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(taken_at__isnull=False), name="delivery_being_sent_says_since_when"
            ),
            models.CheckConstraint(
                condition=Q(state="gathered", inside__isnull=False) | (~Q(state="gathered") & Q(inside=None)),
                name="delivery_in_a_summary_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice} by {self.way}: {self.state}"


class Choice(CommunityModel):
    """What a person wants of one kind of notice; the kind "" stands for all of them."""

    class When(models.TextChoices):
        AT_ONCE = "at_once", _("As it happens")
        DAILY = "daily", _("Once a day, together")
        NEVER = "never", _("Only on this site")

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    when = models.CharField(max_length=10, choices=When)
    chosen_at = models.DateTimeField()

    objects = CommunityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person", "kind"], name="notice_choice_once_for_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind or '*'} {self.when}"


def chosen(person: Person, community_id: UUID, kind: str) -> Choice.When:
    """When a person wants a kind of notice: their choice for the kind, else for all, else at once."""
    rows = Choice.objects.filter(community=community_id, person=person, kind__in=[kind, ALL])
    return _wanted(dict(rows.values_list("kind", "when")), kind)


def chosen_by_all(community_id: UUID, kind: str) -> Callable[[Person], Choice.When]:
    """As `chosen`, for whomever in one query."""
    choices: dict[UUID, dict[str, str]] = {}
    rows = Choice.objects.filter(community=community_id, kind__in=[kind, ALL])
    for person_id, name, when in rows.values_list("person", "kind", "when"):
        choices.setdefault(person_id, {})[name] = when
    return lambda person: _wanted(choices.get(person.pk, {}), kind)


def _wanted(choices: Mapping[str, str], kind: str) -> Choice.When:
    if choices.get(ALL) == Choice.When.NEVER:
        return Choice.When.NEVER
    return Choice.When(choices.get(kind) or choices.get(ALL) or Choice.When.AT_ONCE)
